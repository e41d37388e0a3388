// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.delivery;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

import dev.gtmroutes.delivery.changed.ChangedRecords;
import dev.gtmroutes.delivery.outcome.Rejection;
import dev.gtmroutes.delivery.status.DeferredRecords;
import dev.gtmroutes.delivery.status.DeliveryTrace;
import dev.gtmroutes.delivery.status.DestinationStatus;
import dev.gtmroutes.delivery.status.InputCounts;
import dev.gtmroutes.delivery.status.RunName;
import dev.gtmroutes.record.ShapedRecord;
import dev.gtmroutes.record.SourceRecord;
import dev.gtmroutes.record.read.NotRecordsException;

/**
 * One message of a source while its records are under way. It counts what becomes of each record, and its source is
 * acknowledged only when every record has a durable outcome: the aggregate EIP acknowledges at merge time, which
 * would lose what has not been sent yet.
 *
 * <p>Safe for use by the reading thread and by all sending threads at once.
 */
public final class Input {

    private static final long IDLE_CHECK_MILLIS = 1000;
    private static final int MOST_IDLE = 3;

    private final DestinationStatus destination;
    private final String flow;
    private final String source;
    private final BooleanSupplier running;
    private final DestinationProgress notes;
    private final ChangedRecords changes;
    private final Instant opened = Instant.now();
    private final long started = System.nanoTime();
    private final DeliveryTrace.Span span;

    private long read;
    private long delivered;
    private long rejected;
    private long held;
    private long unchanged;
    private long requests;
    private long underWay;
    private String kept;
    private Exception cause;
    private Runnable whenLanded;
    private volatile boolean over;
    private RunName run;
    private boolean notRecords;

    /**
     * @param destination what counts, and halts, its records
     * @param running     whether the flow still wants this chunk read on and sent
     * @param notes       what the source remembers of its records
     */
    public Input(DestinationStatus destination, String flow, String source, BooleanSupplier running,
            DestinationProgress notes) {
        this(destination, flow, source, running, notes, ChangedRecords.ALL);
    }

    /** The same for a destination that is sent only what has changed. */
    Input(DestinationStatus destination, String flow, String source, BooleanSupplier running,
            DestinationProgress notes, ChangedRecords changes) {
        this.changes = changes;
        this.destination = destination;
        this.flow = flow;
        this.source = source;
        this.running = running;
        this.notes = notes;
        this.span = destination.trace().chunk(flow, template());
    }

    public DestinationStatus destination() {
        return destination;
    }

    public String flow() {
        return flow;
    }

    public String template() {
        return destination.template();
    }

    DeliveryTrace.Span span() {
        return span;
    }

    /** The run that it belongs to; null if it is to be in none. */
    public RunName run() {
        return run;
    }

    /** Null for an input that is to be in no run. */
    public void setRun(RunName run) {
        this.run = run;
    }

    public Instant opened() {
        return opened;
    }

    public String source() {
        return source;
    }

    /** How many of its records have an outcome, those of an earlier run included. */
    public long settledRecords() {
        return notes.settled().cardinality();
    }

    /** What the source remembers of its records. */
    public DestinationProgress notes() {
        return notes;
    }

    /** Which of its records are sent. */
    public ChangedRecords changes() {
        return changes;
    }

    /**
     * Whether the flow still runs, and nobody else sends what this is of. When it is not so, nothing more is read, sent or
     * sent again; nor when the flow runs again later, since its source brings the records anew.
     */
    boolean running() {
        if (!over && notes.isOver()) {
            keep("other consumers have taken over some of its records", null);
            over = true;
        }
        if (!over && !running.getAsBoolean()) {
            over = true;
        }
        return !over;
    }

    synchronized void countRead() {
        read++;
        destination.tally().read();
    }

    synchronized void countRequest() {
        requests++;
    }

    /** So many records are on their way: the chunk waits for their outcome. */
    synchronized void sending(int records) {
        underWay += records;
    }

    public void delivered(List<ShapedRecord> records) {
        try {
            destination.delivered(records.size());
        } finally {
            // Whatever fails, or the input would wait for them for good.
            landed(records.size(), () -> delivered += records.size());
        }
    }

