// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.delivery;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/**
 * The requests of one destination that wait for another attempt. As long as the destination fails, one of them is tried at
 * least every few seconds, however long their own delays have grown; its first good response ends the waits of the others,
 * of one at first, and of twice as many with each further response. A delay that the destination has asked for itself is
 * always kept; what is added to it is ours. For any number of threads.
 */
public final class RetryWaits {

    /** At least so often it is found out whether the destination is well again. */
    static final Duration PROBE = Duration.ofSeconds(5);
    /**
     * A wait lasts at least so long for each attempt that was made, but no longer than {@link #PROBE}: a request that always
     * fails must not be sent as often as others succeed.
     */
    private static final Duration LEAST = Duration.ofMillis(250);
    /** How often a wait looks whether the flow still runs. */
    private static final long STOP_CHECK_NANOS = Duration.ofMillis(100).toNanos();
    private static final int MOST_AT_ONCE = 64;

    /**
     * The destination fails, and its requests are sent again.
     *
     * @param since    when the first request failed
     * @param next     when the next attempt starts at the latest; null while each attempt is in flight
     * @param attempt  the number of the attempt that starts then; 0 while each attempt is in flight
     * @param requests how many wait for another attempt
     */
    public record Retrying(Instant since, Instant next, int attempt, int requests) {
    }

    private final Set<Waiting> waiting = new LinkedHashSet<>();
    private Instant failingSince;
    private long lastTry = System.nanoTime();
    private int released = 1;

    private static final class Waiting {

        private long until;
        /** Until then the destination asked to be left alone, or others' successes say nothing about this request. */
        private final long notBefore;
        private final int attempt;

        Waiting(long until, long notBefore, int attempt) {
            this.until = until;
            this.notBefore = notBefore;
            this.attempt = attempt;
        }

        boolean mayEnd(long now) {
            return now - notBefore >= 0;
        }

        boolean isReleased() {
            return until - notBefore <= 0;
        }
    }

    /**
     * Waits after a failure.
     *
     * @param  delay   of the backoff, or asked for by the destination
     * @param  asked   so much of it the destination has asked for; null for nothing
     * @param  attempt how often the request was sent so far
     * @param  running whether the flow still runs
     * @return         false if it was stopped meanwhile
     */
    public synchronized boolean await(Duration delay, Duration asked, int attempt, BooleanSupplier running)
            throws InterruptedException {
        released = 1;
        long now = System.nanoTime();
        if (waiting.isEmpty()) {
            lastTry = now;
        }
        Duration least = min(PROBE, LEAST.multipliedBy(attempt));
        Duration notBefore = asked == null || asked.compareTo(least) < 0 ? least : asked;
        Waiting self = new Waiting(now + delay.toNanos(), now + min(notBefore, delay).toNanos(), attempt);
        waiting.add(self);
        if (failingSince == null) {
            failingSince = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        }
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

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private boolean isDue(Waiting self, long now) {
        return now - self.until >= 0
                || now - lastTry >= PROBE.toNanos() && self == firstThatMayEnd(now);
    }

    private Waiting firstThatMayEnd(long now) {
        for (Waiting each : waiting) {
            if (each.mayEnd(now)) {
                return each;
            }
        }
        return null;
    }

    /**
     * The destination has taken a request, or refused its records: it is well. Costs next to nothing where nothing waits.
     */
    public void worked() {
        synchronized (this) {
            failingSince = null;
            if (waiting.isEmpty()) {
                return;
            }
            long now = System.nanoTime();
            int left = release(released, each -> each.mayEnd(now));
            release(left, each -> !each.mayEnd(now));
            released = Math.min(2 * released, MOST_AT_ONCE);
            notifyAll();
        }
    }

    /** A person does not want to wait: the next attempts start now, or as soon as the destination has asked for. */
    public synchronized void retryNow() {
        waiting.forEach(each -> each.until = each.notBefore);
        notifyAll();
    }

    /** That requests have failed, and none has succeeded since; empty if the last one succeeded, or none was sent. */
    public synchronized Optional<Retrying> failing() {
        if (failingSince == null) {
            return Optional.empty();
        }
        Waiting next = null;
        for (Waiting each : waiting) {
            if (next == null || each.until - next.until < 0) {
                next = each;
            }
        }
        return Optional.of(next == null ? new Retrying(failingSince, null, 0, 0)
                : new Retrying(failingSince, start(next), next.attempt + 1, waiting.size()));
    }

    private static Instant start(Waiting each) {
        return Instant.now().plusNanos(Math.max(0, each.until - System.nanoTime())).truncatedTo(ChronoUnit.SECONDS);
    }

    /** Has so many waits, at most, end as soon as they may. @return how many more could have been ended */
    private int release(int most, Predicate<Waiting> which) {
        int left = most;
        for (Waiting each : waiting) {
            if (left > 0 && which.test(each) && !each.isReleased()) {
                each.until = each.notBefore;
                left--;
            }
        }
        return left;
    }
}
