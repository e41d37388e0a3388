// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The tokens Salesloft's stand-in issues, and how long they work. */
class TokenTest {

    private static final String CLIENT = "client_id=sandbox-client&client_secret=sandbox-secret";
    private static final String CLIENT_CREDENTIALS = "grant_type=client_credentials&" + CLIENT;

    private Sandbox sandbox;

    @BeforeEach
    void start() {
        sandbox = Sandbox.start(0);
    }

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @Test
    void issuesATokenToItsClient() {
        HttpResponse<String> response = ask(CLIENT_CREDENTIALS);
        JsonNode issued = Caller.json(response);

        assertThat(sandbox.tokenUrl("salesloft")).isEqualTo(sandbox.url() + "/salesloft/oauth/token");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(issued.get("token_type").textValue()).isEqualTo("Bearer");
        assertThat(issued.get("expires_in").intValue()).isEqualTo(7200);
        assertThat(issued.get("refresh_token").textValue()).isNotBlank();
        assertThat(call(issued)).isEqualTo(204);
        assertThat(call(Caller.json(ask(CLIENT_CREDENTIALS)))).as("another one").isEqualTo(204);
        assertThat(call(issued)).as("the first one, still").isEqualTo(204);
        assertThat(call("no-token")).isEqualTo(401);
    }

    @Test
    void rotatesRefreshTokens() {
        JsonNode first = Caller.json(refresh("sandbox-refresh"));
        JsonNode second = Caller.json(refresh(first.get("refresh_token").textValue()));

        assertThat(call(first)).isEqualTo(204);
        assertThat(call(second)).isEqualTo(204);
        assertThat(second.get("refresh_token")).isNotEqualTo(first.get("refresh_token"));
        assertThat(second.get("access_token")).isNotEqualTo(first.get("access_token"));
        for (String used : new String[] {"sandbox-refresh", first.get("refresh_token").textValue(), "never-issued"}) {
            HttpResponse<String> again = refresh(used);
            assertThat(again.statusCode()).isEqualTo(400);
            assertThat(again.body()).isEqualTo("{\"error\":\"invalid_grant\"}");
        }
        assertThat(refresh(second.get("refresh_token").textValue()).statusCode()).isEqualTo(200);
    }

    @Test
    void refusesAnExpiredToken() {
        sandbox.tokensExpireIn("salesloft", 1);
        JsonNode issued = Caller.json(ask(CLIENT_CREDENTIALS));

        assertThat(issued.get("expires_in").intValue()).isEqualTo(1);
        assertThat(call(issued)).isEqualTo(204);
        await().atMost(Duration.ofSeconds(5)).until(() -> call(issued) == 401);

        sandbox.tokensExpireIn("salesloft", 0);
        assertThat(call(Caller.json(ask(CLIENT_CREDENTIALS)))).isEqualTo(401);
        assertThat(refresh(issued.get("refresh_token").textValue()).statusCode()).isEqualTo(200);
    }

    @Test
    void refusesRevokedTokens() {
        JsonNode first = Caller.json(ask(CLIENT_CREDENTIALS));
        JsonNode second = Caller.json(ask(CLIENT_CREDENTIALS));
        sandbox.revokeTokens("salesloft");

        assertThat(call(first)).isEqualTo(401);
        assertThat(call(second)).isEqualTo(401);
        assertThat(call("sandbox-token")).as("the key").isEqualTo(204);
        assertThat(call(Caller.json(refresh(first.get("refresh_token").textValue())))).isEqualTo(204);
    }

