// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.record.csv;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import dev.gtmroutes.record.read.RecordCheck;

/** Makes JSON objects of rows. For one thread at a time. */
public final class CsvObject {

    private static final class Buffer extends ByteArrayOutputStream {

        private Buffer() {
            super(1024);
        }

        private void cut(int size) {
            count = size;
        }

        private void copy(int from, int to, Buffer target) {
            target.write(buf, from, to - from);
        }
    }

    private final CsvCells cells;
    private final SerializedString[] names;
    private final CsvColumn columns;
    private final boolean nested;
    private final Buffer plain = new Buffer();
    private final Buffer json = new Buffer();
    /** Where the text of each cell begins and ends in {@link #plain}, with its quotes. */
    private final int[] starts;
    private final int[] ends;
    /** The JSON of cells that are no texts. */
    private final byte[][] values;
    private String[] row;
    private boolean isPlain;

    /** @throws IllegalArgumentException if the names contradict each other; the message says why */
    public CsvObject(String[] names, CsvCells cells) {
        this.cells = cells;
        this.columns = cells.typed() ? CsvColumn.nested(names) : CsvColumn.flat(names);
        this.nested = columns.isNested();
        this.names = Arrays.stream(names).map(SerializedString::new).toArray(SerializedString[]::new);
        this.starts = new int[names.length];
        this.ends = new int[names.length];
        this.values = new byte[names.length][];
    }

    /** @param row at least as many cells as there are names */
    public void set(String[] row) {
        this.row = row;
        plain.reset();
        json.reset();
        isPlain = !nested;
        try (JsonGenerator out = RecordCheck.JSON.createGenerator(plain)) {
            out.writeStartObject();
            for (int i = 0; i < names.length; i++) {
                out.writeFieldName(names[i]);
                starts[i] = plain.size() + out.getOutputBuffered() + 1;
                out.writeString(row[i]);
                ends[i] = plain.size() + out.getOutputBuffered();
                values[i] = cells.typed() ? CsvValue.of(row[i]) : null;
                isPlain &= values[i] == null && (cells.keepEmpty() || !row[i].isBlank());
            }
            out.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (!isPlain) {
            json.write('{');
            members(columns);
            json.write('}');
        }
    }

    /** How many bytes the record has. */
    public int size() {
        return isPlain ? plain.size() : json.size();
    }

    /** The record. */
    public byte[] record() {
        return isPlain ? plain.toByteArray() : json.toByteArray();
    }

    /** The row as an object of texts, whatever its cells become; null if it is the record. */
    public byte[] texts() {
        return isPlain ? null : plain.toByteArray();
    }

    /** An object or array of which all cells are empty is left out like an empty cell. */
    private void members(CsvColumn group) {
        int first = json.size();
        for (CsvColumn each : group.members()) {
            int before = json.size();
            if (before > first) {
                json.write(',');
            }
            json.writeBytes(each.head());
            if (!(each.isValue() ? value(each.index()) : object(each))) {
                json.cut(before);
            }
        }
    }

    private boolean object(CsvColumn group) {
        json.write(group.isArray() ? '[' : '{');
        int first = json.size();
        members(group);
        boolean any = json.size() > first;
        json.write(group.isArray() ? ']' : '}');
        return any;
    }

    private boolean value(int column) {
        if (values[column] != null) {
            json.writeBytes(values[column]);
        } else if (cells.keepEmpty() || !row[column].isBlank()) {
            plain.copy(starts[column], ends[column], json);
        } else {
            return false;
        }
        return true;
    }
}
