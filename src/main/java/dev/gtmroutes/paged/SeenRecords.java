// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.paged;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import dev.gtmroutes.disk.Disk;
import dev.gtmroutes.sources.KeyFile;
import dev.gtmroutes.sources.RecordKey;
import dev.gtmroutes.sources.RecordKeys;

/** The newest records of a paged read that are behind the sink, by their {@link RecordKey}s. Not safe for many threads. */
final class SeenRecords {

    /** So many are remembered for certain, and at most twice as many. */
    static final int MOST = 100_000;

    private final KeyFile file;
    private RecordKeys keys = new RecordKeys(0);

    SeenRecords(Path file, Disk disk) {
        this.file = new KeyFile(file, disk);
    }

    /** Remembers what the file holds. */
    void read() throws IOException {
        keys = new RecordKeys(2 * MOST);
        file.read(Math.max(0, file.count() - 2 * MOST), keys::add);
    }

    /** Forgets everything. */
    void forget() throws IOException {
        file.forget();
        read();
    }

    boolean contains(byte[] record) {
        return keys.contains(RecordKey.of(record));
    }

    /** Returns when these, at most {@link #MOST}, are on the disk. */
    void add(List<byte[]> records) throws IOException {
        if (records.isEmpty()) {
            return;
        }
        if (file.count() + records.size() > 2 * MOST) {
            List<RecordKey> newest = new ArrayList<>();
            file.read(file.count() - MOST, newest::add);
            file.replace(newest.iterator());
            read();
        }
        List<RecordKey> added = records.stream().map(RecordKey::of).toList();
        file.append(added.iterator());
        added.forEach(keys::add);
    }
}
