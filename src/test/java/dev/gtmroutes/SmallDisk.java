// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Assumptions;

/** A disk of 1 MB that can really be full: a tmpfs. Tests with it are skipped where nothing may be mounted. */
public final class SmallDisk implements AutoCloseable {

    private final Path directory;

    private SmallDisk(Path directory) {
        this.directory = directory;
    }

    /** @param directory created if missing; what is in it cannot be seen meanwhile */
    public static SmallDisk at(Path directory) throws IOException, InterruptedException {
        Files.createDirectories(directory);
        Assumptions.assumeTrue(works("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", directory.toString()),
                "nothing may be mounted here, so no disk can be filled");
        return new SmallDisk(directory);
    }

    private static boolean works(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    /** Takes all the room. */
    public void fill() throws IOException {
        byte[] page = new byte[4096];
        try (OutputStream out = Files.newOutputStream(directory.resolve("filler"))) {
            while (true) {
                out.write(page);
            }
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("No space left");
        }
    }

    /** Gives it back. */
    public void free() throws IOException {
        Files.delete(directory.resolve("filler"));
    }

    @Override
    public void close() throws InterruptedException {
        works("umount", "-l", directory.toString());
    }
}
