// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.credential.token;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gtmroutes.disk.Sha256;

/**
 * What has to outlive the program when refresh tokens rotate.
 *
 * @param seed         hash of the settings that it all began with: other settings begin anew
 * @param refreshToken what gets the next token
 * @param token        the token last received, null before the first one
 */
record RefreshState(String seed, String refreshToken, AccessToken token) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** The hash of a refresh token from the settings, and of whom it belongs to. */
    static String seed(String refreshToken, String clientId, String tokenUrl) {
        return Sha256.hex(refreshToken + '\n' + clientId + '\n' + tokenUrl);
    }

    /** @throws IllegalArgumentException if these are not the bytes of a state; the message quotes none of them */
    static RefreshState of(byte[] json) {
        try {
            JsonNode state = JSON.readTree(json);
            String expires = state.path("expires").asText("");
            return new RefreshState(text(state, "seed"), text(state, "refreshToken"),
                    new AccessToken(text(state, "accessToken"), Instant.parse(text(state, "received")),
                            expires.isEmpty() ? null : Instant.parse(expires)));
        } catch (IOException | RuntimeException e) {
            throw new IllegalArgumentException("its content was not written by this program");
        }
    }

    byte[] json() {
        ObjectNode state = JSON.createObjectNode().put("seed", seed).put("refreshToken", refreshToken)
                .put("accessToken", token.value()).put("received", token.received().toString());
        if (token.expires() != null) {
            state.put("expires", token.expires().toString());
        }
        return (state.toPrettyString() + '\n').getBytes(StandardCharsets.UTF_8);
    }

    private static String text(JsonNode state, String name) {
        String text = state.path(name).asText("");
        if (text.isEmpty()) {
            throw new IllegalArgumentException(name + " is missing");
        }
        return text;
    }

    @Override
    public String toString() {
        return "RefreshState[***]";
    }
}
