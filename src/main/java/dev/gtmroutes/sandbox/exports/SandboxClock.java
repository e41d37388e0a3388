// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.sandbox.exports;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** The time in the sandbox: this machine's, moved forward by whoever does not want to wait, or set to what it is to be. */
public final class SandboxClock {

    private Clock clock = Clock.systemUTC();

    /** What time it is there. */
    public synchronized Instant now() {
        return clock.instant();
    }

    LocalDate today() {
        return LocalDate.ofInstant(now(), ZoneOffset.UTC);
    }

    /** It is this time from now on, and goes on from there. */
    public synchronized void set(Instant now) {
        clock = Clock.offset(Clock.systemUTC(), Duration.between(Instant.now(), now));
    }

    public synchronized void pass(Duration time) {
        if (time.isNegative()) {
            throw new IllegalArgumentException("time cannot go backwards");
        }
        clock = Clock.offset(clock, time);
    }
}
