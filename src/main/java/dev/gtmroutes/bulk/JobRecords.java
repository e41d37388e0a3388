// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.bulk;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gtmroutes.bulk.spool.Hash;
import dev.gtmroutes.bulk.spool.SpoolFile;
import dev.gtmroutes.bulk.spool.SpooledRecord;
import dev.gtmroutes.disk.Disk;
import dev.gtmroutes.disk.PrivateFiles;

/**
 * The records of one job: they stay on the disk, only where each begins, its key and the vendor's id of it are in memory.
 * One thread at a time.
 */
final class JobRecords implements Closeable {

    private final FileChannel file;
    private final Path idFile;
    private final Disk disk;
    private final long[] offsets;
    private final long[] ids;
    private final Map<String, Integer> byKey = new HashMap<>();
    private final Map<Long, Integer> byId = new HashMap<>();
    /** By the hash of its value, the records without a key; null until it is needed. */
    private Map<String, Deque<Integer>> byValue;

    JobRecords(Path records, Path ids, int count, Disk disk) throws IOException {
        this.idFile = ids;
        this.disk = disk;
        this.offsets = new long[count + 1];
        this.ids = new long[count];
        int[] read = new int[1];
        SpoolFile.lines(records, (line, offset) -> {
            if (read[0] < count) {
                String key = SpooledRecord.read(line).key();
                if (!key.isEmpty()) {
                    byKey.put(key, read[0]);
                }
                offsets[read[0] + 1] = offset + line.length + 1;
            }
            read[0]++;
        });
        // Where there are more, nobody knows which of them the job was made for.
        if (read[0] != count) {
            throw new IOException(records + " has " + read[0] + " records, but its job has " + count);
        }
        file = FileChannel.open(records, StandardOpenOption.READ);
        if (Files.exists(ids)) {
            ByteBuffer known = ByteBuffer.wrap(Files.readAllBytes(ids));
            for (int i = 0; i < count && known.remaining() >= Long.BYTES; i++) {
                know(i, known.getLong());
            }
        }
    }

    int count() {
        return ids.length;
    }

    SpooledRecord get(int index) throws IOException {
        ByteBuffer line = ByteBuffer.allocate((int) (offsets[index + 1] - offsets[index] - 1));
        while (line.hasRemaining()) {
            if (file.read(line, offsets[index] + line.position()) < 0) {
                throw new IOException("the file of records ends in record " + index);
            }
        }
        return SpooledRecord.read(line.array());
    }

    /** What the vendor calls these records; 0 where that is not known. Returns when it is on the disk. */
    void know(int from, List<Long> known) throws IOException {
        for (int i = 0; i < known.size(); i++) {
            know(from + i, known.get(i));
        }
        try (FileChannel out = PrivateFiles.open(idFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.allocate((from + known.size()) * Long.BYTES);
            for (int i = 0; i < from + known.size(); i++) {
                bytes.putLong(ids[i]);
            }
            disk.write(out, bytes.flip());
            disk.sync(out);
        }
    }

    private void know(int index, long id) {
        ids[index] = id;
        if (id != 0) {
            byId.put(id, index);
        }
    }

    /** The records are put into another job. */
    void forgetIds() throws IOException {
        Arrays.fill(ids, 0);
        byId.clear();
        Files.deleteIfExists(idFile);
    }

    /**
     * The record that the vendor means: the one with this id; else the one with the same key, of which a job has only one;
     * else the first with the same value that no other id was found for.
     *
     * @param key   what the vendor's record has as its key; empty for none
     * @param taken records that it cannot be
     * @return      -1 if there is none
     */
    int find(long id, String key, JsonNode value, BitSet taken) throws IOException {
        Integer index = byId.get(id);
        if (index == null) {
            index = byKey.get(key);
        }
        if (index == null) {
            Deque<Integer> equal = byValue().getOrDefault(Hash.ofValue(value), new ArrayDeque<>());
            while (!equal.isEmpty() && (taken.get(equal.peek()) || ids[equal.peek()] != 0)) {
                equal.remove();
            }
            index = equal.poll();
            if (index != null) {
                // It comes again where results are read twice.
                byId.put(id, index);
            }
        }
        return index == null ? -1 : index;
    }

    private Map<String, Deque<Integer>> byValue() throws IOException {
        if (byValue == null) {
            byValue = new HashMap<>();
            for (int i = 0; i < ids.length; i++) {
                if (ids[i] == 0) {
                    byValue.computeIfAbsent(Hash.ofValue(get(i).part()), key -> new ArrayDeque<>()).add(i);
                }
            }
        }
        return byValue;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
