// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.delivery;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

import dev.gtmroutes.delivery.outcome.Rejection;
import dev.gtmroutes.delivery.outcome.Rejections;
import dev.gtmroutes.delivery.status.PauseGate;
import dev.gtmroutes.record.RequestMapping;
import dev.gtmroutes.record.ShapedRecord;
import dev.gtmroutes.record.SourceRecord;
import dev.gtmroutes.record.UnfitRecordException;
import dev.gtmroutes.record.read.RecordReader;

/**
 * Reads a chunk lazily and cuts it into pages. Records that can be sent are paged; the others are rejected at once,
 * each alone. Ends early, and has the source keep the rest, when the flow stops.
 */
public final class BatchReader implements Iterator<Batch>, Closeable {

    /** How much goes into a page; {@code alone} for each record in a page of its own, for the aggregator to fill. */
    record Limits(int records, long bytes, boolean alone) {
    }

    private final Input chunk;
    private final RecordReader reader;
    private final RequestMapping shape;
    private final Rejections rejections;
    private final boolean alone;
    private final PauseGate gate;
    private final OpenBatches open;
    private final Deque<Batch> ready = new ArrayDeque<>();

    private Batch next;
    private SourceRecord last;

    /**
     * @param reader null where nothing is to be read: the chunk is kept from the start, or for another destination
     * @param gate   while it is closed, nothing is read
     */
    BatchReader(Input chunk, RecordReader reader, RequestMapping shape, Rejections rejections, Limits limits,
            PauseGate gate) {
        this.chunk = chunk;
        this.reader = reader;
        this.shape = shape;
        this.rejections = rejections;
        this.gate = gate;
        this.alone = limits.alone();
        this.open = new OpenBatches(chunk, limits.records(), limits.bytes() - shape.overhead());
    }

    Input chunk() {
        return chunk;
    }

    @Override
    public boolean hasNext() {
        if (next == null) {
            try {
                next = stopped() ? null : read();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                chunk.keep("the program was stopped", null);
            } catch (UncheckedIOException | IOException e) {
                chunk.keep("cannot read the rest of the input, or cannot save the outcome of its records: "
                        + e.getMessage(), e);
            }
        }
        return next != null;
    }

    @Override
    public Batch next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        Batch page = next;
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

    private Batch read() throws IOException, InterruptedException {
        while (ready.isEmpty() && reader != null && reader.hasNext()) {
            if (!gate.awaitOpen(chunk::running)) {
                chunk.keep("the flow was stopped", null);
                return null;
            }
            SourceRecord each = reader.next();
            last = each;
            ShapedRecord fit = fit(each);
            if (fit != null && alone) {
                return new Batch(chunk, List.of(fit), false);
            }
            if (fit != null) {
                ready.addAll(open.add(fit));
            }
        }
        if (ready.isEmpty() && last != null) {
            chunk.notes().last(last);
            last = null;
        }
        return !ready.isEmpty() ? ready.remove() : open.isEmpty() ? null : open.oldest();
    }

    /** @return the record as it is to be sent, or null if it was rejected, or is held */
    private ShapedRecord fit(SourceRecord each) throws IOException {
        chunk.countRead();
        Rejection doubt = chunk.notes().doubt(each);
        if (doubt != null) {
            rejections.write(chunk, List.of(each), doubt);
            chunk.heldUnsent();
            chunk.notes().settle(each);
            return null;
        }
        String problem = each.problem();
        if (problem == null) {
            try {
                ShapedRecord fit = shape.apply(each);
                chunk.destination().fit();
                return fit;
            } catch (UnfitRecordException e) {
                problem = e.getMessage();
            }
        }
        Rejection why = Rejection.unsent(problem);
        rejections.write(chunk, List.of(each), why);
        chunk.rejectedUnsent(why);
        chunk.notes().settle(each);
        return null;
    }

    @Override
    public void close() throws IOException {
        if (reader != null) {
            reader.close();
        }
    }
}
