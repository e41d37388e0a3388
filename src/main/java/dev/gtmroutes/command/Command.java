// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.command;

import java.io.IOException;
import java.util.List;

import dev.gtmroutes.api.Exceptions;

/** Something that is done on the command line, and ends. */
interface Command {

    /** Exit status: done. */
    int DONE = 0;

    /** Exit status: not done, or not all of it. */
    int FAILED = 1;

    /** Exit status: nothing was done, because the arguments make no sense. */
    int USAGE = 2;

    /** The first argument, which asks for this command. */
    String name();

    /**
     * @param  arguments those behind the name
     * @return           the exit status; what went wrong has been told in one line
     */
    int run(List<String> arguments, Terminal console);

    /** Whether the arguments ask what the command does. */
    static boolean isHelp(List<String> arguments) {
        return !arguments.isEmpty() && List.of("help", "--help", "-h").contains(arguments.get(0));
    }

    /**
     * @return the exit status, if all that was printed has arrived; otherwise {@link #FAILED}, and the reason has been told
     */
    static int flushed(Terminal console, int status) {
        try {
            console.flush();
            return status;
        } catch (IOException e) {
            console.error(Exceptions.text(e));
            return FAILED;
        }
    }
}
