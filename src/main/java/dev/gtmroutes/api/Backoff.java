// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.api;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How long to leave something alone that failed: after each failure in a row twice as long.
 *
 * @param first   the delay after the first failure
 * @param longest the longest delay
 */
public record Backoff(Duration first, Duration longest) {

    private static final int MOST_DOUBLINGS = 30;

    /** @param failures in a row, from 1 */
    public Duration delay(int failures) {
        long doubled = first.toMillis() << Math.min(Math.max(failures, 1) - 1, MOST_DOUBLINGS);
        return doubled < 0 || doubled > longest.toMillis() ? longest : Duration.ofMillis(doubled);
    }

    /** The next delay in a row: twice this one. */
    public Duration after(Duration delay) {
        Duration twice = delay.multipliedBy(2);
        return twice.compareTo(longest) < 0 ? twice : longest;
    }

    /** A random delay up to {@link #delay}, so that many that failed together do not come back together. */
    public Duration jittered(int failures) {
        return Duration.ofMillis(ThreadLocalRandom.current().nextLong(delay(failures).toMillis() + 1));
    }
}
