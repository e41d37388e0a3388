// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.credential;

import java.util.Comparator;
import java.util.TreeSet;

/**
 * Counts what was used within the last window. The vendor counts a request at some moment between its leaving and its
 * answer, so its points come back one window after the answer, or after {@link #SHARE_ON_THE_WAY} of a window from its
 * leaving, whichever is earlier: no window of the vendor's holds more than the limit, and little is left unused.
 *
 * <p>All times are nanoseconds of one clock. Not safe for use by many threads.
 */
final class Window {

    /** A request that takes longer to be counted than this share of the window may be counted in two of ours. */
    private static final double SHARE_ON_THE_WAY = 0.02;
    private static final long NEVER = Long.MAX_VALUE;

    private final int limit;
    private final long length;
    private final TreeSet<Use> leaving = new TreeSet<>(
            Comparator.comparingLong((Use use) -> use.end).thenComparingLong(use -> use.number));
    private long number;
    private int used;
    private int unanswered;
    private int foreign;
    private long foreignEnd;

    /** What one request uses. */
    static final class Use {

        private final long number;
        private int cost;
        private boolean answered;
        private long end = NEVER;

        private Use(long number, int cost) {
            this.number = number;
            this.cost = cost;
        }
    }

    Window(RateLimit limit) {
        this.limit = limit.points();
        this.length = limit.window().toNanos();
    }

    /** Whether there is room; a request that costs more than the limit needs an empty window. */
    boolean hasRoom(int cost, long now) {
        forget(now);
        return used + foreign == 0 || used + foreign + cost <= limit;
    }

    /** When there may be more room. */
    long nextChange() {
        long end = leaving.isEmpty() ? NEVER : leaving.first().end;
        return foreign > 0 ? Math.min(end, foreignEnd) : end;
    }

    Use use(int cost) {
        Use use = new Use(number++, cost);
        used += cost;
        unanswered += cost;
        return use;
    }

    /** The request leaves now. */
    void sent(Use use, long now) {
        endBy(use, now + (long) (length * SHARE_ON_THE_WAY) + length);
    }

    /** The request was answered, and had this cost. */
    void answered(Use use, int cost, long now) {
        settle(use);
        if (use.end > now) {
            used += cost - use.cost;
            use.cost = cost;
            endBy(use, now + length);
        }
    }

    /** No answer comes any more. */
    void end(Use use) {
        settle(use);
        if (use.end == NEVER) {
            used -= use.cost;
        }
    }

    /**
     * The vendor has said how many points were left when it answered. Requests without an answer may not have been
     * counted by then. What others used is gone a window later at the latest.
     */
    void remaining(int points, long now) {
        forget(now);
        foreign = Math.max(0, limit - used - (points - unanswered));
        foreignEnd = now + length;
    }

    /** Points in use, by others as well. */
    int used(long now) {
        forget(now);
        return used + foreign;
    }

    private void settle(Use use) {
        if (!use.answered) {
            use.answered = true;
            unanswered -= use.cost;
        }
    }

    private void endBy(Use use, long end) {
        if (end < use.end) {
            leaving.remove(use);
            use.end = end;
            leaving.add(use);
        }
    }

    private void forget(long now) {
        while (!leaving.isEmpty() && leaving.first().end <= now) {
            used -= leaving.pollFirst().cost;
        }
        if (foreignEnd <= now) {
            foreign = 0;
        }
    }
}
