package dev.gtmroutes.inbox;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

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

    private final Path file;
    private final Path path;
    private final Sighting seen;
    /** Everything here is guarded by it: it calls the journal, and the journal asks it for what there is. */
    private final Settled settled;
    private final boolean done;
    private final NoteFile notes;
    private long manyBytes = FEW_BYTES;
    private boolean closed;

    private ProgressJournal(Path file, Sighting seen, Progress progress, Disk disk) {
        this.file = file;
        this.path = Progress.beside(file);
        this.seen = seen;
        this.settled = progress.settled();
        this.done = progress.done();
        this.notes = new NoteFile(path, progress.length(), progress.length() == 0 && isWorthWriting(), disk, settled);
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

    /** Whether each record has its outcome, so that only the file has to go. */
    boolean isDone() {
        return done;
    }

    @Override
    public void note(Note what, Settled.Place place, Ranges records) throws IOException {
        synchronized (settled) {
            if (closed && what == Note.SENDING) {
                throw new IOException("the file was given back");
            }
            if (closed) {
                // It comes too late, as after a stop that could not wait: the file may be in other hands by now.
                return;
            }
            if (what == Note.LAST && !Sighting.endsInsideALine(file, seen.size())) {
                return;
            }
            if (notes.length() > manyBytes || notes.isDoubtful()) {
                writeAnew();
            }
            String line = Progress.line(what, place, records);
            notes.append(notes.length() == 0 ? Progress.firstLine(seen, settled.only()) + line : line);
            if (what == Note.SENDING) {
                notes.sync();
            } else {
                notes.syncSoon();
            }
        }
    }

    private void writeAnew() throws IOException {
        notes.writeAnew(Progress.lines(seen, settled));
        manyBytes = Math.max(FEW_BYTES, 2 * notes.length());
    }

    /**
     * Notes that a file, which need not be there yet, is for one destination only. Returns when that is on the disk.
     *
     * @param seen the file as it will be
     */
    static void begin(Path file, Sighting seen, Settled.Place only, Disk disk) throws IOException {
        NoteFile.write(Progress.beside(file), Progress.lines(seen, new Settled(only)), disk);
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
        return settled.only() != null || !settled.all().isEmpty();
    }

    /** Each record has its outcome: a crash from now on only leaves the file where it is. Nothing is noted any more. */
    void done() throws IOException {
        synchronized (settled) {
            closed = true;
            if (notes.isDoubtful()) {
                writeAnew();
            }
            if (notes.length() > 0) {
                notes.append(Progress.lastLine(seen));
            }
            notes.close();
        }
    }

    /** The file is gone. Nothing is noted any more. */
    void forget() throws IOException {
        synchronized (settled) {
            closed = true;
            notes.close();
            Files.deleteIfExists(path);
        }
    }

    /** Deletes what a crash left behind of files that were done, and are gone. */
    static void sweep(Path inbox) throws IOException {
        Set<Path> left = new HashSet<>();
        Set<Path> there = new HashSet<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(inbox)) {
            for (Path each : all) {
                boolean progress = each.getFileName().toString().endsWith(Progress.ENDING);
                (progress ? left : there).add(progress ? each : Progress.beside(each));
            }
        }
        left.removeAll(there);
        for (Path each : left) {
            if (Progress.isDone(each)) {
                Files.delete(each);
            }
        }
    }
}
