// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.paged;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import dev.gtmroutes.disk.Disk;
import dev.gtmroutes.progress.InputProgress;
import dev.gtmroutes.progress.ProgressName;
import dev.gtmroutes.sources.ProgressJournals;

/**
 * The records of the page that a paged read has handed on, each on a line, and beside them which of them have an outcome.
 * Asked for again after a crash, the page might hold other records, or the same in another order. One file for each flow.
 */
final class PageFile {

    private static final int BUFFER_BYTES = 256 * 1024;

    private final Path file;
    private final Disk disk;
    private final ProgressJournals journals;

    PageFile(Path file, Disk disk) {
        this.file = file;
        this.disk = disk;
        this.journals = new ProgressJournals(disk);
    }

    /** Returns when these records are on the disk, in the place of all others. */
    void write(List<byte[]> records) throws IOException {
        disk.createFolder(file.getParent());
        disk.replace(file, out -> {
            OutputStream lines = new BufferedOutputStream(Channels.newOutputStream(out), BUFFER_BYTES);
            for (byte[] each : records) {
                lines.write(each);
                lines.write('\n');
            }
            lines.flush();
        });
    }

    /** @return its records; null if there is no such file */
    List<byte[]> read() throws IOException {
        try {
            byte[] bytes = Files.readAllBytes(file);
            List<byte[]> records = new ArrayList<>();
            int from = 0;
            for (int i = 0; i < bytes.length; i++) {
                if (bytes[i] == '\n') {
                    records.add(Arrays.copyOfRange(bytes, from, i));
                    from = i + 1;
                }
            }
            return records;
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    /**
     * Which of its records have an outcome by now.
     *
     * @throws IOException if the notes of an earlier run cannot be read
     */
    InputProgress settled() throws IOException {
        return journals.open(file).settled();
    }

    /** Nothing of it is in flight: returns when its progress is on the disk. */
    void rest() throws IOException {
        journals.rest(file);
    }

    /** Nothing is noted of it any more: another program may have it. */
    void leave() {
        journals.leaveAll();
    }

    /** It is not needed any more. */
    void forget() throws IOException {
        journals.leaveAll();
        Files.deleteIfExists(file);
        Files.deleteIfExists(ProgressName.beside(file));
    }
}
