// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.api;

import java.time.Duration;

/** A request was not sent, and surely so: whatever it would have done has not happened. */
public class NotSentException extends RuntimeException {

    private final Duration retryAfter;

    /** @param message one line for a person, without secrets */
    public NotSentException(String message) {
        this(message, (Duration) null);
    }

    /**
     * @param message    one line for a person, without secrets
     * @param retryAfter how long to wait before another try, as somebody has asked; null if nobody has
     */
    public NotSentException(String message, Duration retryAfter) {
        this(message, retryAfter, null);
    }

    /** @param message one line for a person, without secrets */
    public NotSentException(String message, Throwable cause) {
        this(message, null, cause);
    }

    /** Both. */
    public NotSentException(String message, Duration retryAfter, Throwable cause) {
        super(message, cause);
        this.retryAfter = retryAfter;
    }

    /** How long to wait before another try, as somebody has asked; null if nobody has. */
    public Duration retryAfter() {
        return retryAfter;
    }
}
