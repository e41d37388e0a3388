// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.delivery;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

import dev.gtmroutes.delivery.changed.FormsWait;
import dev.gtmroutes.delivery.join.Shaping;
import dev.gtmroutes.delivery.outcome.Rejection;
import dev.gtmroutes.delivery.outcome.Rejections;
import dev.gtmroutes.delivery.status.PauseGate;
import dev.gtmroutes.record.ShapedRecord;
import dev.gtmroutes.record.SourceRecord;
import dev.gtmroutes.record.UnfitRecordException;
import dev.gtmroutes.record.read.RecordReader;

/**
 * Reads an input lazily and cuts it into batches. Records that can be sent go into a batch; the others are rejected at once,
 * each alone. Ends early, and has the source keep the rest, when the flow stops.
 */
public final class BatchReader implements Iterator<Batch>, Closeable {

    /** How much goes into a batch; {@code alone} for each record in a batch of its own, for the aggregator to fill. */
    record Limits(int records, long bytes, boolean alone) {
    }

    private static final long MOST_COMPARED_BYTES = 1_000_000;

    private final Input chunk;
    private final RecordReader reader;
    private final Shaping shape;
    private final Rejections rejections;
    private final boolean alone;
    private final PauseGate gate;
    private final OpenBatches open;
    private final Deque<Batch> ready = new ArrayDeque<>();
    private final UnchangedRecords unchanged;

    private Batch next;
    private SourceRecord last;

    /**
     * @param reader null where nothing is to be read: the input is kept from the start, or for another destination
     * @param gate   while it is closed, nothing is read
     */
    BatchReader(Input chunk, RecordReader reader, Shaping shape, Rejections rejections, Limits limits, PauseGate gate) {
        this.chunk = chunk;
        this.reader = reader;
        this.shape = shape;
        this.rejections = rejections;
        this.gate = gate;
        this.alone = limits.alone();
        this.unchanged = new UnchangedRecords(chunk);
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
            List<ShapedRecord> fits = gate.awaitOpen(chunk::running) ? fits() : null;
            if (fits == null || !compare(fits)) {
                chunk.keep("the flow was stopped", null);
                return null;
            }
            if (unchanged.isMuch()) {
                unchanged.settle();
                if (stopped()) {
                    return null;
                }
            }
        }
        if (alone && !ready.isEmpty()) {
            return ready.remove();
        }
        unchanged.settle();
        if (ready.isEmpty() && last != null) {
            chunk.notes().last(last);
            last = null;
        }
        return !ready.isEmpty() ? ready.remove() : open.isEmpty() ? null : open.oldest();
    }

    /** Reads one record, or as many as are best compared at a time. @return null if the flow was stopped */
    private List<ShapedRecord> fits() throws IOException, InterruptedException {
        int most = chunk.changes().comparedTogether();
        List<ShapedRecord> fits = new ArrayList<>(most);
        long bytes = 0;
        do {
            SourceRecord each = reader.next();
            last = each;
            bytes += each.bytes().length;
            ShapedRecord fit = fit(each);
            if (fit == null && chunk.isKept()) {
                return null;
            }
            if (fit != null) {
                fits.add(fit);
            }
            most--;
        } while (most > 0 && bytes < MOST_COMPARED_BYTES && reader.hasNext());
        return fits;
    }

    /** Pages those that are to be sent. @return false if the flow was stopped while they could not be compared */
    private boolean compare(List<ShapedRecord> fits) throws IOException, InterruptedException {
        return FormsWait.run(chunk.destination(), chunk::running, () -> {
            for (ShapedRecord each : unchanged.news(fits)) {
                if (alone) {
                    ready.add(new Batch(chunk, List.of(each), false));
                } else {
                    ready.addAll(open.add(each));
                }
            }
        });
    }

    /** @return the record as it is to be sent, or null if it was rejected, or is held, or the flow was stopped */
    private ShapedRecord fit(SourceRecord each) throws IOException, InterruptedException {
        chunk.countRead();
        Rejection doubt = chunk.notes().doubt(each);
        if (doubt != null && chunk.destination().isDeferred()) {
            if (chunk.isSaved(each)) {
                chunk.notes().settle(each);
                return null;
            }
            doubt = null;
        }
        if (doubt != null) {
            rejections.write(chunk, List.of(each), doubt);
            chunk.heldUnsent();
            chunk.notes().settle(each);
            return null;
        }
        String problem = each.problem();
        if (problem == null) {
            try {
                ShapedRecord fit = shape.apply(each, chunk::running);
                if (fit == null) {
                    stopped();
                    return null;
                }
                chunk.destination().fit();
                return fit;
            } catch (IOException e) {
                chunk.keep(e.getMessage(), e);
                return null;
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

    /** What was read and is not on its way will not be: the flow was stopped. */
    private void giveBack() {
        if (next != null) {
            ready.add(next);
            next = null;
        }
        while (!open.isEmpty()) {
            ready.add(open.oldest());
        }
        ready.forEach(each -> chunk.changes().returned(each.records()));
        ready.clear();
    }

    @Override
    public void close() throws IOException {
        giveBack();
        unchanged.end();
        if (reader != null) {
            reader.close();
        }
    }
}
