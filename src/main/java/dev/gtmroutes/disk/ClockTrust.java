// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.disk;

import java.time.Duration;
import java.time.Instant;

/**
 * Whether the clock can be trusted: a clock that jumps a year ahead for a moment must not make the program delete what it
 * takes for old. After a jump, it takes an hour without another one. Safe for use by many threads.
 */
public final class ClockTrust {

    private static final Duration JUMP = Duration.ofMinutes(2);
    private static final long QUARANTINE_NANOS = Duration.ofHours(1).toNanos();

    private static final Duration AGREED = Duration.ofDays(2);

    private Instant lastTime;
    private long lastNanos;
    private long doubtedAt;
    private boolean doubted;

    /** @param trusted whether the clock agrees with what is known from before */
    public ClockTrust(boolean trusted, Instant now, long nanos) {
        lastTime = now;
        lastNanos = nanos;
        doubtedAt = nanos;
        doubted = !trusted;
    }

    /** @param known when something happened before the program started, as late as possible; null if nobody knows */
    public static ClockTrust after(Instant known, Instant now, long nanos) {
        return new ClockTrust(known != null && agrees(known, now), now, nanos);
    }

    /** Whether the clock goes on where it was when something happened last. */
    public static boolean agrees(Instant known, Instant now) {
        return Duration.between(known, now).abs().compareTo(AGREED) <= 0;
    }

    /** Looks at the clock. @return whether it can be trusted */
    public synchronized boolean check(Instant now, long nanos) {
        Duration drift = Duration.between(lastTime, now).minusNanos(nanos - lastNanos).abs();
        if (drift.compareTo(JUMP) > 0) {
            doubted = true;
            doubtedAt = nanos;
        }
        doubted = doubted && nanos - doubtedAt < QUARANTINE_NANOS;
        lastTime = now;
        lastNanos = nanos;
        return !doubted;
    }
}
