// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.program;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What the programs that a test has started are doing, for whoever has to find out why one did not answer. */
final class Threads {

    private Threads() {
    }

    /** Writes the stacks of all their threads into files of a folder, one for each program. */
    static void print(Path folder) {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        List<ProcessHandle> programs = ProcessHandle.current().descendants()
                .filter(each -> each.info().command().orElse("").endsWith("java")).toList();
        try {
            Files.createDirectories(folder);
            for (ProcessHandle each : programs) {
                new ProcessBuilder(jcmd, String.valueOf(each.pid()), "Thread.print")
                        .redirectErrorStream(true).redirectOutput(folder.resolve("threads-" + each.pid() + ".txt").toFile())
                        .start().waitFor();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
