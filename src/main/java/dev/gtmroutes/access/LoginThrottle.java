// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.access;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** Log-ins that failed: after so many from one address, it has to wait before it may try again. */
@Singleton
public class LoginThrottle {

    private static final Logger LOG = Logger.getLogger(LoginThrottle.class);
    private static final int MOST = 5;
    private static final Duration WAIT = Duration.ofMinutes(1);
    /** Addresses remembered; beyond it, those that have waited long enough are forgotten. */
    private static final int ADDRESSES = 10_000;

    private record Failures(int count, Instant last) {
    }

    private final Map<String, Failures> failures = new ConcurrentHashMap<>();
    private final InstantSource clock;

    LoginThrottle() {
        this(Clock.systemUTC());
    }

    LoginThrottle(InstantSource clock) {
        this.clock = clock;
    }

    /** How long the address has to wait; zero if it may try. */
    Duration wait(String address) {
        Failures known = failures.get(address);
        if (known == null || known.count < MOST) {
            return Duration.ZERO;
        }
        Duration left = Duration.between(clock.instant(), known.last.plus(WAIT));
        return left.isNegative() ? Duration.ZERO : left;
    }

    void failed(String address) {
        Instant now = clock.instant();
        if (failures.size() >= ADDRESSES) {
            failures.values().removeIf(each -> each.last.plus(WAIT).isBefore(now));
        }
        Failures sum = failures.merge(address, new Failures(1, now),
                (before, one) -> before.last.plus(WAIT).isBefore(now) ? one : new Failures(before.count + 1, now));
        if (sum.count == MOST) {
            LOG.warnf("%d failed log-ins from %s: its log-ins are refused for %d seconds", MOST, address, WAIT.toSeconds());
        }
    }

    void succeeded(String address) {
        failures.remove(address);
    }
}
