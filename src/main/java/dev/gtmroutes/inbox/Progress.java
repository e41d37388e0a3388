package dev.gtmroutes.inbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Locale;
import java.util.UUID;

import dev.gtmroutes.delivery.Journal;
import dev.gtmroutes.delivery.Settled;
import dev.gtmroutes.disk.CheckedLine;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is noted of the records of an inbox file, in {@code .<file>.progress} beside it: lines of text, each with a
 * checksum before it. The last one may be torn by a crash; it does not count then.
 *
 * <p>The first line, {@code file 1024 9f86d0…}, has the size of the file that they were counted in and a hash of its
 * bytes: a later file of the same name is another one. If the file is for one destination only, that line goes on with its
 * id and template. Then come the notes as they were made, such as
 * {@code settled calls:1-delivery people-ai-push-call-activity-sink 0-1199 1300-1399}: what, at which destination, and
 * ranges of ordinals from 0, both ends included. A last line, {@code done 2026-01-31T23:59:59Z}, says that each record has
 * its outcome, and when the file had been written to.
 *
 * @param settled what became of its records
 * @param length  how many bytes of the lines there are may be added to; 0 where they have to be written anew
 * @param done    whether each record has its outcome, so that only the file has to go
 */
record Progress(Settled settled, long length, boolean done) {

    private static final Logger LOG = LoggerFactory.getLogger(Progress.class);
    /** Most file systems allow 255 bytes; the dot, the ending and {@code .part} need some of them. */
    private static final int LONGEST_NAME = 200;
    static final String ENDING = ".progress";
    private static final String FILE = "file";
    private static final String DONE = "done";

    private static Progress none() {
        return new Progress(new Settled(), 0, false);
    }

    /** @return nothing if there is no progress, or the file is not the one it was noted for */
    static Progress read(Path file, Sighting now) throws IOException {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(beside(file));
        } catch (NoSuchFileException e) {
            return none();
        } catch (IOException e) {
            return unusable(file, InboxErrors.text(e));
        }
        String text = new String(bytes, StandardCharsets.UTF_8);
        String whole = text.substring(0, text.lastIndexOf('\n') + 1);
        if (whole.isEmpty()) {
            return bytes.length == 0 ? none() : unusable(file, "its first line is torn");
        }
        try {
            return read(file, now, whole.split("\n"), whole.getBytes(StandardCharsets.UTF_8).length);
        } catch (RuntimeException e) {
            return unusable(file, e.toString());
        }
    }

    private static Progress read(Path file, Sighting now, String[] lines, long length) throws IOException {
        String header = CheckedLine.text(lines[0]);
        if (header == null) {
            return unusable(file, "its first line is damaged");
        }
        String[] noted = header.split(" ", 5);
        long size = Long.parseLong(noted[1]);
        Settled settled = new Settled(noted.length < 5 ? null : new Settled.Place(noted[3], noted[4]));
        if (size > now.size() || !Sighting.print(file, size).equals(noted[2])) {
            return new Progress(settled, 0, false);
        }
        String done = fill(file, settled, lines);
        if (done != null && size == now.size()) {
            // Of the same bytes, but another one: the file that this was noted for has gone.
            boolean same = done.equals(now.modified().toString());
            return same ? new Progress(settled, length, true) : none();
        }
        if (size < now.size() && Sighting.endsInsideALine(file, size)) {
            settled.forgetLast();
        }
        return new Progress(settled, size == now.size() ? length : 0, false);
    }

    /** @return when the file had been written to, if it is done; otherwise null */
    private static String fill(Path file, Settled settled, String[] lines) {
        int damaged = 0;
        String done = null;
        for (int i = 1; i < lines.length; i++) {
            String text = CheckedLine.text(lines[i]);
            String[] words = text == null ? new String[] {""} : text.split(" ", 4);
            if (words[0].equals(DONE)) {
                done = words[1];
            } else if (text != null) {
                settled.add(Journal.Note.valueOf(words[0].toUpperCase(Locale.ROOT)), new Settled.Place(words[1], words[2]),
                        Ranges.parse(words[3]));
            } else {
                damaged++;
            }
        }
        if (damaged > 0) {
            LOG.warn("{}: {} of its lines are damaged: the records of {} that they told of may be sent again", beside(file),
                    damaged, file.getFileName());
        }
        return done;
    }

    private static Progress unusable(Path file, String why) {
        LOG.warn("{} cannot be used ({}): all records of {} will be sent, also those that were sent before", beside(file),
                why, file.getFileName());
        return none();
    }

    /** All lines for what is known of a file that was seen like this. */
    static String lines(Sighting seen, Settled settled) {
        StringBuilder lines = new StringBuilder(firstLine(seen, settled.only()));
        settled.all().forEach((place, records) -> {
            lines.append(records.settled().isEmpty() ? "" : line(Journal.Note.SETTLED, place, records.settled()));
            lines.append(records.unsure().isEmpty() ? "" : line(Journal.Note.SENDING, place, records.unsure()));
        });
        return lines.toString();
    }

    static String firstLine(Sighting seen, Settled.Place only) {
        return CheckedLine.of(FILE + " " + seen.size() + " " + seen.print()
                + (only == null ? "" : " " + only.id() + " " + only.template()));
    }

    static String line(Journal.Note what, Settled.Place place, BitSet records) {
        return CheckedLine.of(what.name().toLowerCase(Locale.ROOT) + " " + place.id() + " " + place.template() + " "
                + Ranges.text(records));
    }

    static String lastLine(Sighting seen) {
        return CheckedLine.of(DONE + " " + seen.modified());
    }

    /** Whether this progress says that its file is done. */
    static boolean isDone(Path progress) throws IOException {
        String[] lines = Files.readString(progress, StandardCharsets.UTF_8).split("\n");
        String last = CheckedLine.text(lines[lines.length - 1]);
        return last != null && last.startsWith(DONE + " ");
    }

    /** Where it lies. */
    static Path beside(Path file) {
        String name = file.getFileName().toString();
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        String shortName = bytes.length <= LONGEST_NAME ? name : UUID.nameUUIDFromBytes(bytes).toString();
        return file.resolveSibling("." + shortName + ENDING);
    }
}
