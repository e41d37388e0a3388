package dev.gtmroutes.deadletter;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import dev.gtmroutes.record.SourceRecord;
import dev.gtmroutes.record.read.NotRecordsException;
import dev.gtmroutes.record.read.RecordReader;

/** What a person types to take the place of a record. */
final class MendedRecord {

    private MendedRecord() {
    }

    /**
     * @return its bytes in one line, otherwise as they are
     * @throws LetterRefusedException if it is not exactly one JSON object
     */
    static byte[] of(byte[] typed) throws IOException, LetterRefusedException {
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
        // In well-formed JSON a line break is white space between tokens, never part of a value.
        return new String(records.get(0).bytes(), StandardCharsets.UTF_8).replace('\n', ' ').replace('\r', ' ')
                .getBytes(StandardCharsets.UTF_8);
    }

    private static LetterRefusedException refused(String why) {
        return new LetterRefusedException("the new record must be exactly one JSON object: " + why);
    }
}
