// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.credential.token;

import java.time.Duration;
import java.time.Instant;

/**
 * A token as it is sent.
 *
 * @param value    the token
 * @param received when it was received
 * @param expires  when it stops being accepted, null if that is not known
 */
public record AccessToken(String value, Instant received, Instant expires) {

    private static final Duration MOST_SKEW = Duration.ofSeconds(60);

    /**
     * Whether it can still be sent. A token is given up a little before it expires: a minute, or a tenth of a short
     * life, so that it does not expire on its way.
     */
    boolean fresh(Instant now) {
        if (expires == null) {
            return true;
        }
        Duration tenth = Duration.between(received, expires).dividedBy(10);
        return now.isBefore(expires.minus(tenth.compareTo(MOST_SKEW) < 0 ? tenth : MOST_SKEW));
    }

    @Override
    public String toString() {
        return "AccessToken[***]";
    }
}
