package dev.gtmroutes.command;

import java.util.List;

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
}
