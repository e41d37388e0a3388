// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.record.read;

import java.io.IOException;
import java.io.UncheckedIOException;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.dataformat.csv.CsvFactory;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import dev.gtmroutes.record.SourceRecord;
import dev.gtmroutes.record.csv.CsvCells;
import dev.gtmroutes.record.csv.CsvObject;

/** Rows below a header row: each becomes an object whose attributes are the cells. */
final class CsvRecords implements Records {

    /** How long a cell may be is the reader's decision. */
    private static final ObjectReader CELLS = new CsvMapper(CsvFactory.builder().streamReadConstraints(
            StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build()).build())
            .readerFor(String[].class).with(CsvParser.Feature.WRAP_AS_ARRAY);

    private static final String CARRIAGE_RETURN = "a carriage return outside quotes";

    private final ByteWindow in;
    private final RecordCounter ordinals;
    private final CsvRows rows;
    private final byte delimiter;
    private final ObjectReader cells;
    private final String[] names;
    private final CsvObject object;

    /**
     * Reads the header row.
     *
     * @param saysCsv whether name or content type say that this is CSV; else one line of text is not believed
     * @param become  what the cells become
     * @throws NotRecordsException if the first row is no header
     */
    CsvRecords(ByteWindow in, RecordCounter ordinals, boolean saysCsv, CsvCells become) throws NotRecordsException {
        this.in = in;
        this.ordinals = ordinals;
        this.rows = new CsvRows(in);
        byte said = saidDelimiter();
        in.skipBlankAndMarks();
        in.mark();
        boolean closed = rows.next(said);
        int to = endOfRow();
        if (!closed || in.overlong(in.start, to) || Utf8.malformedAt(in.bytes, in.start, to) >= 0) {
            throw new NotRecordsException("The content is not CSV with a header row: its first row cannot be read.");
        }
        byte found = said != 0 ? said : CsvHeader.delimiter(in.bytes, in.start, to);
        delimiter = found == 0 ? (byte) ',' : found;
        cells = CELLS.with(CsvSchema.emptySchema().withColumnSeparator((char) delimiter));
        names = header(in.start, to);
        try {
            object = new CsvObject(names, become);
        } catch (IllegalArgumentException e) {
            throw CsvHeader.refused(e.getMessage());
        }
        in.skipBlank();
        if (!saysCsv && in.atEnd()) {
            throw new NotRecordsException("The content is one line of text, neither JSON nor CSV with rows.");
        }
    }

    /** Passes over a first line {@code sep=;}, and says what it says. */
    private byte saidDelimiter() {
        in.fill(InputFormat.WINDOW);
        byte said = CsvHeader.saidDelimiter(in.bytes, in.pos, in.limit);
        if (said != 0) {
            in.mark();
            int newline = Bytes.newline(in.bytes, in.pos, in.limit);
            in.line += newline < 0 ? 0 : 1;
            in.pos = newline < 0 ? in.limit : newline + 1;
        }
        return said;
    }

    private String[] header(int from, int to) throws NotRecordsException {
        try {
            return CsvHeader.names(cells(from, to));
        } catch (JsonProcessingException e) {
            throw new NotRecordsException("The content is not CSV with a header row: " + reason(e) + ".");
        }
    }

    @Override
    public SourceRecord read() {
        while (true) {
            in.skipMarks();
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
        String problem = in.overlong(from, to) ? in.longest.exceeded()
                : Utf8.malformedAt(in.bytes, from, to) >= 0 ? "not UTF-8 text, perhaps Windows-1252: save the file as UTF-8"
                : Bytes.nul(in.bytes, from, to) >= 0 ? "not valid CSV: unexpected NUL character" : null;
        if (problem == null) {
            try {
                String[] values = cells(from, to);
                problem = misfit(values);
                if (problem == null) {
                    return object(values);
                }
            } catch (JsonProcessingException e) {
                problem = "not valid CSV: " + reason(e);
            }
        }
        return ordinals.bad(in.raw(to), in.startLine, problem);
    }

    /** Cells behind the last column may be there if they are empty: a delimiter behind the last cell makes one. */
    private String misfit(String[] values) {
        int count = values.length;
        while (count > names.length && values[count - 1].isEmpty()) {
            count--;
        }
        if (count != names.length) {
            return "the row has " + count + (count == 1 ? " cell" : " cells") + ", the header has " + names.length;
        }
        return isHeader(values) ? "the row repeats the header row: the file may be two files in one" : null;
    }

    private boolean isHeader(String[] values) {
        for (int i = 0; i < names.length; i++) {
            if (!CsvHeader.name(values[i]).equals(names[i])) {
                return false;
            }
        }
        return true;
    }

    private String[] cells(int from, int to) throws JsonProcessingException {
        try (MappingIterator<String[]> found = cells.readValues(in.bytes, from, to - from)) {
            String[] row = found.hasNextValue() ? found.nextValue() : new String[0];
            if (found.hasNextValue()) {
                throw new JsonParseException(CARRIAGE_RETURN);
            }
            return row;
        } catch (JsonProcessingException e) {
            throw e;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private SourceRecord object(String[] values) {
        object.set(values);
        return object.size() > in.longest.bytes()
                ? ordinals.bad(in.raw(in.pos), in.startLine, in.longest.exceeded())
                : ordinals.good(object.record(), object.texts(), in.startLine);
    }

    /** What the parser's message, which is for programmers, says to others. */
    private static String reason(JsonProcessingException e) {
        String message = e.getOriginalMessage();
        return message.equals(CARRIAGE_RETURN) ? message
                : message.startsWith("Unexpected character") ? "text after the closing quote of a cell"
                : message.contains("closing quote") ? "a quoted cell is not closed" : "a cell cannot be read";
    }
}
