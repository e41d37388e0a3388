// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.deadletter;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gtmroutes.deadletter.index.FoundLetter;
import dev.gtmroutes.delivery.outcome.DeadLetterFile;
import dev.gtmroutes.progress.InputProgress;

/** What people have done with the dead letters of a flow, as it is in the {@link MarkFile} at one time. */
public final class Marks {

    /** A replay that was begun, of which nobody has noted that it is complete. */
    private final Map<String, InputProgress.DestinationKey> unfinished = new LinkedHashMap<>();
    private final LetterSet replayed = new LetterSet();
    private final LetterSet discarded = new LetterSet();
    /** Where in the file the newest edit of a letter is; edits may be many and large. */
    private final Map<LetterId, Long> edits = new HashMap<>();
    /** When something was last done with letters of a file. */
    private final Map<DeadLetterFile, Instant> touched = new HashMap<>();
    private final Path file;
    private final FileFingerprints prints;

    private Marks(Path file, FileFingerprints prints) {
        this.file = file;
        this.prints = prints;
    }

    /** @param file need not exist */
    static Marks read(Path file, FileFingerprints prints) throws IOException {
        Marks marks = new Marks(file, prints);
        if (Files.exists(file)) {
            try (LetterLines lines = new LetterLines(file)) {
                for (byte[] each = lines.next(); each != null; each = lines.next()) {
                    marks.add(each, lines.start());
                }
            }
        }
        return marks;
    }

    private void add(byte[] line, long start) throws IOException {
        JsonLine mark;
        try {
            mark = JsonLine.parse(line);
        } catch (IOException e) {
            // A power cut in the middle of an append: nobody was told that it is done.
            return;
        }
        JsonNode fields = mark.fields();
        LetterSet letters = LetterSet.read(fields.path("letters"), prints);
        Instant at = time(mark.text("time"));
        if (at != null) {
            letters.files().forEach(each -> touched.merge(each, at, (one, other) -> one.isAfter(other) ? one : other));
        }
        switch (mark.text("mark")) {
            case MarkFile.DISCARDED -> discarded.addAll(letters);
            case MarkFile.EDITED -> letters.each(id -> edits.put(id, start));
            case MarkFile.REPLAYING -> {
                replayed.addAll(letters);
                unfinished.put(mark.text("file"),
                        new InputProgress.DestinationKey(mark.text("destination"), mark.text("template")));
            }
            case MarkFile.REPLAYED -> unfinished.remove(mark.text("file"));
            default -> {
                // A later version of this program knows what it means.
            }
        }
    }

    public DeadLetter.Fate fate(LetterId id) {
        return replayed.has(id) ? DeadLetter.Fate.REPLAYED
                : discarded.has(id) ? DeadLetter.Fate.DISCARDED : DeadLetter.Fate.OPEN;
    }

    /** The numbers of the lines of a file whose letters are replayed or discarded, whichever is asked for. */
    public BitSet lines(DeadLetterFile from, DeadLetter.Fate fate) {
        return (fate == DeadLetter.Fate.REPLAYED ? replayed : discarded).lines(from);
    }

    /** Takes the lines of a file whose letters are closed out of these. */
    void removeClosed(DeadLetterFile from, BitSet lines) {
        replayed.removeFrom(from, lines);
        discarded.removeFrom(from, lines);
    }

    /** When something was last done with letters of a file; empty if nothing was. */
    Optional<Instant> touched(DeadLetterFile file) {
        return Optional.ofNullable(touched.get(file));
    }

    /** @return what was done with a letter, oldest first */
    public List<FoundLetter.Deed> history(LetterId id) throws IOException {
        List<FoundLetter.Deed> history = new ArrayList<>();
        if (Files.exists(file)) {
            try (LetterLines lines = new LetterLines(file)) {
                for (byte[] each = lines.next(); each != null; each = lines.next()) {
                    add(each, id, history);
                }
            }
        }
        return history;
    }

    private void add(byte[] line, LetterId id, List<FoundLetter.Deed> history) throws IOException {
        JsonLine mark;
        try {
            mark = JsonLine.parse(line);
        } catch (IOException e) {
            return;
        }
        JsonNode named = mark.fields().path("letters");
        LetterSet letters = LetterSet.read(named, prints);
        if (letters.has(id)) {
            // Of letters in files that are gone, nobody can tell how many there were.
            int place = letters.files().size() == named.size() ? letters.rank(id) : 0;
            history.add(new FoundLetter.Deed(mark.text("mark"), time(mark.text("time")), mark.text("file"), place));
        }
    }

    private static Instant time(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    /** @return the record that somebody put in the place of the letter's own; null if nobody did */
    public byte[] edit(LetterId id) throws IOException {
        Long at = edits.get(id);
        if (at == null) {
            return null;
        }
        try {
            JsonLine mark = line(at);
            if (LetterSet.read(mark.fields().path("letters"), prints).has(id)) {
                return mark.record();
            }
        } catch (IOException e) {
            // As below: what is at this place now begins anywhere.
        }
        // The file was written anew since it was read.
        Marks now = read(file, prints);
        return now.edits.containsKey(id) ? now.line(now.edits.get(id)).record() : null;
    }

    private JsonLine line(long at) throws IOException {
        try (LetterLines lines = new LetterLines(file, at)) {
            byte[] line = lines.next();
            if (line == null) {
                throw new EOFException(file + " is shorter than it was");
            }
            return JsonLine.parse(line);
        }
    }

    /** The destinations of replays that were begun and not noted as complete, by the names of their files. */
    Map<String, InputProgress.DestinationKey> unfinished() {
        return unfinished;
    }
}
