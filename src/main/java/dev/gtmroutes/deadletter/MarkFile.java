// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.deadletter;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.gtmroutes.disk.Disk;
import dev.gtmroutes.disk.LineFile;
import dev.gtmroutes.progress.InputProgress;

/**
 * Where it is written what people do with the dead letters of a flow: {@code .marks.ndjson} beside them, a line for each
 * thing that is done, which is done when its line is on the disk. To be written under a {@link FlowLetters#lock lock} only.
 */
public final class MarkFile {

    static final String DISCARDED = "discarded";
    static final String EDITED = "edited";
    static final String REPLAYING = "replaying";
    static final String REPLAYED = "replayed";

    private static final JsonFactory JSON = new JsonFactory();

    private interface Details {
        void write(JsonGenerator json) throws IOException;
    }

    private final Path path;
    private final LineFile file;
    private final FileFingerprints prints;
    private final Disk disk;

    public MarkFile(Path folder, FileFingerprints prints, Disk disk) {
        this.path = folder.resolve(".marks.ndjson");
        this.file = new LineFile(path, disk);
        this.prints = prints;
        this.disk = disk;
    }

    /** How long it is: it only grows. 0 if there is none. */
    public long bytes() throws IOException {
        return Files.exists(path) ? Files.size(path) : 0;
    }

    public Marks read() throws IOException {
        return Marks.read(path, prints);
    }

    /** Takes away what a crash left of a line. */
    void mend() throws IOException {
        file.mend();
    }

    void discarded(LetterSet letters) throws IOException {
        append(DISCARDED, letters, json -> {});
    }

    /** @param record a JSON object without line breaks */
    void edited(LetterId id, byte[] record) throws IOException {
        LetterSet letters = new LetterSet();
        letters.add(id);
        append(EDITED, letters, json -> {
            json.writeFieldName("record");
            json.writeRawValue(new String(record, StandardCharsets.UTF_8));
        });
    }

    /** @param name of the file in which the records are */
    void replaying(String name, InputProgress.DestinationKey destination, LetterSet letters) throws IOException {
        append(REPLAYING, letters, json -> {
            json.writeStringField("file", name);
            json.writeStringField("destination", destination.id());
            json.writeStringField("template", destination.template());
        });
    }

    void replayed(String name) throws IOException {
        append(REPLAYED, new LetterSet(), json -> json.writeStringField("file", name));
    }

    /**
     * Forgets what was done with letters of files that are gone. A crash leaves the marks as they were, or as they are
     * now.
     *
     * @param marks as they are in the file; no replay may be unfinished
     */
    void forgetGone(Marks marks) throws IOException {
        if (!Files.exists(path) || !marks.unfinished().isEmpty()) {
            return;
        }
        Set<String> replays = new HashSet<>();
        disk.replace(path, out -> {
            try (LetterLines lines = new LetterLines(path)) {
                for (byte[] each = lines.next(); each != null; each = lines.next()) {
                    if (isOfAny(each, replays)) {
                        disk.write(out, ByteBuffer.wrap(Arrays.copyOf(each, each.length + 1)).put(each.length, (byte) '\n'));
                    }
                }
            }
        });
    }

    /** @param replays files of replays whose lines stay: so does the line that says that such a replay is complete */
    private boolean isOfAny(byte[] line, Set<String> replays) throws IOException {
        JsonLine mark;
        try {
            mark = JsonLine.parse(line);
        } catch (IOException e) {
            return false;
        }
        String file = mark.text("file");
        boolean stays = replays.contains(file) || LetterSet.read(mark.fields().path("letters"), prints).size() > 0;
        if (stays && !file.isEmpty()) {
            replays.add(file);
        }
        return stays;
    }

    private void append(String mark, LetterSet letters, Details details) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(line)) {
            json.writeStartObject();
            json.writeStringField("mark", mark);
            json.writeStringField("time", Instant.now().toString());
            details.write(json);
            json.writeFieldName("letters");
            letters.write(json, prints);
            json.writeEndObject();
        }
        line.write('\n');
        file.append(line.toByteArray());
    }
}
