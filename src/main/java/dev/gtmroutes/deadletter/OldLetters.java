// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.deadletter;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.gtmroutes.delivery.outcome.DeadLetterFile;
import dev.gtmroutes.disk.Disk;
import dev.gtmroutes.disk.FolderLock;

/**
 * The files of a flow's dead letters to which nothing is added any more, for whoever removes them: as a whole, because
 * lines never change their number. What is known of a file is kept, so that it is read only once. One caller at a time.
 */
public final class OldLetters {

    /**
     * A file of a day that is over.
     *
     * @param open  whether any of its letters is open
     * @param since when it got its last letter or, if that is later, when a letter of it was last edited, replayed or
     *              discarded
     */
    public record DayFile(DeadLetterFile file, boolean open, Instant since, long bytes) {
    }

    private record Counted(long bytes, int lines) {
    }

    private final Map<DeadLetterFile, Counted> counted = new HashMap<>();
    private final Path folder;
    private final FlowLetters letters;
    private final Disk disk = new Disk();
    private boolean swept;

    /** @param data the data directory */
    public OldLetters(Path data, String flow) {
        this.folder = DeadLetterFile.folder(data, flow);
        this.letters = new FlowLetters(data, flow, disk);
    }

    /** The files of days before yesterday (UTC), oldest first. */
    public List<DayFile> files(Instant now) throws IOException {
        // An append that began before midnight may end after it.
        LocalDate yesterday = LocalDate.ofInstant(now, ZoneOffset.UTC).minusDays(1);
        List<DeadLetterFile> old = DeadLetterFile.in(folder).stream().filter(each -> each.day().isBefore(yesterday))
                .toList();
        counted.keySet().retainAll(old);
        if (old.isEmpty()) {
            return List.of();
        }
        Marks marks = marks(new FileFingerprints(folder)).read();
        List<DayFile> found = new ArrayList<>();
        for (DeadLetterFile each : old) {
            if (Files.exists(each.path(folder))) {
                found.add(dayFile(each, marks));
            }
        }
        return found;
    }

    private DayFile dayFile(DeadLetterFile file, Marks marks) throws IOException {
        Counted known = counted.get(file);
        long bytes = Files.size(file.path(folder));
        if (known == null || known.bytes != bytes) {
            known = new Counted(bytes, lines(file));
            counted.put(file, known);
        }
        BitSet open = new BitSet(known.lines + 1);
        open.set(1, known.lines + 1);
        marks.removeClosed(file, open);
        Instant end = file.day().plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
        Instant touched = marks.touched(file).orElse(end);
        return new DayFile(file, !open.isEmpty(), touched.isAfter(end) ? touched : end, bytes);
    }

    private int lines(DeadLetterFile file) throws IOException {
        try (LetterLines lines = new LetterLines(file.path(folder))) {
            while (lines.next() != null) {
                // counted by the reader
            }
            return lines.number();
        }
    }

    /**
     * Deletes a file, unless something was done with its letters since it was looked at. A replay under way is waited for.
     *
     * @return whether it was deleted
     */
    public boolean delete(DayFile seen) throws IOException {
        try (FolderLock lock = letters.lock()) {
            Marks marks = letters.finished();
            if (!dayFile(seen.file, marks).equals(seen)) {
                return false;
            }
            Files.delete(seen.file.path(folder));
            swept = false;
            return true;
        }
    }

    /** Forgets what was done with letters of files that are gone: after deletions, and what a crash has left of that. */
    public void forgetGone() throws IOException {
        if (swept || !Files.isDirectory(folder)) {
            return;
        }
        try (FolderLock lock = letters.lock()) {
            marks(new FileFingerprints(folder)).forgetGone(letters.finished());
            swept = true;
        }
    }

    private MarkFile marks(FileFingerprints prints) {
        return new MarkFile(folder, prints, disk);
    }
}
