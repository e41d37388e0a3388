// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.delivery;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import dev.gtmroutes.record.ShapedRecord;

/**
 * What the aggregate EIP has made of pages: records that go to the endpoint together. It begins as one request; where
 * the destination refuses that, smaller ones take its place, one after the other.
 */
public final class RequestQueue {

    /** How often what could not be written is tried again. */
    private static final Duration DISK_CHECK = Duration.ofSeconds(1);

    private final List<Batch> pages = new ArrayList<>(1);
    private final Deque<Request> waiting = new ArrayDeque<>(1);
    private final Set<RequestQueue> before = new HashSet<>();
    private Set<String> orders;
    private boolean failed;
    private boolean ended;
    private volatile boolean sendingNow;

    RequestQueue(Batch first) {
        pages.add(first);
    }

    void add(Batch page) {
        pages.add(page);
    }

    /** Nothing is added from now on: the records make one request. */
    void close() {
        waiting.add(new Request(pages));
    }

    /** Whether nothing may be added any more. */
    boolean complete() {
        return pages.get(pages.size() - 1).complete();
    }

    int recordCount() {
        return pages.stream().mapToInt(each -> each.records().size()).sum();
    }

    /** Bytes of all records. */
    long bytes() {
        return pages.stream().mapToLong(Batch::bytes).sum();
    }

    /** The values by which its records are kept in order; empty where any order will do. */
    Set<String> orders() {
        if (orders == null) {
            orders = ordersOfRecords();
        }
        return orders;
    }

    private Set<String> ordersOfRecords() {
        Set<String> orders = new HashSet<>();
        for (Batch page : pages) {
            for (ShapedRecord each : page.records()) {
                if (each.order() != null) {
                    orders.add(each.order());
                }
            }
        }
        return orders;
    }

    /** Aggregates that have to end before this one is sent. Guarded by {@link ValueOrder}. */
    Set<RequestQueue> before() {
        return before;
    }

    /** Whether it is over and others may go on. Guarded by {@link ValueOrder}. */
    boolean ended() {
        return ended;
    }

    void end() {
        ended = true;
    }

    /** Whether some records still wait for their outcome. */
    public boolean open() {
        return !waiting.isEmpty();
    }

    /** Whether some records went back to their source without an outcome. */
    boolean failed() {
        return failed;
    }

    /** The request that is sent now, or sent next. */
    public Request current() {
        return waiting.element();
    }

    /** The current request is over; these are sent in its place, in this order. */
    public void replaceCurrent(List<Request> parts) {
        waiting.remove();
        for (int i = parts.size() - 1; i >= 0; i--) {
            waiting.addFirst(parts.get(i));
        }
    }

    /** Gives the records that have no outcome yet back to their chunks. */
    public void abandon(String why, Exception cause) {
        failed |= open();
        while (open()) {
            for (Batch each : waiting.remove().pages()) {
                each.chunk().returned(each.records(), why, cause);
            }
        }
    }

    /** Whether the flow of these records still runs, and nobody else sends some of them. */
    public boolean running() {
        return pages.stream().allMatch(each -> each.chunk().running());
    }

    /** Whether a chunk has already failed, so that the source will bring its records again. */
    boolean kept() {
        return pages.stream().anyMatch(each -> each.chunk().isKept());
    }

    /** The chunk that stands for all where they have the same answer: their flow, their template. */
    public Input chunk() {
        return pages.get(0).chunk();
    }

    /**
     * What became of its records cannot be written for now: its flow sends nothing more, and this waits a while. Sent
     * again, the records might arrive twice.
     *
     * @param  problem one line for a person
     * @return         false if the flow was stopped
     */
    public boolean awaitDisk(String problem) throws InterruptedException {
        chunk().destination().diskRefused(problem);
        return FlowRoute.pause(DISK_CHECK, this::running);
    }

    /** Whether it holds one of the flow's places for requests under way; see {@link InFlight}. */
    boolean sendingNow() {
        return sendingNow;
    }

    void sendingNow(boolean now) {
        sendingNow = now;
    }
}
