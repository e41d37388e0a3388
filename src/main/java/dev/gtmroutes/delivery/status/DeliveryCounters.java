// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.delivery.status;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

import dev.gtmroutes.api.ApiAnswer;
import dev.gtmroutes.api.OutcomePolicy;
import dev.gtmroutes.delivery.outcome.Rejection;

/** What a destination has counted since the program's start. For any number of threads. */
public final class DeliveryCounters {

    /**
     * What went wrong.
     *
     * @param at     when
     * @param reason one line for a person
     */
    public record Failure(Instant at, String reason) {
    }

    /**
     * Records failed, and none was delivered since.
     *
     * @param since    when the first of them failed
     * @param rejected how many were rejected since then
     */
    public record Streak(Instant since, long rejected) {
    }

    private static final int MOST_REASON_CHARS = 300;
    private static final double[] SECONDS = {0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60,
            Double.POSITIVE_INFINITY};

    private final LongAdder read = new LongAdder();
    private final LongAdder delivered = new LongAdder();
    private final LongAdder held = new LongAdder();
    private final LongAdder unchanged = new LongAdder();
    private final LongAdder retries = new LongAdder();
    private final LongAdder requestNanos = new LongAdder();
    private final LongAdder[] requestsWithin = new LongAdder[SECONDS.length];
    private final LongAdder inFlight = new LongAdder();
    private final Map<String, LongAdder> rejected = new ConcurrentHashMap<>();
    private final Map<Integer, LongAdder> requests = new ConcurrentHashMap<>();
    private final LastHour lastHour = new LastHour();
    private volatile Failure lastFailure;
    private volatile long lastDelivery;
    private volatile long failingSince;
    private volatile long failedBefore;

    DeliveryCounters() {
        Arrays.setAll(requestsWithin, each -> new LongAdder());
    }

    public void read() {
        read.increment();
    }

    void delivered(int records) {
        delivered.add(records);
        lastHour.delivered(records);
        lastDelivery = System.currentTimeMillis();
        if (failingSince != 0) {
            failingSince = 0;
        }
    }

    void held(int records) {
        held.add(records);
        lastHour.rejected(records);
    }

    void unchanged(int records) {
        unchanged.add(records);
    }

    void rejected(Rejection rejection, int records) {
        failed(rejection.reason());
        rejected.computeIfAbsent(rejection.kind(), key -> new LongAdder()).add(records);
        lastHour.rejected(records);
    }

    public void answered(ApiAnswer answer, boolean again, Duration took) {
        requests.computeIfAbsent(answer.status(), key -> new LongAdder()).increment();
        boolean well = OutcomePolicy.isWell(answer.status());
        lastHour.answered(well);
        if (!well) {
            failed(answer.summary());
        }
        requestNanos.add(took.toNanos());
        requestsWithin[duration(took)].increment();
        if (again) {
            retries.increment();
        }
    }

    /** A request is sent again, also if its status was 2xx and its body says nothing. */
    public void retried(String reason) {
        failed(reason);
    }

    /** An input stays with its source. */
    void kept(String reason) {
        failed(reason);
    }

    private void failed(String reason) {
        if (failingSince == 0) {
            failedBefore = recordsRejectedInAll();
            failingSince = System.currentTimeMillis();
        }
        lastFailure = new Failure(Instant.now().truncatedTo(ChronoUnit.MILLIS), reason.length() > MOST_REASON_CHARS
                ? reason.substring(0, MOST_REASON_CHARS) + " …" : reason);
    }

    private static int duration(Duration took) {
        double seconds = took.toNanos() / 1e9;
        int index = 0;
        while (seconds > SECONDS[index]) {
            index++;
        }
        return index;
    }

    public void inFlight(int change) {
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

    /** Records that were not sent, because the destination has them in the same form already. */
    public long recordsUnchanged() {
        return unchanged.sum();
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

    /** The last request that failed, or record that was rejected; empty if none has. */
    public Optional<Failure> lastFailure() {
        return Optional.ofNullable(lastFailure);
    }

    /** When a record was delivered last; empty if none was. */
    public Optional<Instant> lastDelivery() {
        return time(lastDelivery);
    }

    /** That something failed, and no record was delivered since; empty if the last record was delivered, or none came. */
    public Optional<Streak> failing() {
        return time(failingSince).map(since -> new Streak(since,
                Math.max(0, recordsRejectedInAll() - failedBefore)));
    }

    private static Optional<Instant> time(long millis) {
        return millis == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }

    /** What it has done in each of the last minutes. */
    public LastHour lastHour() {
        return lastHour;
    }

    /** Requests under way now. */
    public long inFlight() {
        return inFlight.sum();
    }
}