    /**
     * These records were sent, and are in the dead letters: rejected or held.
     *
     * @param inARow whether the destination took no other record of the same request
     */
    public void refused(List<ShapedRecord> records, Rejection why, boolean inARow) {
        try {
            if (why.isHeld()) {
                destination.held(records.size());
            } else {
                destination.rejected(why, records.size(), inARow);
            }
        } finally {
            landed(records.size(), () -> {
                rejected += why.isHeld() ? 0 : records.size();
                held += why.isHeld() ? records.size() : 0;
            });
        }
    }

    /** A record never was fit to be sent, and is in the dead letters. */
    void rejectedUnsent(Rejection why) {
        destination.unfit(why);
        synchronized (this) {
            rejected++;
        }
    }

    /** Whether an earlier run has saved the record, at a destination that tells outcomes later. */
    boolean isSaved(SourceRecord record) throws IOException {
        Optional<DeferredRecords> saved = destination.later();
        boolean is = false;
        for (String mark : saved.isPresent() ? notes.marks() : List.<String>of()) {
            is = is || saved.get().has(source, mark, record);
        }
        synchronized (this) {
            delivered += is ? 1 : 0;
        }
        return is;
    }

    /** A record may have been carried out in an earlier run, and is in the dead letters. */
    void heldUnsent() {
        destination.held(1);
        synchronized (this) {
            held++;
        }
    }

    /** Records are not sent: the destination has them already. */
    void unchanged(int records) {
        destination.unchanged(records);
        synchronized (this) {
            unchanged += records;
        }
    }

    /** These records were under way and come back without an outcome: the source has to keep them. */
    void returned(List<ShapedRecord> records, String why, Exception cause) {
        changes.returned(records);
        landed(records.size(), () -> keep(why, cause));
    }

    /** The source has to keep what has no outcome yet. The first reason given is the one that is told. */
    synchronized void keep(String why, Exception cause) {
        if (kept == null) {
            kept = why;
            this.cause = cause;
            notRecords = cause instanceof NotRecordsException;
            if (cause != null && !notRecords) {
                destination.kept(why);
            }
        }
    }

    /** What became of its records up to now. */
    public synchronized InputCounts counts() {
        return new InputCounts(read, delivered, unchanged, rejected, held);
    }

    /** Whether its source brings it again. */
    public synchronized boolean comesAgain() {
        return kept != null && !notRecords;
    }

    /** Whether something went wrong that makes reading on pointless. */
    synchronized boolean isKept() {
        return kept != null;
    }

    private void landed(int records, Runnable count) {
        Runnable told = null;
        synchronized (this) {
            count.run();
            underWay -= records;
            if (underWay == 0) {
                notifyAll();
                told = whenLanded;
            }
        }
        if (told != null) {
            told.run();
        }
    }

    /**
     * Waits until nothing of this chunk is under way any more.
     *
     * @param sending whether any request is being sent; when none is for a while, those this waits for are lost
     */
    synchronized void awaitLanded(BooleanSupplier sending) throws InterruptedException {
        int idle = 0;
        while (underWay > 0 && idle < MOST_IDLE) {
            wait(IDLE_CHECK_MILLIS);
            idle = sending.getAsBoolean() ? 0 : idle + 1;
        }
        if (underWay > 0) {
            keep(underWay + " records have no outcome although their requests "
                    + "ended", new IllegalStateException("lost requests"));
        }
    }

    /**
     * To be called when the chunk has been read to its end.
     *
     * @param  told runs once nothing is under way any more, unless that is the case already
     * @return      whether it will run
     */
    synchronized boolean whenLanded(Runnable told) {
        whenLanded = told;
        return underWay > 0;
    }

    /**
     * @return what became of the records; every one of them has a durable outcome
     * @throws InputKeptException if some have none, because the flow was stopped or something failed
     */
    synchronized InputSummary account() throws InputKeptException {
        if (kept != null) {
            throw new InputKeptException("%s: %s: %s. %d records have an outcome and will not be sent again"
                    .formatted(flow, source, kept, notes.settled().cardinality()), cause);
        }
        destination.taken();
        return new InputSummary(flow, template(), source, read, delivered, rejected, held, unchanged, requests,
                destination.isDeferred(),
                Duration.ofNanos(System.nanoTime() - started));
    }

    /** Nothing more happens to it: tells those who follow it what came of it. */
    synchronized void endSpan() {
        span.end(Map.of("records.read", read, "records.delivered", delivered, "records.rejected", rejected,
                "records.held", held, "records.unchanged", unchanged, "requests", requests), kept == null);
    }
}
