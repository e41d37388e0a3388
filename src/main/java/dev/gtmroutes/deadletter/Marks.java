// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.deadletter;

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

    private void add(byte[] line, long at) throws IOException {
        JsonLine mark;
        try {
            mark = JsonLine.parse(line);
        } catch (IOException e) {
            // A power cut in the middle of an append: nobody was told that it is done.
            return;
        }
        JsonNode fields = mark.fields();
        LetterSet letters = LetterSet.read(fields.path("letters"), prints);
        switch (mark.text("mark")) {
            case MarkFile.DISCARDED -> discarded.addAll(letters);
            case MarkFile.EDITED -> letters.each(id -> edits.put(id, at));
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

    /** Takes the lines of a file whose letters are closed out of these. */
    public void removeClosed(DeadLetterFile from, BitSet lines) {
        replayed.removeFrom(from, lines);
        discarded.removeFrom(from, lines);
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
        if (LetterSet.read(mark.fields().path("letters"), prints).has(id)) {
            history.add(new FoundLetter.Deed(mark.text("mark"), time(mark.text("time"))));
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
        try (LetterLines lines = new LetterLines(file, at)) {
            return JsonLine.parse(lines.next()).record();
        }
    }

    /** The destinations of replays that were begun and not noted as complete, by the names of their files. */
    Map<String, InputProgress.DestinationKey> unfinished() {
        return unfinished;
    }
}
