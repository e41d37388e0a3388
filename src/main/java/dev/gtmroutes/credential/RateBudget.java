// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.credential;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

import dev.gtmroutes.api.NotSentException;

/**
 * What one credential may use of its vendor's API, for all flows that use this credential: they get their permits in the
 * order in which they ask. Safe for use by many threads.
 */
public final class RateBudget {

    /** How soon a waiting request notices that its flow was stopped. */
    private static final long CHECK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final String id;
    private final RateLimit limit;
    private final Window window;
    private final Deque<Object> queue = new ArrayDeque<>();
    private final Map<String, Integer> costs = new ConcurrentHashMap<>();
    private final long epoch = System.nanoTime();
    private long blockedUntil;

    RateBudget(String id, RateLimit limit) {
        this.id = id;
        this.limit = limit;
        this.window = new Window(limit);
    }

    /** Id of the credential: the vendor, a dash and its name. */
    public String id() {
        return id;
    }

    /** The most points in any window. */
    public int limit() {
        return limit.points();
    }

    /** How long a window is. */
    public Duration window() {
        return limit.window();
    }

    /** Points used in the last window; also by others, as far as the vendor told. */
    public synchronized int used() {
        return window.used(now());
    }

    /** How many requests wait for a permit. */
    public synchronized int waiting() {
        return queue.size();
    }

    boolean isFor(RateLimit other) {
        return limit.equals(other);
    }

    /**
     * Waits until there is room for one more request.
     *
     * @param  endpoint what is called: requests to the same endpoint cost the same
     * @param  running  whether the flow of the request still runs
     * @throws NotSentException if it was stopped meanwhile, or the thread interrupted
     */
    Permit take(String endpoint, BooleanSupplier running) {
        Object turn = new Object();
        synchronized (this) {
            queue.addLast(turn);
        }
        try {
            while (running.getAsBoolean()) {
                Permit permit = next(turn, endpoint);
                if (permit != null) {
                    return permit;
                }
            }
            throw new NotSentException("not sent: the flow was stopped while the request waited for the rate limit of "
                    + id);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NotSentException("not sent: interrupted while the request waited for the rate limit of " + id, e);
        } finally {
            leave(turn);
        }
    }

    /** A permit if it is this one's turn and there is room; null after a short wait if not. */
    private synchronized Permit next(Object turn, String endpoint) throws InterruptedException {
        long wait = CHECK_NANOS;
        if (queue.peekFirst() == turn) {
            int cost = expected(endpoint);
            long now = now();
            if (now >= blockedUntil && window.hasRoom(cost, now)) {
                return new Permit(endpoint, window.use(cost));
            }
            wait = Math.min(wait, (now < blockedUntil ? blockedUntil : window.nextChange()) - now);
        }
        TimeUnit.NANOSECONDS.timedWait(this, wait);
        return null;
    }

    /** What it cost last; before that, what stands behind a # at its end, or one point. */
    private int expected(String endpoint) {
        Integer known = costs.get(endpoint);
        int mark = endpoint.lastIndexOf('#');
        return known != null ? known
                : mark > 0 && endpoint.substring(mark + 1).matches("\\d{1,6}")
                        ? Integer.parseInt(endpoint.substring(mark + 1))
                : 1;
    }

    private synchronized void leave(Object turn) {
        queue.remove(turn);
        notifyAll();
    }

    /** Gives no permit for so long. */
    synchronized void blockFor(Duration time) {
        blockedUntil = Math.max(blockedUntil, now() + time.toNanos());
    }

    private long now() {
        return System.nanoTime() - epoch;
    }

    /** The permission to send one request. */
    final class Permit {

        private final String endpoint;
        private final Window.Use use;

        private Permit(String endpoint, Window.Use use) {
            this.endpoint = endpoint;
            this.use = use;
        }

        /** The request leaves now. */
        void sent() {
            synchronized (RateBudget.this) {
                window.sent(use, now());
            }
        }

        /**
         * The request was answered.
         *
         * @param cost      its points as the vendor says, null if it does not
         * @param remaining points left as the vendor says, null if it does not
         */
        void answered(Integer cost, Integer remaining) {
            synchronized (RateBudget.this) {
                int actual = cost == null ? expected(endpoint) : cost;
                costs.put(endpoint, actual);
                window.answered(use, actual, now());
                if (remaining != null) {
                    window.remaining(remaining, now());
                }
                RateBudget.this.notifyAll();
            }
        }

        /** The request is over. One that was not sent gives its points back. */
        void end() {
            synchronized (RateBudget.this) {
                window.end(use);
                RateBudget.this.notifyAll();
            }
        }
    }
}
