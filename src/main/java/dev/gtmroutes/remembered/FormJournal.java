// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.remembered;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.zip.CRC32C;

import dev.gtmroutes.disk.Disk;
import dev.gtmroutes.disk.PrivateFiles;
import dev.gtmroutes.record.KeyHash;
import dev.gtmroutes.record.RecordForm;

/**
 * What was learned since the store was last written, in a file that is only appended to: batches of keys and forms, each
 * with its length and a checksum. What a crash has left of a last batch counts for nothing. One writer at a time.
 */
final class FormJournal {

    private static final long HEADER = 0x47544d466f726d01L;
    private static final int ENTRY_BYTES = 24;
    private static final int FRAME_BYTES = 8;

    private final Path file;
    private final Disk disk;
    private FileChannel channel;
    private long length;
    private boolean doubtful;

    private FormJournal(Path file, Disk disk) {
        this.file = file;
        this.disk = disk;
    }

    /** @param file does not exist */
    static FormJournal begin(Path file, Disk disk) throws IOException {
        FormJournal journal = new FormJournal(file, disk);
        journal.open();
        try {
            disk.write(journal.channel, ByteBuffer.allocate(Long.BYTES).putLong(HEADER).flip());
            disk.sync(journal.channel);
            disk.syncFolder(file.getParent());
        } catch (IOException e) {
            journal.close();
            Files.deleteIfExists(file);
            throw e;
        }
        journal.length = Long.BYTES;
        return journal;
    }

    /**
     * Reads a journal, to be read only.
     *
     * @param to gets what it says, in the order in which it was written
     * @throws DamagedFormsException if a part that was whole is not what was written
     */
    static void read(Path file, FormTable to) throws IOException {
        long size = Files.size(file);
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            if (size < Long.BYTES) {
                return;
            }
            if (in.readLong() != HEADER) {
                throw new DamagedFormsException(file + " does not begin as a journal of this version", null);
            }
            long at = Long.BYTES;
            while (size - at >= FRAME_BYTES) {
                int count = in.readInt();
                int sum = in.readInt();
                long end = at + FRAME_BYTES + (long) count * ENTRY_BYTES;
                if (count <= 0 || end > size) {
                    // The rest of what was being written when the program, or the machine, ended.
                    return;
                }
                byte[] entries = in.readNBytes(count * ENTRY_BYTES);
                if (sum(entries) != sum) {
                    if (end < size) {
                        throw new DamagedFormsException(file + " is damaged at byte " + at, null);
                    }
                    return;
                }
                add(entries, to);
                at = end;
            }
        }
    }

    private static void add(byte[] entries, FormTable to) {
        ByteBuffer in = ByteBuffer.wrap(entries);
        while (in.hasRemaining()) {
            to.put(in.getLong(), in.getLong(), in.getLong());
        }
    }

    /**
     * Appends a batch. It outlives a crash of the program as soon as this returns.
     *
     * @param forms at least one
     * @param sync  whether it has to outlive a power cut, too
     */
    void append(List<RecordForm> forms, boolean sync) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(FRAME_BYTES + forms.size() * ENTRY_BYTES).position(FRAME_BYTES);
        for (RecordForm each : forms) {
            KeyHash key = each.key();
            bytes.putLong(key.high()).putLong(key.low()).putLong(each.form());
        }
        bytes.putInt(0, forms.size()).putInt(Integer.BYTES,
                sum(bytes.array(), FRAME_BYTES, bytes.capacity() - FRAME_BYTES));
        try {
            if (doubtful) {
                disk.truncate(channel, length);
                doubtful = false;
            }
            disk.write(channel, bytes.flip());
            if (sync) {
                disk.sync(channel);
            }
            length += bytes.capacity();
        } catch (IOException e) {
            doubtful = true;
            throw e;
        }
    }

    private static int sum(byte[] entries) {
        return sum(entries, 0, entries.length);
    }

    private static int sum(byte[] bytes, int from, int length) {
        CRC32C sum = new CRC32C();
        sum.update(bytes, from, length);
        return (int) sum.getValue();
    }

    private void open() throws IOException {
        channel = PrivateFiles.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE,
                LinkOption.NOFOLLOW_LINKS);
    }

    /** Bytes. */
    long length() {
        return length;
    }

    /** Returns when all batches are on the disk. */
    void sync() throws IOException {
        disk.sync(channel);
    }

    void close() throws IOException {
        channel.close();
    }

    void delete() throws IOException {
        close();
        Files.deleteIfExists(file);
    }
}
