package dev.gtmroutes.delivery;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;

import dev.gtmroutes.record.RecordReader;
import dev.gtmroutes.record.Shape;
import dev.gtmroutes.record.ShapedRecord;
import dev.gtmroutes.record.SourceRecord;
import dev.gtmroutes.record.UnfitRecordException;

/**
 * Reads a chunk lazily and cuts it into pages. Records that can be sent are paged; the others are rejected at once,
 * each alone. Ends early, and has the source keep the rest, when the flow stops.
 */
final class Pages implements Iterator<Page>, Closeable {

    /** Groups that are not full are held until the end of the chunk, but no more bytes of them than this. */
    private static final long MOST_HELD_BYTES = 8_000_000;

    /** How much goes into a page; {@code alone} for each record in a page of its own, for the aggregator to fill. */
    record Limits(int records, long bytes, boolean alone) {
    }

    private static final class Open {
        private final List<ShapedRecord> records = new ArrayList<>();
        private long bytes;
    }

    private final Chunk chunk;
    private final RecordReader reader;
    private final Shape shape;
    private final Rejections rejections;
    private final Limits limits;
    private final Map<String, Open> groups = new LinkedHashMap<>();

    private long heldBytes;
    private Page next;

    /** @param reader null where nothing is to be read: the chunk is kept from the start, or for another destination */
    Pages(Chunk chunk, RecordReader reader, Shape shape, Rejections rejections, Limits limits) {
        this.chunk = chunk;
        this.reader = reader;
        this.shape = shape;
        this.rejections = rejections;
        this.limits = limits;
    }

    Chunk chunk() {
        return chunk;
    }

    @Override
    public boolean hasNext() {
        if (next == null) {
            try {
                next = stopped() ? null : read();
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
        chunk.sending(page.records().size());
        return page;
    }

    private boolean stopped() {
        if (!chunk.isKept() && !chunk.running()) {
            chunk.keep("the flow was stopped", null);
        }
        return chunk.isKept();
    }

    private Page read() throws IOException {
        while (reader != null && reader.hasNext()) {
            ShapedRecord fit = fit(reader.next());
            Page full = fit == null ? null : limits.alone() ? new Page(chunk, List.of(fit), false) : add(fit);
            if (full != null) {
                return full;
            }
        }
        return groups.isEmpty() ? null : oldest();
    }

    /** @return the record as it is to be sent, or null if it was rejected */
    private ShapedRecord fit(SourceRecord each) throws IOException {
        chunk.countRead();
        String problem = each.problem();
        if (problem == null) {
            try {
                return shape.apply(each);
            } catch (UnfitRecordException e) {
                problem = e.getMessage();
            }
        }
        rejections.write(chunk, List.of(each), Rejection.unsent(problem));
        chunk.rejectedUnsent(each);
        return null;
    }

    /** @return a page that became full, or null */
    private Page add(ShapedRecord each) {
        Open open = groups.computeIfAbsent(each.group(), key -> new Open());
        int bytes = each.part().length + 1;
        Page full = null;
        if (!open.records.isEmpty() && open.bytes + bytes + shape.overhead() > limits.bytes()) {
            full = close(each.group());
            open = groups.computeIfAbsent(each.group(), key -> new Open());
        }
        open.records.add(each);
        open.bytes += bytes;
        heldBytes += bytes;
        if (full != null) {
            return full;
        }
        if (open.records.size() == limits.records()) {
            return close(each.group());
        }
        return groups.size() > 1 && heldBytes > MOST_HELD_BYTES ? oldest() : null;
    }

    private Page oldest() {
        return close(groups.keySet().iterator().next());
    }

    private Page close(String group) {
        Open open = groups.remove(group);
        heldBytes -= open.bytes;
        return new Page(chunk, open.records, true);
    }

    @Override
    public void close() throws IOException {
        if (reader != null) {
            reader.close();
        }
    }
}
