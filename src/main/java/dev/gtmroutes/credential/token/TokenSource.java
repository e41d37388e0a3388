// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.credential.token;

import java.time.Instant;

/** Where the token of a credential comes from. Safe for use by many threads. */
public interface TokenSource {

    /**
     * @return a token to send
     * @throws NoTokenException if there is none for now
     */
    AccessToken token();

    /**
     * @param  refused the token that a vendor has answered 401 to
     * @return         another one to try instead, or null if there is none
     * @throws NoTokenException if a new one could not be had for now
     */
    AccessToken insteadOf(AccessToken refused);

    /** Nothing is sent: there are previews only. */
    static TokenSource ofPreviews() {
        return new Fixed(null);
    }

    /** There is none until a person gives one. @param reason one sentence without secrets */
    static TokenSource missing(String reason) {
        return new Missing(reason);
    }

    /** Nothing can be sent for now. */
    record Missing(String reason) implements TokenSource {

        @Override
        public AccessToken token() {
            throw new NoTokenException(reason, "", true);
        }

        @Override
        public AccessToken insteadOf(AccessToken refused) {
            return token();
        }
    }

    /** A token that a person put into the settings. */
    static TokenSource of(String token) {
        return new Fixed(new AccessToken(token, Instant.now(), null));
    }

    /**
     * Only a person can replace it.
     *
     * @param given null if there are previews only
     */
    record Fixed(AccessToken given) implements TokenSource {

        @Override
        public AccessToken token() {
            if (given == null) {
                throw new NoTokenException("this token is only for previews", "", true);
            }
            return given;
        }

        @Override
        public AccessToken insteadOf(AccessToken refused) {
            // A person may have replaced it while the request was in flight.
            return given == null || given.value().equals(refused.value()) ? null : given;
        }
    }
}
