// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.deadletter;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import dev.gtmroutes.delivery.outcome.DeadLetterFile;
import dev.gtmroutes.disk.Disk;
import dev.gtmroutes.disk.FolderLock;
import dev.gtmroutes.disk.PrivateFiles;
import dev.gtmroutes.record.SourceRecord;
import dev.gtmroutes.record.read.Bytes;
import dev.gtmroutes.record.read.NotRecordsException;
import dev.gtmroutes.record.read.RecordReader;

/**
 * The dead letters of one flow. All methods may be used by several programs and threads at once, and while the flow
 * writes more letters; first of all each finishes replays that were interrupted.
 */
public final class FlowLetters {

    private interface Action {
        void take(DeadLetter letter) throws IOException;
    }

    private final Path data;
    private final String flow;
    private final Path folder;
    private final Disk disk;

    FlowLetters(Path data, String flow, Disk disk) {
        this.data = data;
        this.flow = flow;
        this.folder = DeadLetterFile.folder(data, flow);
        this.disk = disk;
    }

    /** @return the chosen letters that are open; those that are chosen by their ids also if they are not */
    public Letters letters(DeadLetterSelection choice) throws IOException {
        MarkFile file = marks();
        Marks marks = file.read();
        if (spools().isUnfinished(marks)) {
            try (FolderLock lock = lock()) {
                marks = finished(file);
            }
        }
        return new Letters(folder, choice, marks);
    }

    /**
     * Puts another record in the place of a letter's own. Returns when that is on the disk.
     *
     * @param  record a JSON object
     * @throws LetterRefusedException if it is none, or the letter is not there or not open
     */
    public void edit(LetterId id, byte[] record) throws IOException, LetterRefusedException {
        byte[] object = mended(record);
        try (FolderLock lock = lock()) {
            MarkFile file = marks();
            try (Letters letters = new Letters(folder, DeadLetterSelection.of(Set.of(id)), finished(file))) {
                if (!letters.hasNext()) {
                    throw new LetterRefusedException(id + ": " + isMissing());
                }
                DeadLetter letter = letters.next();
                if (!letter.isOpen()) {
                    throw new LetterRefusedException(id + ": " + isClosed(letter));
                }
            }
            file.edited(id, object);
        }
    }

    /** @throws LetterRefusedException if this cannot take the place of a record; the message says why */
    public static void check(byte[] record) throws LetterRefusedException {
        try {
            mended(record);
        } catch (IOException e) {
            throw refused("it cannot be read");
        }
    }

    /**
     * What a person typed to take the place of a record.
     *
     * @return its bytes in one line, otherwise as they are
     * @throws LetterRefusedException if it is not exactly one JSON object
     */
    private static byte[] mended(byte[] typed) throws IOException, LetterRefusedException {
        List<SourceRecord> records = new ArrayList<>();
        try (RecordReader reader = RecordReader.open(typed, "record.json", null)) {
            while (reader.hasNext() && records.size() < 2) {
                records.add(reader.next());
            }
        } catch (NotRecordsException e) {
            throw refused(e.getMessage());
        }
        String start = new String(typed, StandardCharsets.UTF_8).strip();
        if (records.size() != 1 || !start.startsWith("{")) {
            throw refused(start.isEmpty() ? "the text is empty" : "the text is something else");
        }
        if (!records.get(0).wellFormed()) {
            throw refused(records.get(0).problem());
        }
        return Bytes.oneLine(records.get(0).bytes());
    }

    private static LetterRefusedException refused(String why) {
        return new LetterRefusedException("the new record must be exactly one JSON object: " + why);
    }

    /**
     * Closes letters that are never to be delivered. Returns when that is on the disk.
     *
     * @return how many were closed
     */
    public long discard(DeadLetterSelection choice, Refusals refusals) throws IOException {
        try (FolderLock lock = lock()) {
            MarkFile file = marks();
            LetterSet letters = new LetterSet();
            each(choice, finished(file), refusals, letter -> letters.add(letter.id()));
            if (letters.size() > 0) {
                file.discarded(letters);
            }
            return letters.size();
        }
    }

    /**
     * Hands the records of letters to their flow again, each to the destination that rejected it and to no other, and
     * closes the letters. Each letter is replayed at most once, whatever happens in between; a record that is rejected
     * again becomes a new letter.
     *
     * @param  held     whether held letters may be replayed: their records may arrive twice
     * @param  refusals learns which chosen letters cannot be replayed; held ones only where they were chosen by id
     * @throws LetterRefusedException if the flow takes no files
     */
    public Replayed replay(DeadLetterSelection choice, boolean held, Refusals refusals)
            throws IOException, LetterRefusedException {
        ReplayFiles spools = spools();
        if (!spools.hasInbox()) {
            throw new LetterRefusedException("flow " + flow + " has no inbox: the folder "
                    + data.resolve("inbox").resolve(flow) + " does not exist. Export the records and send them to the "
                    + "source of the flow");
        }
        try (FolderLock lock = lock()) {
            MarkFile file = marks();
            Marks marks = finished(file);
            try (Replay replay = new Replay(spools, file, disk)) {
                each(choice, marks, refusals, letter -> replay.take(letter, choice, held, refusals));
                return replay.commit();
            }
        }
    }

    /** A flow without dead letters has no folder for them yet. */
    FolderLock lock() throws IOException {
        PrivateFiles.createFolder(folder);
        return new FolderLock(folder);
    }

    private void each(DeadLetterSelection choice, Marks marks, Refusals refusals, Action action) throws IOException {
        Set<LetterId> missing = new TreeSet<>(choice.ids());
        try (Letters letters = new Letters(folder, choice, marks)) {
            while (letters.hasNext()) {
                DeadLetter each = letters.next();
                missing.remove(each.id());
                refusals.found();
                if (each.isOpen()) {
                    action.take(each);
                } else {
                    refusals.refused(each.id(), isClosed(each));
                }
            }
        }
        missing.forEach(each -> refusals.refused(each, isMissing()));
    }

    private String isMissing() {
        return "not found in the dead letters of flow " + flow;
    }

    private static String isClosed(DeadLetter letter) {
        return "the dead letter is " + letter.fate();
    }

    /** What was done with the letters, when replays that were interrupted are finished. To be called under a lock. */
    Marks finished() throws IOException {
        return finished(marks());
    }

    private Marks finished(MarkFile file) throws IOException {
        file.mend();
        Marks marks = file.read();
        if (!spools().isUnfinished(marks)) {
            return marks;
        }
        spools().finish(marks, file);
        return file.read();
    }

    private MarkFile marks() {
        return new MarkFile(folder, new FileFingerprints(folder), disk);
    }

    private ReplayFiles spools() {
        return new ReplayFiles(data, flow, disk);
    }
}
