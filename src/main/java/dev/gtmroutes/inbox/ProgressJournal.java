package dev.gtmroutes.inbox;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.BitSet;
import java.util.HashSet;
import java.util.Set;

import dev.gtmroutes.delivery.Journal;
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

    private static final long SYNC_NANOS = 1_000_000_000L;
    private static final long FEW_BYTES = 256 * 1024;

    private final Path file;
    private final Path path;
    private final Sighting seen;
    private final Disk disk;
    /** Everything here is guarded by it: it calls the journal, and the journal asks it for what there is. */
    private final Settled settled;
    private final boolean done;
    private FileChannel channel;
    private boolean anew;
    /** Whether the name of the file is on the disk. */
    private boolean named;
    private long length;
    private long manyBytes = FEW_BYTES;
    private long synced = System.nanoTime();
    private boolean closed;

    private ProgressJournal(Path file, Sighting seen, Progress progress, Disk disk) {
        this.file = file;
        this.path = Progress.beside(file);
        this.seen = seen;
        this.disk = disk;
        this.settled = progress.settled();
        this.done = progress.done();
        this.length = progress.length();
        this.anew = length == 0 && isWorthWriting();
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
    public void note(Note what, Settled.Place place, BitSet records) throws IOException {
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
            if (anew || length > manyBytes) {
                writeAnew();
            }
            append(Progress.line(what, place, records));
            if (what == Note.SENDING || System.nanoTime() - synced > SYNC_NANOS) {
                sync();
            }
        }
    }

    private void append(String line) throws IOException {
        String lines = length == 0 ? Progress.firstLine(seen, settled.only()) + line : line;
        byte[] bytes = lines.getBytes(StandardCharsets.UTF_8);
        try {
            open();
            disk.write(channel, ByteBuffer.wrap(bytes));
            length += bytes.length;
        } catch (IOException e) {
            closeChannel();
            throw e;
        }
    }

    /** Whatever was written behind the last whole line is cut off. */
    private void open() throws IOException {
        if (channel == null || !channel.isOpen()) {
            channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (channel.size() < length) {
                // Somebody took it away, or a part of it.
                writeAnew();
                channel = FileChannel.open(path, StandardOpenOption.WRITE);
            }
            disk.truncate(channel, length);
        }
    }

    private void sync() throws IOException {
        disk.sync(channel);
        if (!named) {
            disk.syncFolder(path.getParent());
            named = true;
        }
        synced = System.nanoTime();
    }

    private void writeAnew() throws IOException {
        closeChannel();
        // Should it fail half-way, nobody knows how much there is of which.
        anew = true;
        length = write(path, Progress.lines(seen, settled), disk);
        manyBytes = Math.max(FEW_BYTES, 2 * length);
        anew = false;
        named = true;
        synced = System.nanoTime();
    }

    private static long write(Path to, String lines, Disk disk) throws IOException {
        byte[] bytes = lines.getBytes(StandardCharsets.UTF_8);
        Path partial = to.resolveSibling(to.getFileName() + ".part");
        try (FileChannel out = FileChannel.open(partial, StandardOpenOption.CREATE, StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING)) {
            disk.write(out, ByteBuffer.wrap(bytes));
            disk.sync(out);
        }
        disk.move(partial, to);
        return bytes.length;
    }

    /**
     * Notes that a file, which need not be there yet, is for one destination only. Returns when that is on the disk.
     *
     * @param seen the file as it will be
     */
    static void begin(Path file, Sighting seen, Settled.Place only, Disk disk) throws IOException {
        write(Progress.beside(file), Progress.lines(seen, new Settled(only)), disk);
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
            if (anew) {
                writeAnew();
            }
            if (length > 0) {
                append(Progress.lastLine(seen));
            }
            closeChannel();
        }
    }

    /** The file is gone. Nothing is noted any more. */
    void forget() throws IOException {
        synchronized (settled) {
            closed = true;
            closeChannel();
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

    private void closeChannel() throws IOException {
        if (channel != null) {
            channel.close();
            channel = null;
        }
    }
}
