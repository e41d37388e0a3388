// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.bulk.spool;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.gtmroutes.record.AttributePath;
import dev.gtmroutes.record.Attributes;
import dev.gtmroutes.record.RecordPosition;
import dev.gtmroutes.record.ShapedRecord;
import dev.gtmroutes.record.SourceRecord;
import dev.gtmroutes.record.read.Bytes;

/**
 * A record that waits for its bulk job, and all that is needed to write its dead letter.
 *
 * @param source  name of its input
 * @param print   hash of what tells it from all other records at its place in an input of that name
 * @param index   0-based ordinal in its input
 * @param line    1-based line of its input; 0 where there are no lines
 * @param key     the value by which the vendor knows records apart; empty where there is none
 * @param part    as it is sent, on one line
 * @param record  as it came, on one line
 * @param place   of a record that is a message of its own; null for one of a file
 * @param message what else is known of that message, as JSON; null for none
 */
public record SpooledRecord(String source, String print, long index, long line, String key, byte[] part, byte[] record,
        String place, byte[] message) {

    private static final JsonFactory JSON = new JsonFactory();
    private static final AttributePath SOURCE = AttributePath.of("source");
    private static final AttributePath PRINT = AttributePath.of("print");
    private static final AttributePath INDEX = AttributePath.of("index");
    private static final AttributePath LINE = AttributePath.of("line");
    private static final AttributePath KEY = AttributePath.of("key");
    private static final AttributePath PART = AttributePath.of("part");
    private static final AttributePath RECORD = AttributePath.of("record");
    private static final AttributePath PLACE = AttributePath.of("place");
    private static final AttributePath MESSAGE = AttributePath.of("message");
    // What is looked up keeps its bytes: a number in a dead letter is the number that came.
    private static final Attributes ALL = new Attributes(
            List.of(SOURCE, PRINT, INDEX, LINE, KEY, PART, RECORD, PLACE, MESSAGE));

    /** @param mark tells the input from others that have, or had, its name; empty where nobody knows */
    public static SpooledRecord of(String source, String mark, ShapedRecord shaped, String key) {
        SourceRecord from = shaped.source();
        byte[] part = Bytes.oneLine(shaped.part());
        byte[] record = Arrays.equals(from.bytes(), shaped.part()) ? part : Bytes.oneLine(from.bytes());
        RecordPosition origin = from.origin();
        return new SpooledRecord(source, print(mark, from), from.index(), from.line(), key, part, record,
                origin == null ? null : origin.place(), origin == null ? null : message(origin));
    }

    private static byte[] message(RecordPosition origin) {
        ByteArrayOutputStream to = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(to)) {
            origin.write(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return to.toByteArray();
    }

    /** What tells it from all other records of its flow, today's from yesterday's as well. */
    public String identity() {
        return identity(source, index, place, print);
    }

    /** The same of a record that was not saved here, or not yet. */
    public static String identity(String source, String mark, SourceRecord record) {
        return identity(source, record.index(), record.origin() == null ? null : record.origin().place(),
                print(mark, record));
    }

    private static String identity(String source, long index, String place, String print) {
        return (place == null ? source + "#" + index : place) + " " + print;
    }

    /** Of what came, whatever a setting makes of it. */
    private static String print(String mark, SourceRecord record) {
        return Hash.of((mark + " " + Hash.of(record.identity())).getBytes(StandardCharsets.UTF_8));
    }

    /** As its dead letter needs it. */
    public SourceRecord origin() {
        return new SourceRecord(record, index, line, null, place == null ? null : new Place(place, message));
    }

    private record Place(String place, byte[] message) implements RecordPosition {

        @Override
        public void writePlace(JsonGenerator json) throws IOException {
            json.writeStringField("place", place);
        }

        @Override
        public void write(JsonGenerator json) throws IOException {
            json.writeRawValue(new String(message, StandardCharsets.UTF_8));
        }
    }

    /** Its line in a spool file, with the line end. */
    byte[] toLine() throws IOException {
        ByteArrayOutputStream to = new ByteArrayOutputStream(part.length + 200);
        try (JsonGenerator json = JSON.createGenerator(to)) {
            json.writeStartObject();
            json.writeStringField("source", source);
            json.writeStringField("print", print);
            json.writeNumberField("index", index);
            json.writeNumberField("line", line);
            json.writeStringField("key", key);
            raw(json, "part", part);
            if (record != part) {
                raw(json, "record", record);
            }
            if (place != null) {
                json.writeStringField("place", place);
                raw(json, "message", message);
            }
            json.writeEndObject();
        }
        to.write('\n');
        return to.toByteArray();
    }

    private static void raw(JsonGenerator json, String name, byte[] value) throws IOException {
        json.writeFieldName(name);
        json.writeRawValue(new String(value, StandardCharsets.UTF_8));
    }

    /** @param line of a spool file, without its end */
    public static SpooledRecord read(byte[] line) {
        Map<AttributePath, Attributes.Value> values = ALL.of(line);
        byte[] part = values.get(PART).json();
        return new SpooledRecord(text(values, SOURCE), text(values, PRINT), Long.parseLong(text(values, INDEX)),
                Long.parseLong(text(values, LINE)), text(values, KEY), part,
                values.containsKey(RECORD) ? values.get(RECORD).json() : part, text(values, PLACE),
                values.containsKey(MESSAGE) ? values.get(MESSAGE).json() : null);
    }

    private static String text(Map<AttributePath, Attributes.Value> values, AttributePath path) {
        return values.containsKey(path) ? values.get(path).text() : null;
    }
}
