package dev.gtmroutes.inbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.UUID;

import dev.gtmroutes.delivery.Journal;
import dev.gtmroutes.delivery.Ranges;
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
 * {@code settled calls:1-delivery people-ai-push-call-activity-sink 1 0-1199 1300-1399}: what, at which destination (its
 * id, its template, its twins), and ranges of ordinals from 0, both ends included. A last line, {@code done}, says
 * that each record has its outcome, when the file had been written to, and the key that its file system knows it by.
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
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] != '\n') {
            end--;
        }
        if (end == 0) {
            return bytes.length == 0 ? none() : unusable(file, "its first line is torn");
        }
        try {
            return read(file, now, new String(bytes, 0, end, StandardCharsets.UTF_8).split("\n"), end);
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
        Settled settled = new Settled(noted.length < 5 ? null
                : new Settled.Place(word(noted[3]), word(noted[4])));
        if (size > now.size() || !Sighting.print(file, size).equals(noted[2])) {
            return new Progress(settled, 0, false);
        }
        String done = fill(file, settled, lines, size == now.size());
        if (done != null && !done.equals(size == now.size() ? now.modified().toString() : String.valueOf(now.key()))) {
            // It begins with the same bytes, but the file that this was noted for has gone.
            return none();
        }
        if (size < now.size() && Sighting.endsInsideALine(file, size)) {
            settled.forgetLast();
        }
        return new Progress(settled, size == now.size() ? length : 0, done != null && size == now.size());
    }

    /** @return if the file is done, when it had been written to, or its key where it has grown since; otherwise null */
    private static String fill(Path file, Settled settled, String[] lines, boolean sameSize) {
        int damaged = 0;
        String done = null;
        for (int i = 1; i < lines.length; i++) {
            String text = CheckedLine.text(lines[i]);
            String[] words = text == null ? new String[] {""} : text.split(" ", 5);
            if (words[0].equals(DONE)) {
                done = sameSize ? words[1] : words[2];
            } else if (text != null) {
                settled.add(Journal.Note.valueOf(words[0].toUpperCase(Locale.ROOT)),
                        new Settled.Place(word(words[1]), word(words[2]), Integer.parseInt(words[3])), Ranges.parse(words[4]));
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
            lines.append(records.settled().isEmpty() ? "" : line(Journal.Note.SETTLED, place, Ranges.of(records.settled())));
            lines.append(records.unsure().isEmpty() ? "" : line(Journal.Note.SENDING, place, Ranges.of(records.unsure())));
            lines.append(records.last().isEmpty() ? "" : line(Journal.Note.LAST, place, Ranges.of(records.last())));
        });
        return lines.toString();
    }

    static String firstLine(Sighting seen, Settled.Place only) {
        return CheckedLine.of(FILE + " " + seen.size() + " " + seen.print()
                + (only == null ? "" : " " + field(only.id()) + " " + field(only.template())));
    }

    static String line(Journal.Note what, Settled.Place place, Ranges records) {
        return CheckedLine.of(what.name().toLowerCase(Locale.ROOT) + " " + field(place.id()) + " " + field(place.template())
                + " " + place.twins() + " " + records);
    }

    static String lastLine(Sighting seen) {
        return CheckedLine.of(DONE + " " + seen.modified() + " " + seen.key());
    }

    /** Words are told apart by blanks, which ids may have in them. */
    private static String field(String word) {
        return word.replace("%", "%25").replace(" ", "%20").replace("\n", "%0A");
    }

    private static String word(String field) {
        return field.replace("%0A", "\n").replace("%20", " ").replace("%25", "%");
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
