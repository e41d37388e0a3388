// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.credential.token;

import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.function.Supplier;

/** Tokens for a client id and its secret, RFC 6749 section 4.4. */
public final class ClientCredentials implements Grant {

    private final TokenEndpoint endpoint;
    private final Supplier<String> clientId;
    private final Supplier<String> clientSecret;
    private final String advice;
    private final Clock clock;

    /** @param advice what a person can do when id and secret are refused */
    public ClientCredentials(TokenEndpoint endpoint, Supplier<String> clientId, Supplier<String> clientSecret, String advice,
            Clock clock) {
        this.endpoint = endpoint;
        this.clientId = clientId;
        this.clientSecret = clientSecret;
        this.advice = advice;
        this.clock = clock;
    }

    @Override
    public AccessToken obtain(AccessToken refused) {
        // Its life is counted from before the request: the answer may have been under way for long.
        Instant asked = clock.instant();
        try {
            TokenAnswer answer = endpoint.request(Map.of("grant_type", "client_credentials", "client_id",
                    clientId.get(), "client_secret", clientSecret.get()));
            return new AccessToken(answer.accessToken(), asked,
                    answer.lifetime() == null ? null : asked.plus(answer.lifetime()));
        } catch (NoTokenException e) {
            throw e.error().equals("invalid_client") ? e.with(advice) : e;
        }
    }
}
