package dev.gtmroutes.delivery;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** What a destination has counted since it was made. For any number of threads. */
public final class Tally {

    private final LongAdder read = new LongAdder();
    private final LongAdder delivered = new LongAdder();
    private final LongAdder held = new LongAdder();
    private final LongAdder retries = new LongAdder();
    private final LongAdder requestNanos = new LongAdder();
    private final LongAdder inFlight = new LongAdder();
    private final Map<String, LongAdder> rejected = new ConcurrentHashMap<>();
    private final Map<Integer, LongAdder> requests = new ConcurrentHashMap<>();

    void read() {
        read.increment();
    }

    void delivered(int records) {
        delivered.add(records);
    }

    void held(int records) {
        held.add(records);
    }

    void rejected(Rejection rejection, int records) {
        rejected.computeIfAbsent(rejection.kind(), key -> new LongAdder()).add(records);
    }

    void answered(int status, boolean again, Duration took) {
        requests.computeIfAbsent(status, key -> new LongAdder()).increment();
        requestNanos.add(took.toNanos());
        if (again) {
            retries.increment();
        }
    }

    void inFlight(int change) {
        inFlight.add(change);
    }

    /** Records read, those that were rejected without being sent included. */
    public long recordsRead() {
        return read.sum();
    }

    /** Records the destination accepted. */
    public long recordsDelivered() {
        return delivered.sum();
    }

    /** Records of which nobody knows whether they were carried out. */
    public long recordsHeld() {
        return held.sum();
    }

    /** Records that were rejected, by the status of the answer; unfit, no-answer or impossible where there was none. */
    public Map<String, Long> recordsRejected() {
        Map<String, Long> all = new TreeMap<>();
        rejected.forEach((reason, count) -> all.put(reason, count.sum()));
        return all;
    }

    /** Requests sent, repeated ones included, by the status of the answer; 0 where none came. */
    public Map<Integer, Long> requests() {
        Map<Integer, Long> all = new TreeMap<>();
        requests.forEach((status, count) -> all.put(status, count.sum()));
        return all;
    }

    /** Requests that were not the first try. */
    public long retries() {
        return retries.sum();
    }

    /** Time spent on requests, from sending one to its answer; waiting for a rate is part of it. */
    public Duration requestTime() {
        return Duration.ofNanos(requestNanos.sum());
    }

    /** Requests under way now. */
    public long inFlight() {
        return inFlight.sum();
    }
}
