// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.delivery.status;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** The last requests of all flows. Nobody who delivers waits for another one, or for who looks at them. */
public final class RecentRequests {

    /** So many are remembered. */
    static final int MOST = 500;

    private final AtomicReferenceArray<RecentRequest> ring = new AtomicReferenceArray<>(MOST);
    private final AtomicLong begun = new AtomicLong();

    RecentRequests() {
    }

    public void add(String flow, String template, int status, int records, int attempt, Duration took) {
        long number = begun.incrementAndGet();
        RecentRequest request = new RecentRequest(number, Instant.now().truncatedTo(ChronoUnit.MILLIS), flow, template,
                status, records, attempt, took.toMillis());
        // Another one may have had this place before, and be late.
        ring.accumulateAndGet(place(number), request,
                (there, one) -> there != null && there.number() > number ? there : one);
    }

    private static int place(long number) {
        return (int) (number % MOST);
    }

    /**
     * Those that are remembered, the oldest first.
     *
     * @param after the number of the last one that is known already; one of a program that ran before counts as 0
     */
    public List<RecentRequest> after(long after) {
        long last = begun.get();
        List<RecentRequest> found = new ArrayList<>();
        for (long number = Math.max(after > last ? 0 : after, last - MOST) + 1; number <= last; number++) {
            RecentRequest each = ring.get(place(number));
            if (each == null || each.number() < number) {
                // It is being written just now. Those behind it come with it, so that nobody misses it.
                break;
            }
            if (each.number() == number) {
                found.add(each);
            }
        }
        return found;
    }
}
