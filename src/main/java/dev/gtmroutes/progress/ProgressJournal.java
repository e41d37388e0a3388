// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.progress;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

import dev.gtmroutes.disk.Disk;

/**
 * Notes what becomes of the records of a file while it is delivered: see {@link FileProgress} for what is written. Each
 * note is a line at the end; when there are many, all are written anew as ranges. There is no file before the first note.
 *
 * <p>A note outlives a crash of the program as soon as it is made. A power cut may lose the last second of notes, except
 * those of what is sent once only. For any number of threads.
 */
public final class ProgressJournal implements ProgressLog {

    private static final long FEW_BYTES = 256 * 1024;
    private static final Fingerprints NOTHING = new Fingerprints(new int[0], new long[0]);

    private Path file;
    private final FileFingerprint seen;
    /** Everything here is guarded by it: it calls the journal, and the journal asks it for what there is. */
    private final InputProgress settled;
    private final SettledPart part;
    private final boolean done;
    private final AppendOnlyFile notes;
    private long manyBytes = FEW_BYTES;
    private boolean closed;

    private ProgressJournal(Path file, FileFingerprint seen, FileProgress progress, Disk disk) {
        this.file = file;
        this.seen = seen;
        this.settled = progress.settled();
        this.part = progress.part();
        this.done = progress.done();
        this.notes = new AppendOnlyFile(ProgressName.beside(file), progress.length(),
                progress.length() == 0 && isWorthWriting(), disk,
                settled);
        settled.isOf(ProgressHeader.of(seen, null).mark());
        settled.noteIn(this);
    }

    /** @param seen the file as it is now, when its records are going to be counted */
    public static ProgressJournal open(Path file, FileFingerprint seen, Disk disk) throws IOException {
        return new ProgressJournal(file, seen, FileProgress.read(file, seen), disk);
    }

    /** The same, with the file as it is now. */
    public static ProgressJournal open(Path file, Disk disk) throws IOException {
        return open(file, FileFingerprint.of(file), disk);
    }

    /**
     * Whether it is noted that each record of a file has its outcome. The file may be gone: see {@link #remember}.
     *
     * @throws IOException if the note cannot be read, or a later version of the program wrote it
     */
    public static boolean isDone(Path file) throws IOException {
        try {
            return ProgressLines.read(ProgressName.beside(file)).isDone();
        } catch (NoSuchFileException e) {
            return false;
        } catch (RuntimeException e) {
            // A damaged note says nothing; whoever opens the file will tell.
            return false;
        }
    }

    /** What became of its records. */
    public InputProgress settled() {
        return settled;
    }

    /** The file as it was when it was opened. */
    public FileFingerprint seen() {
        return seen;
    }

    /** The file has another name, in the same folder: what is noted of it goes with it. */
    public void follow(Path renamed) throws IOException {
        synchronized (settled) {
            notes.move(ProgressName.beside(renamed));
            file = renamed;
        }
    }

    /** Whether each record has its outcome, so that only the file has to go. */
    public boolean isDone() {
        return done;
    }

    @Override
    public boolean wantsFingerprints() {
        return true;
    }

    @Override
    public void note(Note what, InputProgress.DestinationKey place, Ranges records) throws IOException {
        note(what, place, records, NOTHING);
    }

    @Override
    public void note(Note what, InputProgress.DestinationKey place, Ranges records, Fingerprints fingerprints)
            throws IOException {
        synchronized (settled) {
            if (closed && what == Note.SENDING) {
                throw new IOException("the file is closed");
            }
            if (closed) {
                // It comes too late, as after a stop that could not wait: the file may be in other hands by now.
                return;
            }
            if (what == Note.LAST) {
                last(place, records, fingerprints);
                return;
            }
            Fingerprints fresh = part.unknown(fingerprints);
            Ranges more = fresh.ranges();
            long sum = fresh.sum();
            Fingerprints sent = what == Note.SENDING ? part.unsent(fingerprints) : NOTHING;
            boolean newPlace = what == Note.SENDING && !part.isSentTo(place);
            append((more.isEmpty() ? "" : ProgressLines.bytes(more, sum))
                    + (newPlace || sent.ordinals().length > 0 ? ProgressLines.sent(place, sent) : "")
                    + ProgressLines.note(what, place, records));
            part.add(more, sum);
            if (what == Note.SENDING) {
                part.sent(place, sent);
                notes.sync();
            } else {
                notes.syncSoon();
            }
        }
    }

