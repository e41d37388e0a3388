// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.credential;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import dev.gtmroutes.api.ApiAnswer;
import dev.gtmroutes.api.NotSentException;
import dev.gtmroutes.credential.Vendor.Reply;
import dev.gtmroutes.samples.SampleVendor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When it is the credential's fault that a request was not carried out, and when it is not. */
class RefusalTest {

    private static final String KEY = "refused-key-3a1b";
    private static final String BAD_TOKEN = "{\"error\":{\"message\":\"bad token " + KEY + "\",\"code\":7}}";

    private final Vendor vendor = new Vendor();

    @AfterEach
    void stop() {
        vendor.close();
    }

    private Object refusal(String name, String... settings) throws Exception {
        return refusal(call(name, settings));
    }

    private static Object refusal(ApiAnswer answer) {
        return answer.refusal();
    }

    private ApiAnswer call(String name, String... settings) throws Exception {
        Map<String, String> all = new HashMap<>(Map.of(name + ".base-url", vendor.baseUrl()));
        for (int i = 0; i < settings.length; i += 2) {
            all.put(settings[i], settings[i + 1]);
        }
        try (Api api = new Api(all).start(name + "-api-action/" + name + "-default")) {
            return api.call("POST", "/x", "{}");
        }
    }

    private ApiAnswer callWithClient() throws Exception {
        return call("salesloft", "salesloft.client-id", "the-client", "salesloft.client-secret", KEY,
                "salesloft.token-url", vendor.tokenUrl());
    }

    @ParameterizedTest
    @MethodSource("dev.gtmroutes.samples.SampleCatalog#vendors")
    void a401IsTheCredentialsFault(SampleVendor its) throws Exception {
        String name = its.name();
        vendor.api(seen -> Reply.of(401, "no " + KEY));

        assertThat(refusal(name, its.secretSetting(), KEY))
                .isEqualTo(its.title() + " refused the credential " + name + "-default (401): no ***");
    }

    @Test
    void customerlyAnswers500ToABadToken() throws Exception {
        vendor.api(seen -> Reply.of(500, BAD_TOKEN));

        assertThat(refusal("customerly", "customerly.access-token", KEY))
                .isEqualTo("Customerly refused the credential customerly-default (500): bad token ***");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "<html>", "{\"error\":\"down\"}", "{\"error\":{\"message\":\"down\"}}"})
    void otherFailuresOfCustomerlyAreNot(String body) throws Exception {
        vendor.api(seen -> Reply.of(500, body));

        assertThat(refusal("customerly", "customerly.access-token", KEY)).isNull();
    }

    @Test
    void noOtherStatusAndNoOtherVendorHasThatForm() throws Exception {
        vendor.api(seen -> Reply.of(503, BAD_TOKEN));
        assertThat(refusal("customerly", "customerly.access-token", KEY)).isNull();

        vendor.api(seen -> Reply.of(500, BAD_TOKEN));
        assertThat(refusal("people-ai", "people-ai.api-key", KEY)).isNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 400, 403, 404, 422, 429, 500, 503})
    void anyOtherAnswerIsNot(int status) throws Exception {
        vendor.api(seen -> Reply.of(status, "{}"));

        assertThat(refusal("people-ai", "people-ai.api-key", KEY)).isNull();
    }

    @Test
    void aHostThatDoesNotGetTheCredentialCannotRefuseIt() throws Exception {
        vendor.api(seen -> Reply.of(401, ""));
        try (Api api = Api.of("people-ai.api-key", KEY, "people-ai.base-url", "http://localhost:1/api")
                .start("people-ai-api-action/people-ai-default")) {
            assertThat(refusal(api.call("POST", vendor.baseUrl() + "/x", "{}"))).isNull();
        }
    }

    @Test
    void aTokenThatWasRenewedInVainIsRefused() throws Exception {
        AtomicInteger tokens = new AtomicInteger();
        vendor.tokens(seen -> Reply.token("fetched-" + tokens.incrementAndGet(), null, 3600));
        vendor.api(seen -> Reply.of(401, ""));

        assertThat(refusal(callWithClient()))
                .isEqualTo("Salesloft refused the credential salesloft-default (401)");
        assertThat(tokens).hasValue(2);
    }

    @Test
    void aTokenThatCouldBeRenewedIsNot() throws Exception {
        AtomicInteger tokens = new AtomicInteger();
        vendor.tokens(seen -> Reply.token("fetched-" + tokens.incrementAndGet(), null, 3600));
        vendor.api(seen -> Reply.of(seen.header("Authorization").endsWith("fetched-1") ? 401 : 200, ""));

        assertThat(refusal(callWithClient())).isNull();
    }

    @Test
    void aRefusedClientIsTheCredentialsFault() throws Exception {
        vendor.tokens(seen -> Reply.of(401, "{\"error\":\"invalid_client\"}"));

        ApiAnswer answer = callWithClient();

        assertThat(Api.failure(answer)).isInstanceOf(NotSentException.class);
        assertThat(refusal(answer)).asString().isEqualTo("there is no token for the credential salesloft-default: "
                + "the token endpoint %s responded with 401 (invalid_client): check salesloft.client-id and "
                + "salesloft.client-secret", vendor.tokenUrl());
    }

    @Test
    void soIsARefusedRefreshToken() throws Exception {
        vendor.tokens(seen -> Reply.of(400, "{\"error\":\"invalid_grant\"}"));

        ApiAnswer answer = call("salesloft", "salesloft.client-id", "the-client", "salesloft.client-secret", KEY,
                "salesloft.refresh-token", "spent-4c2d", "salesloft.token-url", vendor.tokenUrl(), "gtm.data",
                "target/refusal-test");

        assertThat(refusal(answer)).asString()
                .contains("set a new one in salesloft.refresh-token").doesNotContain(KEY, "spent-4c2d");
    }

    @Test
    void soIsARefusalWhenARefusedTokenIsRenewed() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        vendor.tokens(seen -> asked.incrementAndGet() == 1 ? Reply.token("fetched", null, 3600)
                : Reply.of(401, "{\"error\":\"invalid_client\"}"));
        vendor.api(seen -> Reply.of(401, ""));

        ApiAnswer answer = callWithClient();

        assertThat(Api.failure(answer)).isInstanceOf(NotSentException.class);
        assertThat(refusal(answer)).asString().contains("invalid_client");
        assertThat(answer.maybeSent()).isEqualTo(false);
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 429, 503})
    void aTokenEndpointInTroubleIsNot(int status) throws Exception {
        vendor.tokens(seen -> Reply.of(status, ""));

        ApiAnswer answer = callWithClient();

        assertThat(Api.failure(answer)).isInstanceOf(NotSentException.class);
        assertThat(refusal(answer)).isNull();
        assertThat(vendor.calls()).isEmpty();
    }

    @Test
    void aTokenEndpointOutOfReachIsNot() throws Exception {
        ApiAnswer answer;
        try (RawServer nobody = new RawServer().behaving(RawServer.RESET)) {
            answer = call("salesloft", "salesloft.client-id", "the-client", "salesloft.client-secret", KEY,
                    "salesloft.token-url", nobody.origin("http") + "/token");
        }

        assertThat(Api.failure(answer)).isInstanceOf(NotSentException.class);
        assertThat(refusal(answer)).isNull();
    }
}
