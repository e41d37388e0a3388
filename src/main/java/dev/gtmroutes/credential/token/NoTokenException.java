// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.credential.token;

import java.time.Duration;

import dev.gtmroutes.api.NotSentException;

/** There is no token to send a request with. */
public class NoTokenException extends NotSentException {

    private final String error;
    private final boolean lasting;

    /** For now: trying again may help. */
    NoTokenException(String message, Throwable cause) {
        super(message, cause);
        this.error = "";
        this.lasting = false;
    }

    /**
     * @param error   the token endpoint's own name for it, such as {@code invalid_grant}; empty if it gave none
     * @param lasting whether it stays like this until a person changes something
     */
    public NoTokenException(String message, String error, boolean lasting) {
        this(message, error, lasting, null);
    }

    /** @param retryAfter how long the token endpoint asks to be left alone; null if it does not */
    NoTokenException(String message, String error, boolean lasting, Duration retryAfter) {
        super(message, retryAfter);
        this.error = error;
        this.lasting = lasting;
    }

    private NoTokenException(String message, NoTokenException cause) {
        super(message, cause.retryAfter(), cause);
        this.error = cause.error;
        this.lasting = cause.lasting;
    }

    /** The same for another request that waited for the same token: with a stack trace of its own. */
    NoTokenException again() {
        return new NoTokenException(getMessage(), this);
    }

    /** The same with what a person can do about it. */
    NoTokenException with(String advice) {
        return new NoTokenException(getMessage() + ": " + advice, this);
    }

    /** The token endpoint's own name for what is wrong, RFC 6749 section 5.2; empty when it gave none. */
    String error() {
        return error;
    }

    /** Whether it stays like this until a person changes something: the client or its refresh token was refused. */
    public boolean lasting() {
        return lasting;
    }
}
