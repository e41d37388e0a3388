// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.bulk;

import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;

import dev.gtmroutes.api.Backoff;

/** When a job is asked about next, and how long nothing has come of it. Time is what a clock says that nobody sets. */
final class Pace {

    private final LongSupplier nanos;
    private final Backoff backoff;
    private long notBefore;
    private long progress;
    private int waits;
    private volatile String waiting = "";
    private volatile Instant since = Instant.now();

    /** @param nanos as System.nanoTime */
    Pace(Backoff backoff, LongSupplier nanos) {
        this.backoff = backoff;
        this.nanos = nanos;
        this.notBefore = nanos.getAsLong();
        this.progress = notBefore;
    }

    /** Something came of it. */
    void progress() {
        waits = 0;
        notBefore = nanos.getAsLong();
        resumed();
    }

    /** It was left alone on purpose until now, which does not count. */
    void resumed() {
        progress = nanos.getAsLong();
        since = Instant.now();
        waiting = "";
    }

    /**
     * Nothing came of it yet.
     *
     * @param why   what it waits for, one line
     * @param asked how long the vendor asks to be left alone; null if it does not
     */
    void pause(String why, Duration asked) {
        Duration delay = backoff.delay(++waits);
        if (asked != null && asked.compareTo(delay) > 0) {
            delay = asked.compareTo(Duration.ofMinutes(5)) > 0 ? Duration.ofMinutes(5) : asked;
        }
        notBefore = nanos.getAsLong() + delay.toNanos();
        waiting = why;
    }

    /** How long to wait before the next request; zero or less for at once. */
    Duration left() {
        return Duration.ofNanos(notBefore - nanos.getAsLong());
    }

    /** How long nothing has come of it. */
    Duration idle() {
        return Duration.ofNanos(nanos.getAsLong() - progress);
    }

    /** What it waits for, one line; empty for nothing. */
    String waiting() {
        return waiting;
    }

    /** When something came of it last. */
    Instant since() {
        return since;
    }
}
