// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.bulk.spool;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import dev.gtmroutes.disk.Disk;
import dev.gtmroutes.disk.LineFile;

/** Records that will be one bulk job, and may still become more. Guarded by its {@link Spool}. */
public final class SpoolFile {

    private final int number;
    private final Path path;
    private final LineFile file;
    private final Disk disk;
    private final Set<String> keys = new HashSet<>();
    private int records;
    private long bytes;
    private long before;
    private Instant first;
    private Instant last;

    /** @param number jobs are made in the order of these */
    SpoolFile(int number, Path path, Disk disk) {
        this.number = number;
        this.path = path;
        this.disk = disk;
        this.file = new LineFile(path, disk);
    }

    /** Takes in what an earlier run has saved. */
    void load() throws IOException {
        file.mend();
        bytes = Files.size(path);
        // Its input may have been read in part only, and goes on now.
        last = Instant.now();
        first = last;
        lines(path, (line, offset) -> {
            records++;
            remember(SpooledRecord.read(line));
        });
    }

    private void remember(SpooledRecord record) {
        if (!record.key().isEmpty()) {
            keys.add(record.key());
        }
    }

    /** Takes the records back that were appended last. */
    void undo() throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            disk.truncate(channel, before);
            disk.sync(channel);
        }
        keys.clear();
        records = 0;
        if (before > 0) {
            load();
        } else {
            Files.delete(path);
            bytes = 0;
        }
    }

    /** Returns when the records are on the disk; if they are not, the file is as before. */
    void append(List<SpooledRecord> added) throws IOException {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        for (SpooledRecord each : added) {
            lines.write(each.toLine());
        }
        cut();
        file.append(lines.toByteArray());
        before = bytes;
        added.forEach(this::remember);
        records += added.size();
        bytes += lines.size();
        last = Instant.now();
        first = first == null ? last : first;
    }

    /** Takes away what a failed call could neither save nor take back: its records come again. */
    void cut() throws IOException {
        if (Files.exists(path) && Files.size(path) > bytes) {
            try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
                disk.truncate(channel, bytes);
                disk.sync(channel);
            }
        }
    }

    int number() {
        return number;
    }

    Path path() {
        return path;
    }

    int records() {
        return records;
    }

    long bytes() {
        return bytes;
    }

    boolean hasKey(String key) {
        return keys.contains(key);
    }

    /** When its first record came, or the program started. */
    Instant first() {
        return first;
    }

    /** When its last record came, or the program started. */
    Instant last() {
        return last;
    }

    /** What is done with a line. */
    public interface Line {
        /** @param offset of its first byte */
        void take(byte[] line, long offset) throws IOException;
    }

    /** Reads all whole lines of a file. */
    public static void lines(Path file, Line line) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            long offset = 0;
            for (int each = in.read(); each >= 0; each = in.read()) {
                if (each == '\n') {
                    line.take(bytes.toByteArray(), offset);
                    offset += bytes.size() + 1L;
                    bytes.reset();
                } else {
                    bytes.write(each);
                }
            }
        }
    }
}
