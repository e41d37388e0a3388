package dev.gtmroutes.record;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Rows below a header row: each becomes an object whose attributes are the cells, as strings. */
final class CsvRecords implements Records {

    private static final ObjectReader CELLS =
            new CsvMapper().readerFor(String[].class).with(CsvParser.Feature.WRAP_AS_ARRAY);

    private final ByteWindow in;
    private final Ordinals ordinals;
    private final CsvRows rows;
    private final byte delimiter;
    private final ObjectReader cells;
    private final SerializedString[] names;
    private final ByteArrayOutputStream json = new ByteArrayOutputStream(1024);

    /**
     * Reads the header row.
     *
     * @param saysCsv whether name or content type say that this is CSV; else one line of text is not believed
     * @throws NotRecordsException if the first row is no header
     */
    CsvRecords(ByteWindow in, Ordinals ordinals, boolean saysCsv) throws NotRecordsException {
        this.in = in;
        this.ordinals = ordinals;
        this.rows = new CsvRows(in);
        in.mark();
        boolean closed = rows.next((byte) 0);
        int to = Bytes.trimEnd(in.bytes, in.start, in.pos);
        if (!closed || in.overlong(in.start, to) || Utf8.malformedAt(in.bytes, in.start, to) >= 0) {
            throw new NotRecordsException("The content is no CSV with a header row: its first row is not readable.");
        }
        byte found = CsvHeader.delimiter(in.bytes, in.start, to);
        delimiter = found == 0 ? (byte) ',' : found;
        cells = CELLS.with(CsvSchema.emptySchema().withColumnSeparator((char) delimiter));
        names = header(in.start, to);
        in.skipBlank();
        if (!saysCsv && in.atEnd()) {
            throw new NotRecordsException("The content is one line of text, neither JSON nor CSV with rows.");
        }
    }

    private SerializedString[] header(int from, int to) throws NotRecordsException {
        try {
            String[] texts = CsvHeader.names(cells(from, to));
            SerializedString[] result = new SerializedString[texts.length];
            for (int i = 0; i < result.length; i++) {
                result[i] = new SerializedString(texts[i]);
            }
            return result;
        } catch (JsonProcessingException e) {
            throw new NotRecordsException("The content is no CSV with a header row: " + reason(e) + ".");
        }
    }

    @Override
    public SourceRecord read() {
        while (true) {
            in.mark();
            if (in.atEnd()) {
                return null;
            }
            boolean closed = rows.next(delimiter);
            int to = endOfRow();
            if ((blank(in.start, to) && !in.dropped()) || ordinals.skipNext()) {
                continue;
            }
            return closed || in.overlong(in.start, to) ? row(in.start, to)
                    : ordinals.bad(in.raw(to), in.startLine, "not valid CSV: a quoted cell is not closed");
        }
    }

    /** The end of the row without its line break. */
    private int endOfRow() {
        int to = in.pos;
        if (to > in.start && in.bytes[to - 1] == '\n') {
            to--;
        }
        return to > in.start && in.bytes[to - 1] == '\r' ? to - 1 : to;
    }

    /** Whether a row holds nothing but delimiters and white space, as spreadsheets leave them at the end. */
    private boolean blank(int from, int to) {
        for (int i = from; i < to; i++) {
            if (!Bytes.isBlank(in.bytes[i]) && in.bytes[i] != delimiter) {
                return false;
            }
        }
        return true;
    }

    private SourceRecord row(int from, int to) {
        String problem = in.overlong(from, to) ? RecordReader.TOO_LONG
                : Utf8.malformedAt(in.bytes, from, to) >= 0 ? "not UTF-8 text" : null;
        if (problem == null) {
            try {
                String[] values = cells(from, to);
                if (values.length == names.length) {
                    return object(values);
                }
                problem = "row has " + values.length + (values.length == 1 ? " cell" : " cells")
                        + ", the header has " + names.length;
            } catch (JsonProcessingException e) {
                problem = "not valid CSV: " + reason(e);
            }
        }
        return ordinals.bad(in.raw(to), in.startLine, problem);
    }

    private String[] cells(int from, int to) throws JsonProcessingException {
        try (MappingIterator<String[]> found = cells.readValues(in.bytes, from, to - from)) {
            String[] row = found.hasNextValue() ? found.nextValue() : new String[0];
            if (found.hasNextValue()) {
                throw new JsonParseException("a carriage return outside quotes");
            }
            return row;
        } catch (JsonProcessingException e) {
            throw e;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private SourceRecord object(String[] values) {
        json.reset();
        try (JsonGenerator out = RecordCheck.JSON.createGenerator(json)) {
            out.writeStartObject();
            for (int i = 0; i < values.length; i++) {
                out.writeFieldName(names[i]);
                out.writeString(values[i]);
            }
            out.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return json.size() > RecordReader.MAX_RECORD_BYTES
                ? ordinals.bad(in.raw(in.pos), in.startLine, RecordReader.TOO_LONG)
                : ordinals.good(json.toByteArray(), in.startLine);
    }

    private static String reason(JsonProcessingException e) {
        String message = e.getOriginalMessage();
        if (message.startsWith("Unexpected character")) {
            return "text behind the closing quote of a cell";
        }
        int end = message.indexOf(" (");
        return Character.toLowerCase(message.charAt(0)) + message.substring(1, end < 0 ? message.length() : end);
    }
}
