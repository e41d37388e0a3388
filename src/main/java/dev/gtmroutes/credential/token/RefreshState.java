package dev.gtmroutes.credential.token;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

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
        try {
            byte[] all = (refreshToken + '\n' + clientId + '\n' + tokenUrl).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(all));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
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
