package dev.gtmroutes.inbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;

import dev.gtmroutes.delivery.Fingerprints;
import dev.gtmroutes.delivery.Journal;
import dev.gtmroutes.delivery.Ranges;
import dev.gtmroutes.delivery.Settled;
import dev.gtmroutes.disk.Disk;

/**
 * Notes what becomes of the records of an inbox file while it is delivered: see {@link Progress} for what is written. Each
 * note is a line at the end; when there are many, all are written anew as ranges. There is no file before the first note.
 *
 * <p>A note outlives a crash of the program as soon as it is made. A power cut may lose the last second of notes, except
 * those of what is sent once only. For any number of threads.
 */
final class ProgressJournal implements Journal {

    private static final long FEW_BYTES = 256 * 1024;
    private static final Fingerprints NOTHING = new Fingerprints(new int[0], new long[0]);

    private Path file;
    private final Sighting seen;
    /** Everything here is guarded by it: it calls the journal, and the journal asks it for what there is. */
    private final Settled settled;
    private final SettledPart part;
    private final boolean done;
    private final NoteFile notes;
    private long manyBytes = FEW_BYTES;
    private boolean closed;

    private ProgressJournal(Path file, Sighting seen, Progress progress, Disk disk) {
        this.file = file;
        this.seen = seen;
        this.settled = progress.settled();
        this.part = progress.part();
        this.done = progress.done();
        this.notes = new NoteFile(Progress.beside(file), progress.length(), progress.length() == 0 && isWorthWriting(), disk,
                settled);
        settled.noteIn(this);
    }

    /** @param seen the file as it is now, when its records are going to be counted */
    static ProgressJournal open(Path file, Sighting seen, Disk disk) throws IOException {
        return new ProgressJournal(file, seen, Progress.read(file, seen), disk);
    }

    /** What became of its records. */
    Settled settled() {
        return settled;
    }

    /** The file as it was when it was opened. */
    Sighting seen() {
        return seen;
    }

    /** The file has another name, in the same folder: what is noted of it goes with it. */
    void follow(Path renamed) throws IOException {
        synchronized (settled) {
            notes.move(Progress.beside(renamed));
            file = renamed;
        }
    }

    /** Whether each record has its outcome, so that only the file has to go. */
    boolean isDone() {
        return done;
    }

    @Override
    public boolean wantsFingerprints() {
        return true;
    }

    @Override
    public void note(Note what, Settled.Place place, Ranges records) throws IOException {
        note(what, place, records, NOTHING);
    }

    @Override
    public void note(Note what, Settled.Place place, Ranges records, Fingerprints fingerprints) throws IOException {
        synchronized (settled) {
            if (closed && what == Note.SENDING) {
                throw new IOException("the file was given back");
            }
            if (closed) {
                // It comes too late, as after a stop that could not wait: the file may be in other hands by now.
                return;
            }
            if (what == Note.LAST) {
                last(place, records, fingerprints);
                return;
            }
            BitSet fresh = new BitSet();
            long sum = part.fresh(fingerprints, fresh);
            Fingerprints sent = what == Note.SENDING ? part.unsent(fingerprints) : NOTHING;
            boolean newPlace = what == Note.SENDING && !part.isSentTo(place);
            append((fresh.isEmpty() ? "" : ProgressLines.bytes(Ranges.of(fresh), sum))
                    + (newPlace || sent.ordinals().length > 0 ? ProgressLines.sent(place, sent) : "")
                    + ProgressLines.note(what, place, records));
            part.add(Ranges.of(fresh), sum);
            if (what == Note.SENDING) {
                part.sent(place, sent);
                notes.sync();
            } else {
                notes.syncSoon();
            }
        }
    }

    /** A whole line stays as it is, whatever is written behind it. */
    private void last(Settled.Place place, Ranges records, Fingerprints one) throws IOException {
        for (int i = 0; i < one.ordinals().length; i++) {
            part.last(one.ordinals()[i], one.values()[i]);
        }
        if (Sighting.endsInsideALine(file, seen.size()) || Sighting.endsInsideALine(file, Files.size(file))) {
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
    static void begin(Path file, Sighting seen, Settled.Place only, Disk disk) throws IOException {
        NoteFile.write(Progress.beside(file), ProgressLines.all(seen, new Settled(only), new SettledPart()), disk);
    }

    /** The file stays in the inbox: returns when all that is known of it is on the disk. Nothing is noted any more. */
    void keep() throws IOException {
        synchronized (settled) {
            closed = true;
            if (isWorthWriting()) {
                writeAnew();
            }
        }
    }

    private boolean isWorthWriting() {
        return settled.only() != null || !settled.all().isEmpty() || !settled.doubtful().isEmpty();
    }

    /** Each record has its outcome: a crash from now on only leaves the file where it is. Nothing is noted any more. */
    void done() throws IOException {
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

    /** The file is gone. Nothing is noted any more. */
    void forget() throws IOException {
        synchronized (settled) {
            closed = true;
            notes.close();
            Files.deleteIfExists(Progress.beside(file));
        }
    }
}
