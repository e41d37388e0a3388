// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.export;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import dev.gtmroutes.disk.Disk;
import dev.gtmroutes.disk.FolderContent;
import dev.gtmroutes.disk.PrivateFiles;
import dev.gtmroutes.export.fragment.Fragment;
import dev.gtmroutes.record.SourceRecord;
import dev.gtmroutes.record.read.NotRecordsException;
import dev.gtmroutes.record.read.RecordReader;
import dev.gtmroutes.sources.KeyFile;
import dev.gtmroutes.sources.RecordKey;
import dev.gtmroutes.sources.RecordKeys;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers the records that were handed on, where windows of an export overlap, so that none goes on twice: an idempotent
 * consumer by {@link RecordKey}.
 *
 * <p>The keys are on disk, in a folder for each window. A million of a window are kept, and as many are looked at; records
 * beyond that go on twice.
 */
final class HandedOn {

    private static final Logger LOG = LoggerFactory.getLogger(HandedOn.class);
    private static final int MOST_KEYS = 1_000_000;

    private final Path folder;
    private final Disk disk;

    HandedOn(Path folder, Disk disk) {
        this.folder = folder.toAbsolutePath();
        this.disk = disk;
    }

    /** Notes the records of a fragment. Returns when they are on the disk. */
    void note(Fragment fragment, Path data) throws IOException {
        Path window = folder(fragment.window());
        disk.createFolder(window);
        KeyFile file = new KeyFile(window.resolve(fragment.job() + "-" + fragment.index()), disk);
        file.forget();
        long room = MOST_KEYS - keys(List.of(window));
        try (RecordReader records = open(data)) {
            file.replace(new Iterator<>() {
                private long left = room;

                @Override
                public boolean hasNext() {
                    return left > 0 && records.hasNext();
                }

                @Override
                public RecordKey next() {
                    left--;
                    return RecordKey.of(records.next().bytes());
                }
            });
            if (records.hasNext()) {
                LOG.warn("{} has more than {} records, which is the limit for finding duplicates: the next window may "
                        + "repeat some records",
                        fragment.window(), MOST_KEYS);
            }
        }
    }

    /**
     * Copies the records that were not handed on with one of these windows. Returns when they are on the disk. One call at
     * a time: it takes memory for the keys.
     *
     * @return how many records were left out
     */
    synchronized long copyNew(Path data, Path to, Collection<String> windows) throws IOException {
        RecordKeys known = read(windows);
        long leftOut = 0;
        Path part = to.resolveSibling(to.getFileName() + ".part");
        try (FileChannel out = PrivateFiles.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING);
                OutputStream lines = new BufferedOutputStream(Channels.newOutputStream(out));
                RecordReader records = open(data)) {
            while (records.hasNext()) {
                SourceRecord each = records.next();
                if (known.contains(RecordKey.of(each.bytes()))) {
                    leftOut++;
                } else {
                    lines.write(each.bytes());
                    lines.write('\n');
                }
            }
            lines.flush();
            disk.sync(out);
        }
        disk.move(part, to);
        return leftOut;
    }

    private static RecordReader open(Path data) throws IOException {
        try {
            return RecordReader.open(data, "x.ndjson", null);
        } catch (NotRecordsException e) {
            throw new IOException(data + " contains no list of records: " + e.getMessage(), e);
        }
    }

    private RecordKeys read(Collection<String> windows) throws IOException {
        List<Path> folders = windows.stream().map(this::folder).toList();
        int most = (int) Math.min(MOST_KEYS, keys(folders));
        RecordKeys known = new RecordKeys(most);
        for (Path folder : folders) {
            for (Path each : FolderContent.of(folder)) {
                new KeyFile(each, disk).read(0, key -> {
                    if (known.size() < most) {
                        known.add(key);
                    }
                });
            }
        }
        return known;
    }

    /** Forgets all windows but these. */
    void keepOnly(Set<String> windows) throws IOException {
        Set<Path> kept = windows.stream().map(this::folder).collect(Collectors.toSet());
        for (Path each : FolderContent.of(folder)) {
            if (!kept.contains(each)) {
                for (Path file : FolderContent.of(each)) {
                    Files.deleteIfExists(file);
                }
                Files.deleteIfExists(each);
            }
        }
    }

    private Path folder(String window) {
        return folder.resolve(window.replace(' ', '-'));
    }

    private static long keys(List<Path> folders) throws IOException {
        long bytes = 0;
        for (Path folder : folders) {
            for (Path each : FolderContent.of(folder)) {
                bytes += Files.size(each);
            }
        }
        return bytes / RecordKey.BYTES;
    }
}
