// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.credential.token;

import java.io.IOException;
import java.time.Duration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * What a token endpoint answers, RFC 6749 section 5.
 *
 * @param accessToken  the token, null if there is none in it
 * @param refreshToken the refresh token to use from now on, null to keep the one in use
 * @param lifetime     how long the token is accepted, null if it does not say
 * @param error        what is wrong, as one of the words of the RFC; empty if it does not say
 */
record TokenAnswer(String accessToken, String refreshToken, Duration lifetime, String error) {

    private static final ObjectMapper JSON = new ObjectMapper();

    static TokenAnswer of(byte[] body) {
        JsonNode answer;
        try {
            answer = JSON.readTree(body);
        } catch (IOException e) {
            // The parser's message would quote the answer, which may hold a token.
            return new TokenAnswer(null, null, null, "");
        }
        String error = answer.path("error").asText("");
        long seconds = answer.path("expires_in").asLong(0);
        return new TokenAnswer(token(answer, "access_token"), token(answer, "refresh_token"),
                seconds > 0 ? Duration.ofSeconds(seconds) : null, error.matches("[a-z_]{1,40}") ? error : "");
    }

    /** Only what can go into a header counts as a token. */
    private static String token(JsonNode answer, String name) {
        String token = answer.path(name).asText("");
        return token.matches("[!-~]+") ? token : null;
    }

    @Override
    public String toString() {
        return "TokenAnswer[***]";
    }
}