    @Test
    void acceptsTokensBesideAnotherKey() {
        sandbox.accept("salesloft", "another");

        assertThat(call("sandbox-token")).isEqualTo(401);
        assertThat(call(Caller.json(ask(CLIENT_CREDENTIALS)))).isEqualTo(204);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "``                                                           | 400 | invalid_request",
            CLIENT + "                                                    | 400 | invalid_request",
            "grant_type=password&" + CLIENT + "                           | 400 | unsupported_grant_type",
            "grant_type=client_credentials                                | 401 | invalid_client",
            "grant_type=client_credentials&client_id=sandbox-client&client_secret=x | 401 | invalid_client",
            "grant_type=client_credentials&client_id=x&client_secret=sandbox-secret | 401 | invalid_client",
            "grant_type=refresh_token&refresh_token=sandbox-refresh       | 401 | invalid_client",
            "grant_type=refresh_token&" + CLIENT + "                      | 400 | invalid_request",
            CLIENT_CREDENTIALS + "&grant_type=client_credentials          | 400 | invalid_request",
            CLIENT_CREDENTIALS + "&a=%zz                                  | 400 | invalid_request",
    })
    void refusesABadRequest(String form, int status, String error) {
        HttpResponse<String> response = ask(form);

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(Caller.json(response).get("error").textValue()).isEqualTo(error);
        assertThat(refresh("sandbox-refresh").statusCode()).as("a refused request uses nothing up").isEqualTo(200);
    }

    @Test
    void takesFormsByPostOnly() {
        HttpRequest.Builder json = HttpRequest.newBuilder(URI.create(sandbox.tokenUrl("salesloft")))
                .header("Content-Type", "application/json");
        HttpResponse<String> get = Caller.send(json.copy().GET());

        assertThat(get.statusCode()).isEqualTo(405);
        assertThat(get.headers().firstValue("Allow")).hasValue("POST");
        assertThat(Caller.send(json.POST(BodyPublishers.ofString("{}"))).statusCode()).isEqualTo(415);
        assertThat(ask("a=" + "x".repeat(70_000)).statusCode()).isEqualTo(413);
    }

    @Test
    void countsTokenRequestsAndKeepsNoneOfThem() {
        ask(CLIENT_CREDENTIALS);
        refresh("sandbox-refresh");
        refresh("sandbox-refresh");

        assertThat(sandbox.tokenRequests("salesloft")).isEqualTo(3);
        assertThat(sandbox.summary().requests()).isZero();
        assertThat(sandbox.requests()).isEmpty();
    }

    @Test
    void showsWhereButNoToken() {
        JsonNode issued = Caller.json(ask(CLIENT_CREDENTIALS));
        call(issued);
        Caller caller = new Caller(sandbox);

        assertThat(caller.look("/").at("/vendors/salesloft/tokenUrl").textValue())
                .isEqualTo(sandbox.tokenUrl("salesloft"));
        assertThat(caller.look("/").toString()).doesNotContain("sandbox-secret", "sandbox-refresh");
        assertThat(caller.look("/sandbox/requests").toString())
                .doesNotContain(issued.get("access_token").textValue());
    }

    @Test
    void refusesWhatMakesNoSense() {
        assertThatThrownBy(() -> sandbox.tokenUrl("customerly"))
                .hasMessage("vendor customerly issues no tokens");
        assertThatThrownBy(() -> sandbox.revokeTokens("sales")).hasMessageStartingWith("unknown vendor 'sales' here");
        assertThatThrownBy(() -> sandbox.tokensExpireIn("salesloft", -1))
                .hasMessage("a token cannot expire in -1 seconds");
    }

    private HttpResponse<String> refresh(String token) {
        return ask("grant_type=refresh_token&refresh_token=" + token + "&" + CLIENT);
    }

    private HttpResponse<String> ask(String form) {
        return Caller.send(HttpRequest.newBuilder(URI.create(sandbox.tokenUrl("salesloft")))
                .header("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8")
                .POST(BodyPublishers.ofString(form)));
    }

    private int call(JsonNode issued) {
        return call(issued.get("access_token").textValue());
    }

    private int call(String token) {
        return Caller.send(HttpRequest.newBuilder(URI.create(sandbox.baseUrl("salesloft") + "/accounts/5"))
                .header("Authorization", "Bearer " + token).DELETE()).statusCode();
    }
}
