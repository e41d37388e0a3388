// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.record.read;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.Iterator;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.stream.BaseStream;

import dev.gtmroutes.record.SourceRecord;
import dev.gtmroutes.record.csv.CsvCells;
import org.apache.camel.CamelContext;

/**
 * Reads the records of a chunk one by one, from JSON, NDJSON, CSV or objects in memory. What is no record is
 * returned as a bad {@link SourceRecord} in its place, and reading goes on behind it. Memory is bounded by the
 * longest record, not by the chunk. Not for use by several threads.
 */
public final class RecordReader implements Iterator<SourceRecord>, Closeable {

    /** How much of a bad record's raw text is kept, in bytes. */
    public static final int MAX_RAW_BYTES = 64 * 1024;

    private final Records records;
    private final RecordCounter ordinals;
    private final Closeable source;
    private final Deque<SourceRecord> ahead;
    private SourceRecord next;
    private boolean ended;

    private RecordReader(Records records, RecordCounter ordinals, Closeable source, Deque<SourceRecord> ahead) {
        this.ahead = ahead;
        this.records = records;
        this.ordinals = ordinals;
        this.source = source;
    }

    /** Begins to read a message body whose records may have 16 MB each. */
    public static RecordReader open(Object body, String name, CamelContext camel) throws NotRecordsException {
        return open(body, name, camel, RecordSize.DEFAULT);
    }

    /** The same, with cells of CSV as texts, and no attributes for empty cells. */
    public static RecordReader open(Object body, String name, CamelContext camel, RecordSize longest)
            throws NotRecordsException {
        return open(body, name, camel, longest, CsvCells.DEFAULT);
    }

    /**
     * Begins to read a message body.
     *
     * @param body    a file (camel-file's, {@link java.io.File}, {@link java.nio.file.Path}), an InputStream, bytes,
     *                a String, a Map or POJO, or an array, Collection, Iterable or Iterator whose elements are one
     *                record each (Map, POJO, or JSON as String or bytes); null holds no records. A stream is read
     *                as it is needed and belongs to the reader from here on.
     * @param name    file name or content type, a hint where the content leaves the form open; may be null
     * @param camel   for bodies that only Camel can convert, and to find the application's ObjectMapper; may be null
     * @param longest how long a record may be
     * @param cells   what the cells become if it is CSV
     * @throws NotRecordsException  if nothing in the content is a record or a header; the body is closed then
     * @throws UncheckedIOException if the content cannot be read
     */
    public static RecordReader open(Object body, String name, CamelContext camel, RecordSize longest, CsvCells cells)
            throws NotRecordsException {
        MessageContent content = MessageContent.of(body, camel);
        RecordCounter ordinals = new RecordCounter();
        if (content.text() == null) {
            boolean ours = body instanceof Iterator || body instanceof BaseStream;
            return new RecordReader(new ObjectRecords(content.objects(), MessageContent.mapper(camel), ordinals, longest),
                    ordinals, () -> closeIfPossible(ours ? body : null), new ArrayDeque<>());
        }
        ByteWindow in = content.text();
        in.longest = longest;
        RecordReader reader = null;
        try {
            reader = text(in, saysCsv(name) || saysCsv(content.name()), cells, ordinals);
            return reader;
        } finally {
            if (reader == null) {
                closeIfPossible(in);
            }
        }
    }

    private static RecordReader text(ByteWindow in, boolean saysCsv, CsvCells cells, RecordCounter ordinals)
            throws NotRecordsException {
        Encoding encoding = Encoding.of(in);
        try {
            Records records = switch (InputFormat.of(in, saysCsv)) {
                case LINES -> new LineRecords(in, ordinals);
                case TOKENS -> new TokenRecords(in, ordinals, "input");
                case CSV -> new CsvRecords(in, ordinals, saysCsv, cells);
            };
            boolean sure = encoding == Encoding.UTF_8 || records instanceof CsvRecords;
            return new RecordReader(records, ordinals, in, sure ? new ArrayDeque<>() : encoding.firstRecords(records));
        } catch (NotRecordsException e) {
            throw encoding == Encoding.UTF_8 ? e : encoding.refusal();
        }
    }

    /**
     * Passes over the records with these indexes from here on, more cheaply than reading them. They still count
     * in {@link SourceRecord#index}. Replaces an earlier set.
     *
     * @param done 0-based indexes; copied
     */
    public void skip(BitSet done) {
        ordinals.skip(done);
        if (next != null && ordinals.skips(next.index())) {
            next = null;
        }
    }

    /** Whether it is CSV, so that a setting decides what records become. */
    public boolean isCsv() {
        return records instanceof CsvRecords;
    }

    /** @throws UncheckedIOException if the source cannot be read on */
    @Override
    public boolean hasNext() {
        while (next == null && !ahead.isEmpty()) {
            SourceRecord first = ahead.remove();
            next = ordinals.skips(first.index()) ? null : first;
        }
        if (next == null && !ended) {
            next = records.read();
            ended = next == null;
        }
        return next != null;
    }

    /**
     * @throws UncheckedIOException   if the source cannot be read on
     * @throws NoSuchElementException behind the last record
     */
    @Override
    public SourceRecord next() {
        if (!hasNext()) {
            throw new NoSuchElementException("There are no more records.");
        }
        SourceRecord record = next;
        next = null;
        return record;
    }

    /** Closes the source; what was not read is left. */
    @Override
    public void close() throws IOException {
        source.close();
    }

    private static boolean saysCsv(String name) {
        if (name == null) {
            return false;
        }
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith(".csv") || lower.endsWith(".tsv") || lower.contains("text/csv")
                || lower.contains("text/tab-separated-values");
    }

    private static void closeIfPossible(Object source) {
        if (source instanceof AutoCloseable closeable) {
            try {
                closeable.close();
            } catch (Exception e) {
                // Nothing depends on it: what was wanted has been read, or a better reason is on its way.
                return;
            }
        }
    }
}
