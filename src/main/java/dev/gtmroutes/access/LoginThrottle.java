// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.access;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;

import dev.gtmroutes.access.ClientAddress.Client;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/**
 * Lets clients wait that give wrong passwords. Each comparison of a password goes through {@link #attempt}, so that no
 * way into the program leads round it.
 *
 * <p>
 * A network has 5 attempts at the password of a role, and then waits a minute. All networks together have 100 a minute:
 * a client with a million addresses cannot guess faster. Networks that have logged in before, and this machine, do not
 * wait for others, so nobody keeps an operator out.
 */
@Singleton
public class LoginThrottle {

    private static final Logger LOG = Logger.getLogger(LoginThrottle.class);
    private static final Duration WAIT = Duration.ofMinutes(1);
    private static final int MOST = 5;
    private static final int MOST_OF_ALL = 100;
    /** Networks that have logged in before, remembered in the order of their last log-in. */
    private static final int MOST_KNOWN = 1000;

    /**
     * What came of an attempt.
     *
     * @param isRight whether the password was right
     * @param delay   how long the client must wait before the program compares a password of its; zero if it did compare
     */
    public record Attempt(boolean isRight, Duration delay) {
    }

    private record Guesser(String network, Role role) {
    }

    private record Failures(int count, Instant first, Instant last) {

        Failures another(Instant now) {
            return new Failures(count + 1, first, now);
        }
    }

    private final Map<Guesser, Failures> failures = new HashMap<>();
    private final Map<Role, Failures> ofAll = new EnumMap<>(Role.class);
    private final Set<Guesser> known = Collections.newSetFromMap(new LinkedHashMap<>(16, 0.75f, true) {

        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Guesser, Boolean> eldest) {
            return size() > MOST_KNOWN;
        }
    });
    private final InstantSource clock;

    LoginThrottle() {
        this(Clock.systemUTC());
    }

    LoginThrottle(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * Compares a password, unless the client must wait. One attempt at a time: clients that guess in parallel would
     * otherwise all be compared before the first of them is counted.
     *
     * @param isRight compares
     */
    synchronized Attempt attempt(Client client, Role role, BooleanSupplier isRight) {
        Duration delay = delay(client, role);
        if (!delay.isZero()) {
            return new Attempt(false, delay);
        }
        Guesser guesser = new Guesser(client.network(), role);
        boolean right = isRight.getAsBoolean();
        if (right) {
            failures.remove(guesser);
            known.add(guesser);
        } else {
            failed(guesser);
        }
        return new Attempt(right, Duration.ZERO);
    }

    /** How long a client must wait before its next attempt; zero if it need not. */
    public synchronized Duration delay(Client client, Role role) {
        forget();
        Guesser guesser = new Guesser(client.network(), role);
        Failures own = failures.get(guesser);
        if (own != null && own.count >= MOST) {
            return until(own.last);
        }
        Failures all = ofAll.get(role);
        boolean waitsForOthers = all != null && all.count >= MOST_OF_ALL && !client.isThisMachine()
                && !known.contains(guesser);
        return waitsForOthers ? until(all.first) : Duration.ZERO;
    }

    /** The number of networks that it remembers. */
    synchronized int remembered() {
        return failures.size() + known.size();
    }

    private Duration until(Instant start) {
        return Duration.between(clock.instant(), start.plus(WAIT));
    }

    private void failed(Guesser guesser) {
        Instant now = clock.instant();
        Failures one = new Failures(1, now, now);
        Failures own = failures.merge(guesser, one, (before, each) -> before.another(now));
        if (own.count == MOST) {
            LOG.warnf("%d failed log-ins as %s from %s: its log-ins are refused for %d seconds", MOST, guesser.role,
                    guesser.network, WAIT.toSeconds());
        }
        Failures all = ofAll.merge(guesser.role, one, (before, each) -> before.another(now));
        if (all.count == MOST_OF_ALL) {
            LOG.warnf("%d failed log-ins as %s within a minute: log-ins are refused from addresses that have not logged in "
                    + "before, until the minute is over", MOST_OF_ALL, guesser.role);
        }
    }

    /** The bound for all networks also bounds how many failures there are to remember. */
    private void forget() {
        Instant old = clock.instant().minus(WAIT);
        failures.values().removeIf(each -> !each.last.isAfter(old));
        ofAll.values().removeIf(each -> !each.first.isAfter(old));
    }
}
