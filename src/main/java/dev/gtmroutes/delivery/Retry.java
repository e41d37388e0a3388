package dev.gtmroutes.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;

/**
 * When to send a request again after a passing failure: exponential backoff with full jitter, or later where the
 * destination itself says so.
 *
 * @param patience how long after the first attempt the last one may be made
 * @param most     the longest wait between two attempts
 */
record Retry(Duration patience, Duration most) {

    private static final long FIRST_MILLIS = 500;

    /**
     * @param  attempt number of the attempt that has failed, from 1
     * @return         how long to wait, or null if patience would run out before the next attempt
     */
    Duration next(int attempt, Instant firstSent, Duration retryAfter) {
        Duration backoff = jitter(attempt);
        Duration asked = retryAfter == null || retryAfter.compareTo(most) > 0 ? most : retryAfter;
        Duration wait = retryAfter == null || asked.compareTo(backoff) < 0 ? backoff : asked;
        return Instant.now().plus(wait).isAfter(firstSent.plus(patience)) ? null : wait;
    }

    private Duration jitter(int attempt) {
        long ceiling = Math.min(most.toMillis(), FIRST_MILLIS << Math.min(attempt - 1, 30));
        return Duration.ofMillis(ThreadLocalRandom.current().nextLong(ceiling + 1));
    }
}
