// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.sources;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Iterator;
import java.util.function.Consumer;

import dev.gtmroutes.disk.Disk;
import dev.gtmroutes.disk.PrivateFiles;

/**
 * Keys of records in a file, {@value RecordKey#BYTES} bytes each, in the order in which they came. Part of a key that a
 * crash left at the end counts for nothing. One writer at a time.
 */
public final class KeyFile {

    private final Path file;
    private final Disk disk;

    /** @param file need not exist */
    public KeyFile(Path file, Disk disk) {
        this.file = file.toAbsolutePath();
        this.disk = disk;
    }

    /** How many keys it holds. */
    public long count() throws IOException {
        return Files.exists(file) ? Files.size(file) / RecordKey.BYTES : 0;
    }

    /** Reads keys. @param skipped so many at the beginning are left out */
    public void read(long skipped, Consumer<RecordKey> to) throws IOException {
        long left = count() - skipped;
        if (left > 0) {
            try (DataInputStream keys = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
                keys.skipNBytes(skipped * RecordKey.BYTES);
                for (; left > 0; left--) {
                    to.accept(RecordKey.read(keys));
                }
            }
        }
    }

    /** Returns when these, too, are on the disk. */
    public void append(Iterator<RecordKey> keys) throws IOException {
        disk.createFolder(file.getParent());
        boolean isNew = Files.notExists(file);
        try (FileChannel out = PrivateFiles.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            disk.truncate(out, count() * RecordKey.BYTES);
            write(keys, out);
            disk.sync(out);
        }
        if (isNew) {
            disk.syncFolder(file.getParent());
        }
    }

    /** Returns when these are on the disk in place of those before. */
    public void replace(Iterator<RecordKey> keys) throws IOException {
        disk.createFolder(file.getParent());
        disk.replace(file, out -> write(keys, out));
    }

    private static void write(Iterator<RecordKey> keys, FileChannel to) throws IOException {
        DataOutputStream out = new DataOutputStream(new BufferedOutputStream(Channels.newOutputStream(to)));
        while (keys.hasNext()) {
            keys.next().write(out);
        }
        out.flush();
    }

    /** Forgets all keys. */
    public void forget() throws IOException {
        Files.deleteIfExists(file);
    }
}