    /** A whole line stays as it is, whatever is written behind it. */
    private void last(InputProgress.DestinationKey place, Ranges records, Fingerprints one) throws IOException {
        for (int i = 0; i < one.ordinals().length; i++) {
            part.last(one.ordinals()[i], one.values()[i]);
        }
        if (FileFingerprint.endsInsideALine(file, seen.size()) || FileFingerprint.endsInsideALine(file, Files.size(file))) {
            String end = one.ordinals().length == 0 ? "" : ProgressLines.end(one.ordinals()[0], one.values()[0]);
            append(end + ProgressLines.note(Note.LAST, place, records));
            notes.syncSoon();
        }
    }

    private void append(String lines) throws IOException {
        if (notes.length() > manyBytes || notes.isDoubtful()) {
            writeAnew();
        }
        notes.append((notes.length() == 0 ? ProgressHeader.of(seen, settled.only()).line() : "") + lines);
    }

    private void writeAnew() throws IOException {
        notes.writeAnew(ProgressLines.all(seen, settled, part));
        manyBytes = Math.max(FEW_BYTES, 2 * notes.length());
    }

    /**
     * Notes that a file, which need not be there yet, is for one destination only. Returns when that is on the disk.
     *
     * @param seen the file as it will be
     */
    public static void begin(Path file, FileFingerprint seen, InputProgress.DestinationKey only, Disk disk)
            throws IOException {
        AppendOnlyFile.write(ProgressName.beside(file), ProgressLines.all(seen, new InputProgress(only), new SettledPart()),
                disk);
    }

    /** The file stays where it is: returns when all that is known of it is on the disk. Nothing is noted any more. */
    public void keep() throws IOException {
        synchronized (settled) {
            closed = true;
            if (isWorthWriting()) {
                writeAnew();
            }
        }
    }

    /** Nothing of the file is in flight: returns when all that is known of it is on the disk. It may go on at any time. */
    public void rest() throws IOException {
        synchronized (settled) {
            if (!closed && notes.isOpen() && isWorthWriting()) {
                writeAnew();
            }
        }
    }

    /** The file is in other hands from now on, or is about to be deleted: nothing is noted any more. */
    public void leave() throws IOException {
        synchronized (settled) {
            closed = true;
            notes.close();
        }
    }

    private boolean isWorthWriting() {
        return settled.only() != null || !settled.all().isEmpty() || !settled.doubtful().isEmpty();
    }

    /** Each record has its outcome: a crash from now on only leaves the file where it is. Nothing is noted any more. */
    public void done() throws IOException {
        synchronized (settled) {
            closed = true;
            if (notes.isDoubtful()) {
                writeAnew();
            }
            if (notes.length() > 0) {
                notes.append(ProgressLines.done(seen));
            }
            notes.close();
        }
    }

    /**
     * Each record has its outcome, and the file is about to be deleted: returns when a short note on the disk says so, for
     * the case that the same file comes again. Nothing else is noted any more.
     */
    public void remember() throws IOException {
        synchronized (settled) {
            closed = true;
            notes.writeAnew(ProgressHeader.of(seen, settled.only()).line() + ProgressLines.done(seen));
        }
    }

    /** The file is gone. Nothing is noted any more. */
    public void forget() throws IOException {
        synchronized (settled) {
            closed = true;
            notes.close();
            Files.deleteIfExists(ProgressName.beside(file));
        }
    }
}
