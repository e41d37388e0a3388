// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.delivery.status;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** How often a request was sent, and what came of it each time: the last attempts. Safe for use by many threads. */
public final class RequestAttempts {

    /** So many are remembered. */
    static final int MOST = 20;

    /**
     * One time that it was sent.
     *
     * @param number 1 for the first one
     * @param at     when its response came, or was given up
     * @param status HTTP status; 0 where no response came, -1 where the request could not be made
     * @param millis from sending it to its response
     * @param pause  the time until the next attempt, at most; null if there is none, or if nobody knows when
     */
    public record Attempt(int number, Instant at, int status, long millis, Duration pause) {

        /** When the next attempt is made, at the latest; null if there is none, or if nobody knows when. */
        public Instant next() {
            return pause == null ? null : at.plus(pause);
        }
    }

    private final Deque<Attempt> last = new ArrayDeque<>(2);
    private int count;

    /** One more. */
    public synchronized void add(Attempt attempt) {
        count++;
        last.addLast(attempt);
        if (last.size() > MOST) {
            last.removeFirst();
        }
    }

    /** Those that are remembered, the oldest first. */
    public synchronized List<Attempt> all() {
        return List.copyOf(last);
    }

    /** How many there were, those included that are not remembered. */
    public synchronized int count() {
        return count;
    }

    /** Whether none was made after this one. */
    synchronized boolean isLast(Instant at) {
        return last.isEmpty() || !last.getLast().at().isAfter(at);
    }
}
