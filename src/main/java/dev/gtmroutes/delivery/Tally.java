package dev.gtmroutes.delivery;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** What a destination has counted since the program's start. For any number of threads. */
public final class Tally {

    private static final double[] SECONDS = {0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60,
            Double.POSITIVE_INFINITY};

    private final LongAdder read = new LongAdder();
    private final LongAdder delivered = new LongAdder();
    private final LongAdder held = new LongAdder();
    private final LongAdder retries = new LongAdder();
    private final LongAdder requestNanos = new LongAdder();
    private final LongAdder[] requestsWithin = new LongAdder[SECONDS.length];
    private final LongAdder inFlight = new LongAdder();
    private final Map<String, LongAdder> rejected = new ConcurrentHashMap<>();
    private final Map<Integer, LongAdder> requests = new ConcurrentHashMap<>();

    Tally() {
        Arrays.setAll(requestsWithin, each -> new LongAdder());
    }

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
        requestsWithin[duration(took)].increment();
        if (again) {
            retries.increment();
        }
    }

    private static int duration(Duration took) {
        double seconds = took.toNanos() / 1e9;
        int index = 0;
        while (seconds > SECONDS[index]) {
            index++;
        }
        return index;
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

    /** Records that were rejected, for whatever reason. */
    public long recordsRejectedInAll() {
        return rejected.values().stream().mapToLong(LongAdder::sum).sum();
    }

    /**
     * Requests, repeated ones included, by the status of the answer; 0 where none came, -1 for those that could not be
     * made.
     */
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

    /** How many requests took at most so many seconds; the last is infinity, within which all of them were answered. */
    public NavigableMap<Double, Long> requestsWithin() {
        NavigableMap<Double, Long> all = new TreeMap<>();
        long sum = 0;
        for (int i = 0; i < SECONDS.length; i++) {
            sum += requestsWithin[i].sum();
            all.put(SECONDS[i], sum);
        }
        return all;
    }

    /** Requests under way now. */
    public long inFlight() {
        return inFlight.sum();
    }
}
