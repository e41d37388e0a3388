package dev.gtmroutes.inbox;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;

/**
 * Lines without a look into the JSON: outside of a string a line break is white space and inside of one it is not
 * allowed, so a space in its place makes a JSON body one line and loses nothing. An array stays one line.
 */
final class PlainRecordLines implements RecordLines {

    private static final ObjectReader CSV = new CsvMapper().readerFor(Map.class)
            .with(CsvSchema.emptySchema().withHeader());
    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public byte[] of(byte[] body, BodyFormat format) {
        ByteArrayOutputStream lines = new ByteArrayOutputStream(body.length + 1);
        switch (format) {
            case JSON -> addLine(body, 0, body.length, lines);
            case NDJSON -> addLines(body, lines);
            case CSV -> addRows(body, lines);
        }
        return lines.toByteArray();
    }

    private static void addLines(byte[] body, ByteArrayOutputStream lines) {
        int start = 0;
        for (int i = 0; i <= body.length; i++) {
            if (i == body.length || body[i] == '\n') {
                addLine(body, start, i, lines);
                start = i + 1;
            }
        }
    }

    private static void addLine(byte[] body, int start, int end, ByteArrayOutputStream lines) {
        int from = start;
        int to = end;
        while (from < to && Body.isWhiteSpace(body[from])) {
            from++;
        }
        while (to > from && Body.isWhiteSpace(body[to - 1])) {
            to--;
        }
        if (from == to) {
            return;
        }
        for (int i = from; i < to; i++) {
            lines.write(body[i] == '\n' || body[i] == '\r' ? ' ' : body[i]);
        }
        lines.write('\n');
    }

    private static void addRows(byte[] body, ByteArrayOutputStream lines) {
        ByteArrayOutputStream rows = new ByteArrayOutputStream();
        try (MappingIterator<Object> records = CSV.readValues(body)) {
            while (records.hasNextValue()) {
                rows.writeBytes(JSON.writeValueAsBytes(records.nextValue()));
                rows.write('\n');
            }
            lines.writeBytes(rows.toByteArray());
        } catch (IOException e) {
            addLine(body, 0, body.length, lines);
        }
    }
}
