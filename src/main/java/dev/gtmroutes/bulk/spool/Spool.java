// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.bulk.spool;

import java.io.IOException;
import java.lang.ref.SoftReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

import dev.gtmroutes.disk.Disk;
import dev.gtmroutes.disk.FolderContent;

/**
 * The records of one destination that wait for their bulk jobs, in numbered files. Each file becomes one job, in the order
 * of the numbers. For any number of threads.
 *
 * <p>Nobody knows in which order a job carries out its records. So two records with the same key never share a file: the
 * later one goes into a later file, whose job begins when the earlier one has ended.
 */
public final class Spool {

    public static final String RECORDS = ".ndjson";
    public static final String STATE = ".json";
    public static final String IDS = ".ids";

    /** A file that gets a record now and then is closed after this many times the wait. */
    private static final int MOST_WAITS = 10;

    private final Path folder;
    private final Disk disk;
    private final int jobSize;
    private final Duration jobWait;
    private final NavigableMap<Integer, SpoolFile> open = new TreeMap<>();
    private final NavigableMap<Integer, Path> closed = new TreeMap<>();
    /** Of all records that were here when somebody asked first; only those of an earlier run are ever asked for. */
    private SoftReference<Set<Long>> identities = new SoftReference<>(null);
    private int lastNumber;

    /**
     * @param jobSize the most records of one job
     * @param jobWait how long a file waits for more records
     */
    public Spool(Path folder, Disk disk, int jobSize, Duration jobWait) {
        this.folder = folder;
        this.disk = disk;
        this.jobSize = jobSize;
        this.jobWait = jobWait;
    }

    /** Takes in what an earlier run has left. To be called once, before anything else. */
    public synchronized void load() throws IOException {
        disk.createFolder(folder.resolve(BulkFolders.DONE));
        for (Path each : FolderContent.of(folder.resolve(BulkFolders.DONE))) {
            lastNumber = Math.max(lastNumber, number(each));
        }
        for (Path each : FolderContent.of(folder)) {
            int number = number(each);
            lastNumber = Math.max(lastNumber, number);
            if (number > 0 && each.getFileName().toString().endsWith(RECORDS)) {
                if (Files.exists(file(number, STATE))) {
                    closed.put(number, each);
                } else {
                    SpoolFile found = new SpoolFile(number, each, disk);
                    found.load();
                    open.put(number, found);
                }
            } else if (number > 0 && each.getFileName().toString().endsWith(STATE)
                    && Files.notExists(file(number, RECORDS))) {
                // The program ended while it put the files aside.
                finish(number);
            }
        }
    }

    private static int number(Path file) {
        String name = file.getFileName().toString().replaceFirst("\\..*", "");
        return name.matches("\\d{1,9}") ? Integer.parseInt(name) : 0;
    }

    /** The file of a job with this ending. */
    public Path file(int number, String ending) {
        return folder.resolve("%06d%s".formatted(number, ending));
    }

    /**
     * Saves records: all of them, or none.
     *
     * @throws IOException if they could not be saved
     */
    public synchronized void append(List<SpooledRecord> records) throws IOException {
        int last = lastNumber;
        Map<SpoolFile, List<SpooledRecord>> byFile = assign(records);
        List<SpoolFile> saved = new ArrayList<>();
        try {
            for (Map.Entry<SpoolFile, List<SpooledRecord>> each : byFile.entrySet()) {
                each.getKey().append(each.getValue());
                saved.add(each.getKey());
            }
        } catch (IOException e) {
            for (SpoolFile each : saved) {
                each.undo();
            }
            throw e;
        } finally {
            open.values().removeIf(each -> each.records() == 0);
            if (open.tailMap(last, false).isEmpty()) {
                // The next call gets the same files, and cuts what could not be taken back.
                lastNumber = last;
            }
        }
    }

    private Map<SpoolFile, List<SpooledRecord>> assign(List<SpooledRecord> records) {
        Map<SpoolFile, List<SpooledRecord>> byFile = new LinkedHashMap<>();
        Map<SpoolFile, Set<String>> added = new HashMap<>();
        for (SpooledRecord each : records) {
            SpoolFile target = target(each.key(), byFile, added);
            if (target == null) {
                lastNumber++;
                target = new SpoolFile(lastNumber, file(lastNumber, RECORDS), disk);
                open.put(lastNumber, target);
            }
            byFile.computeIfAbsent(target, key -> new ArrayList<>()).add(each);
            added.computeIfAbsent(target, key -> new HashSet<>()).add(each.key());
        }
        return byFile;
    }

