// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Assumptions;

/** A disk of 1 MB, or of few files, that can really be full: a tmpfs. Where nothing may be mounted, tests are skipped. */
public final class SmallDisk implements AutoCloseable {

    private final Path directory;

    private SmallDisk(Path directory) {
        this.directory = directory;
    }

    /** @param directory created if missing; what is in it cannot be seen meanwhile */
    public static SmallDisk at(Path directory) throws IOException, InterruptedException {
        return at(directory, "size=1m");
    }

    /** @param directory as above; so many files and folders can be made there, in much more room than they take */
    public static SmallDisk withInodes(Path directory, int inodes) throws IOException, InterruptedException {
        return at(directory, "size=32m,nr_inodes=" + inodes);
    }

    private static SmallDisk at(Path directory, String options) throws IOException, InterruptedException {
        Files.createDirectories(directory);
        Assumptions.assumeTrue(works("mount", "-t", "tmpfs", "-o", options, "tmpfs", directory.toString()),
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

    /** From now on nothing can be written. */
    public void makeReadOnly() throws InterruptedException {
        assertThat(works("mount", "-o", "remount,ro", directory.toString())).isTrue();
    }

    /** Takes all inodes. */
    public void fillWithFiles() throws IOException {
        Path folder = Files.createDirectories(directory.resolve("filler"));
        try {
            for (int i = 0;; i++) {
                Files.createFile(folder.resolve(String.valueOf(i)));
            }
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("No space left");
        }
    }

    /** Gives them back. */
    public void freeFiles() throws IOException {
        Path folder = directory.resolve("filler");
        for (int i = 0; Files.deleteIfExists(folder.resolve(String.valueOf(i))); i++) {
            // until there are no more
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
