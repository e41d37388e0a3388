// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.delivery;

import java.time.Duration;

import dev.gtmroutes.api.Backoff;

/**
 * When to send a request again after a passing failure: exponential backoff with full jitter, or later where the
 * destination itself says so.
 *
 * @param patience how long after the first attempt the last one may be made
 * @param most     the longest wait between two attempts
 */
public record Retry(Duration patience, Duration most) {

    private static final Duration FIRST = Duration.ofMillis(500);

    /**
     * @param  attempt    number of the attempt that has failed, from 1
     * @param  tried      time since the first attempt
     * @param  retryAfter how long the destination asks to be left alone, null if it does not
     * @return            how long to wait, or null if patience would run out before the next attempt
     */
    public Duration next(int attempt, Duration tried, Duration retryAfter) {
        Duration wait = new Backoff(FIRST, most).jittered(attempt);
        if (retryAfter != null && retryAfter.compareTo(wait) > 0) {
            wait = retryAfter.compareTo(most) > 0 ? most : retryAfter;
        }
        return tried.plus(wait).compareTo(patience) > 0 ? null : wait;
    }
}