    /** @return the first file with room behind all files that have the key; null if there is none */
    private SpoolFile target(String key, Map<SpoolFile, List<SpooledRecord>> more, Map<SpoolFile, Set<String>> keys) {
        SpoolFile found = null;
        for (SpoolFile each : open.values()) {
            if (!key.isEmpty() && (each.hasKey(key) || keys.getOrDefault(each, Set.of()).contains(key))) {
                found = null;
            } else if (found == null && each.records() + more.getOrDefault(each, List.of()).size() < jobSize) {
                found = each;
            }
        }
        return found;
    }

    /** What is to be noted when a file is closed. */
    public interface Closing {
        /** The state of its job is on the disk when this returns. */
        void note(int number, int records) throws IOException;
    }

    /**
     * @return the job that is next, whose file is closed; empty if no file is full or has waited long enough
     * @throws IOException if that cannot be noted, or if the files of a job that is over cannot be put aside
     */
    public synchronized Optional<Integer> next(Instant now, Closing closing) throws IOException {
        if (!closed.isEmpty() && Files.exists(aside(closed.firstEntry().getValue()))) {
            // The disk failed while the files were put aside.
            finish(closed.firstKey());
        }
        boolean due = open.values().stream().anyMatch(each -> each.records() >= jobSize
                || !each.last().plus(jobWait).isAfter(now)
                || !each.first().plus(jobWait.multipliedBy(MOST_WAITS)).isAfter(now));
        if (closed.isEmpty() && due) {
            SpoolFile first = open.firstEntry().getValue();
            first.cut();
            closing.note(first.number(), first.records());
            open.remove(first.number());
            closed.put(first.number(), first.path());
        }
        return closed.isEmpty() ? Optional.empty() : Optional.of(closed.firstKey());
    }

    /**
     * The job is over: its files are put aside.
     *
     * @throws IOException if not all of them are; another call, or {@link #next}, puts the others aside
     */
    public synchronized void finish(int number) throws IOException {
        Files.deleteIfExists(file(number, IDS));
        // The state last: without it, the records would be taken for those of a job that is still to be made.
        for (String each : List.of(RECORDS, STATE)) {
            Path file = file(number, each);
            if (Files.exists(file)) {
                disk.move(file, aside(file));
            }
        }
        closed.remove(number);
    }

    private Path aside(Path file) {
        return folder.resolve(BulkFolders.DONE).resolve(file.getFileName());
    }

    /** Whether a record was saved here, in a file that is still there. The first call reads them all. */
    public synchronized boolean has(String identity) throws IOException {
        Set<Long> known = identities.get();
        if (known == null) {
            known = new HashSet<>();
            for (Path in : List.of(folder, folder.resolve(BulkFolders.DONE))) {
                for (Path each : FolderContent.of(in)) {
                    if (each.getFileName().toString().endsWith(RECORDS)) {
                        Set<Long> all = known;
                        SpoolFile.lines(each, (line, offset) -> all.add(Hash.number(SpooledRecord.read(line).identity())));
                    }
                }
            }
            identities = new SoftReference<>(known);
        }
        return known.contains(Hash.number(identity));
    }

    /** Bytes that wait for a job, or are in one. */
    public synchronized long bytes() throws IOException {
        long bytes = 0;
        for (SpoolFile each : open.values()) {
            bytes += each.bytes();
        }
        for (Path each : closed.values()) {
            bytes += Files.size(each);
        }
        return bytes;
    }

    /** Since when the oldest record waits, or is in a job; empty if there is none. */
    public synchronized Optional<Instant> oldest() {
        if (!closed.isEmpty()) {
            return Optional.of(closed.firstEntry().getValue()).map(Spool::modified);
        }
        return open.values().stream().map(SpoolFile::first).min(Instant::compareTo);
    }

    private static Instant modified(Path file) {
        try {
            return Files.getLastModifiedTime(file).toInstant();
        } catch (IOException e) {
            return Instant.now();
        }
    }
}
