// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.sandbox.checks;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

import dev.gtmroutes.sandbox.catalogue.Vendor;

/**
 * The rate limits of the vendors, as strict as they can be: a request is admitted only if the window that ends with it
 * has room. Nothing is limited until it is asked for.
 */
public final class Rates {

    private static final long SECOND = 1_000_000_000L;

    private final Map<String, Limit> limits = new HashMap<>();
    private final Map<String, Integer> underWay = new HashMap<>();
    private final LongSupplier clock;

    public Rates(LongSupplier clock) {
        this.clock = clock;
    }

    /** Limits a vendor from now on. */
    public synchronized void limit(Vendor vendor, int points, int seconds) {
        if (points < 1 || seconds < 1) {
            throw new IllegalArgumentException("a rate limit must have at least 1 point and 1 second");
        }
        limits.put(vendor.name(), new Limit(points, seconds * SECOND));
    }

    /** A request of a vendor has begun. */
    public synchronized void begin(Vendor vendor) {
        underWay.merge(vendor.name(), 1, Integer::sum);
    }

    /** It was answered, or its client has gone. */
    public synchronized void end(Vendor vendor) {
        underWay.merge(vendor.name(), -1, Integer::sum);
    }

    private boolean tooManyAtATime(Vendor vendor) {
        int most = vendor.rateLimit().atATime();
        return most > 0 && underWay.getOrDefault(vendor.name(), 0) > most;
    }

    public synchronized void clear() {
        limits.clear();
    }

    /** Counts a request whose credential was accepted. */
    synchronized Admission admit(Vendor vendor, int cost) {
        Limit limit = limits.get(vendor.name());
        if (limit == null) {
            return Admission.FREE;
        }
        long now = clock.getAsLong();
        boolean admitted = !tooManyAtATime(vendor) && limit.admit(cost, now);
        Vendor.RateLimit form = vendor.rateLimit();
        Map<String, String> headers = new LinkedHashMap<>();
        if (form.costHeader() != null) {
            headers.put(form.costHeader(), Integer.toString(cost));
        }
        if (form.remainingHeader() != null) {
            headers.put(form.remainingHeader(), Integer.toString(limit.left()));
        }
        if (!admitted && form.retryAfter()) {
            headers.put("Retry-After", Long.toString((limit.nanosUntilChange(now) + SECOND - 1) / SECOND));
        }
        return new Admission(admitted, headers);
    }

    /**
     * What became of a request.
     *
     * @param admitted whether there was room for it
     * @param headers  what its answer says about that
     */
    record Admission(boolean admitted, Map<String, String> headers) {

        static final Admission FREE = new Admission(true, Map.of());
    }

    private static final class Limit {

        private final int points;
        private final long window;
        private final Deque<long[]> admitted = new ArrayDeque<>();
        private int used;

        Limit(int points, long window) {
            this.points = points;
            this.window = window;
        }

        boolean admit(int cost, long now) {
            while (!admitted.isEmpty() && now - admitted.peek()[0] >= window) {
                used -= (int) admitted.remove()[1];
            }
            if (used + cost > points) {
                return false;
            }
            admitted.add(new long[] {now, cost});
            used += cost;
            return true;
        }

        int left() {
            return points - used;
        }

        long nanosUntilChange(long now) {
            return admitted.isEmpty() ? window : window - (now - admitted.peek()[0]);
        }
    }
}
