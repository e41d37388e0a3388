// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.delivery.status;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;

/** What a destination has done in each of the last 60 minutes. For any number of threads, and without locks. */
public final class LastHour {

    /** So many minutes are remembered, the one that is not over included. */
    public static final int MINUTES = 60;

    private static final long MILLIS = Duration.ofMinutes(1).toMillis();

    /**
     * A minute.
     *
     * @param start     when it began
     * @param requests  that were answered, or given up, repeated ones included
     * @param failed    those of them that were not answered with 2xx
     * @param delivered records that the destination accepted
     * @param rejected  records that it refused, that were not fit to be sent, or that are held
     */
    public record Minute(Instant start, long requests, long failed, long delivered, long rejected) {

        /** What both have done. */
        public Minute plus(Minute other) {
            return new Minute(start, requests + other.requests, failed + other.failed, delivered + other.delivered,
                    rejected + other.rejected);
        }
    }

    private static final class Counts {
        private final long minute;
        private final LongAdder requests = new LongAdder();
        private final LongAdder failed = new LongAdder();
        private final LongAdder delivered = new LongAdder();
        private final LongAdder rejected = new LongAdder();

        private Counts(long minute) {
            this.minute = minute;
        }

        private Minute sum() {
            return new Minute(start(minute), requests.sum(), failed.sum(), delivered.sum(), rejected.sum());
        }
    }

    private final AtomicReferenceArray<Counts> ring = new AtomicReferenceArray<>(MINUTES);

    LastHour() {
    }

    void answered(boolean well) {
        Counts now = now();
        now.requests.increment();
        if (!well) {
            now.failed.increment();
        }
    }

    void delivered(int records) {
        now().delivered.add(records);
    }

    void rejected(int records) {
        now().rejected.add(records);
    }

    private Counts now() {
        long minute = System.currentTimeMillis() / MILLIS;
        int place = (int) (minute % MINUTES);
        Counts there = ring.get(place);
        if (there != null && there.minute == minute) {
            return there;
        }
        // Whoever comes first in a minute makes its counts; the others count there.
        return ring.compareAndSet(place, there, new Counts(minute)) ? ring.get(place) : now();
    }

    /**
     * All minutes up to now, the oldest first; those without anything included.
     *
     * @param now the time in the last of them
     */
    public List<Minute> minutes(Instant now) {
        long last = now.toEpochMilli() / MILLIS;
        List<Minute> minutes = new ArrayList<>(MINUTES);
        for (long minute = last - MINUTES + 1; minute <= last; minute++) {
            Counts there = ring.get((int) (minute % MINUTES));
            minutes.add(there != null && there.minute == minute ? there.sum() : new Minute(start(minute), 0, 0, 0, 0));
        }
        return minutes;
    }

    /** When the first of {@link #minutes} begins. */
    public static Instant first(Instant now) {
        return start(now.toEpochMilli() / MILLIS - MINUTES + 1);
    }

    private static Instant start(long minute) {
        return Instant.ofEpochMilli(minute * MILLIS);
    }
}
