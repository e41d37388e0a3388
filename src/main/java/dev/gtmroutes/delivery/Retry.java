package dev.gtmroutes.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;

/**
 * When to send a request again after a passing failure: exponential backoff with full jitter, unless the destination
 * itself says when.
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
        Duration wait = retryAfter != null ? shorter(retryAfter, most) : jitter(attempt);
        return Instant.now().plus(wait).isAfter(firstSent.plus(patience)) ? null : wait;
    }

    private Duration jitter(int attempt) {
        long ceiling = Math.min(most.toMillis(), FIRST_MILLIS << Math.min(attempt - 1, 30));
        return Duration.ofMillis(ThreadLocalRandom.current().nextLong(ceiling + 1));
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
