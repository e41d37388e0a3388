package dev.gtmroutes.delivery;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * The requests of one destination that wait for another attempt. As long as the destination fails, one of them is tried at
 * least every few seconds, however long their own delays have grown; its first good response ends the waits of the others,
 * of one at first, and of twice as many with each further response. A delay that the destination has asked for itself is
 * always kept. For any number of threads.
 */
final class RetryWaits {

    /** At least so often it is found out whether the destination is well again. */
    static final Duration PROBE = Duration.ofSeconds(5);
    /** How often a wait looks whether the flow still runs. */
    private static final long STOP_CHECK_NANOS = Duration.ofMillis(100).toNanos();
    private static final int MOST_AT_ONCE = 64;

    private final Set<Waiting> waiting = new LinkedHashSet<>();
    private long lastTry = System.nanoTime();
    private int released = 1;

    private static final class Waiting {

        private final long until;
        /** Whether the destination has asked for this delay. */
        private final boolean asked;
        private boolean over;

        Waiting(long until, boolean asked) {
            this.until = until;
            this.asked = asked;
        }
    }

    /**
     * Waits after a failure.
     *
     * @param  delay   of the backoff, or asked for by the destination
     * @param  asked   whether the destination has asked for it
     * @param  running whether the flow still runs
     * @return         false if it was stopped meanwhile
     */
    synchronized boolean await(Duration delay, boolean asked, BooleanSupplier running) throws InterruptedException {
        released = 1;
        long now = System.nanoTime();
        if (waiting.isEmpty()) {
            lastTry = now;
        }
        Waiting self = new Waiting(now + delay.toNanos(), asked);
        waiting.add(self);
        try {
            while (running.getAsBoolean()) {
                now = System.nanoTime();
                if (isDue(self, now)) {
                    lastTry = now;
                    return true;
                }
                long left = Math.min(self.until - now, STOP_CHECK_NANOS);
                wait(left / 1_000_000, (int) (left % 1_000_000));
            }
            return false;
        } finally {
            waiting.remove(self);
        }
    }

    private boolean isDue(Waiting self, long now) {
        return self.over || now - self.until >= 0
                || now - lastTry >= PROBE.toNanos() && self == firstUnasked();
    }

    private Waiting firstUnasked() {
        for (Waiting each : waiting) {
            if (!each.asked) {
                return each;
            }
        }
        return null;
    }

    /** The destination has taken a request, or refused its records: it is well. Costs next to nothing where nothing waits. */
    void worked() {
        synchronized (this) {
            if (waiting.isEmpty()) {
                return;
            }
            int left = released;
            for (Waiting each : waiting) {
                if (left > 0 && !each.asked && !each.over) {
                    each.over = true;
                    left--;
                }
            }
            released = Math.min(2 * released, MOST_AT_ONCE);
            notifyAll();
        }
    }
}
