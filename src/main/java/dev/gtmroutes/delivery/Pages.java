package dev.gtmroutes.delivery;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

import dev.gtmroutes.record.RecordReader;
import dev.gtmroutes.record.Shape;
import dev.gtmroutes.record.SourceRecord;

/**
 * Reads a chunk lazily and cuts it into pages. Records that can be sent are paged; the others go to the dead letters
 * at once, each alone. Ends early, and has the source keep the rest, when the flow stops.
 */
final class Pages implements Iterator<Page>, Closeable {

    private final Chunk chunk;
    private final RecordReader reader;
    private final Shape shape;
    private final DeadLetters deadLetters;
    private final int mostRecords;
    private final long mostBytes;

    private SourceRecord ahead;
    private Page next;

    /** @param reader may be null where the chunk is kept from the start */
    Pages(Chunk chunk, RecordReader reader, Shape shape, DeadLetters deadLetters, int mostRecords, long mostBytes) {
        this.chunk = chunk;
        this.reader = reader;
        this.shape = shape;
        this.deadLetters = deadLetters;
        this.mostRecords = mostRecords;
        this.mostBytes = mostBytes;
    }

    Chunk chunk() {
        return chunk;
    }

    @Override
    public boolean hasNext() {
        if (next == null) {
            try {
                next = read();
            } catch (UncheckedIOException | IOException e) {
                chunk.keep("could not be read on, or not written to the dead letters: " + e.getMessage(), e);
            }
        }
        return next != null;
    }

    @Override
    public Page next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        Page page = next;
        next = null;
        chunk.sending(page.records());
        return page;
    }

    private Page read() throws IOException {
        if (stopped()) {
            return null;
        }
        List<SourceRecord> records = new ArrayList<>(Math.min(mostRecords, 100));
        long bytes = 0;
        for (SourceRecord each = nextFit(); each != null; each = nextFit()) {
            if (!records.isEmpty() && bytes + each.bytes().length > mostBytes) {
                ahead = each;
                return new Page(chunk, records, true);
            }
            records.add(each);
            bytes += each.bytes().length + 1;
            if (records.size() == mostRecords) {
                return new Page(chunk, records, true);
            }
        }
        return records.isEmpty() ? null : new Page(chunk, records, true);
    }

    /** @return the next record that can be sent, or null at the end of the chunk */
    private SourceRecord nextFit() throws IOException {
        if (ahead != null) {
            SourceRecord each = ahead;
            ahead = null;
            return each;
        }
        while (reader.hasNext()) {
            SourceRecord each = shape.apply(reader.next());
            chunk.countRead();
            if (each.wellFormed()) {
                return each;
            }
            deadLetters.write(chunk, List.of(each), Rejection.malformed(each));
            chunk.rejectedUnsent(each);
        }
        return null;
    }

    private boolean stopped() {
        if (!chunk.isKept() && !chunk.running()) {
            chunk.keep("the flow was stopped", null);
        }
        return chunk.isKept();
    }

    @Override
    public void close() throws IOException {
        if (reader != null) {
            reader.close();
        }
    }
}
