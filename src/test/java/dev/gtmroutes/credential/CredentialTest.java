// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Map;

import dev.gtmroutes.api.ApiAnswer;
import dev.gtmroutes.credential.Vendor.Reply;
import dev.gtmroutes.samples.SampleVendor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Which header carries the credential, where the credential comes from, and that it stays out of everything else. */
class CredentialTest {

    private static final String KEY = "secret/key+04c7";

    private final Vendor vendor = new Vendor();

    @AfterEach
    void stop() {
        vendor.close();
    }

    private Api started(String endpoint, String... settings) throws Exception {
        String name = endpoint.substring(0, endpoint.indexOf("-api-action"));
        String[] all = Arrays.copyOf(settings, settings.length + 2);
        all[settings.length] = name + ".base-url";
        all[settings.length + 1] = vendor.baseUrl();
        return Api.of(all).start(endpoint);
    }

    @ParameterizedTest
    @MethodSource("dev.gtmroutes.samples.SampleCatalog#vendors")
    void eachVendorHasItsHeader(SampleVendor its) throws Exception {
        String header = its.credentialHeader();
        try (Api api = started(its.name() + "-api-action/" + its.name() + "-default", its.secretSetting(), KEY)) {
            ApiAnswer answer = api.call("POST", "/x", "{}");

            assertThat(Api.status(answer)).isEqualTo(200);
            assertThat(vendor.call().headers().get(header)).containsExactly(its.credentialValue(KEY));
            assertThat(answer.header(header)).isNull();
        }
    }

    @Test
    void headerAndPrefixCanBeChanged() throws Exception {
        try (Api api = started("customerly-api-action/customerly-default", "customerly.access-token", KEY,
                "customerly.credential-header", "Authorization", "customerly.credential-prefix", "AccessToken:")) {
            api.call("POST", "/x", "{}");

            assertThat(vendor.call().header("Authorization")).isEqualTo("AccessToken: " + KEY);
            assertThat(vendor.call().header("Authentication")).isNull();
        }
    }

    @Test
    void thePrefixCanBeLeftOut() throws Exception {
        try (Api api = started("customerly-api-action/customerly-default", "customerly.access-token", KEY,
                "customerly.credential-prefix", "none")) {
            api.call("POST", "/x", "{}");

            assertThat(vendor.call().header("Authentication")).isEqualTo(KEY);
        }
    }

    /** As secrets are mounted: a link to a folder that is exchanged. */
    @Test
    void aSecretInAFileIsReadAgainWhenItIsRotatedAndStaysMasked(@TempDir Path secrets) throws Exception {
        Path key = secrets.resolve("api-key");
        Files.writeString(key, KEY + "\n");
        try (Api api = started("people-ai-api-action/people-ai-default", "people-ai.api-key-file", key.toString())) {
            api.call("POST", "/x", "{}");
            assertThat(vendor.calls().get(0).header("X-API-Key")).isEqualTo(KEY);

            Files.writeString(secrets.resolve("next"), "rotated-key-5511");
            Files.move(secrets.resolve("next"), key, StandardCopyOption.ATOMIC_MOVE);
            ApiAnswer answer = api.call("POST", "/x", "{}");
            assertThat(vendor.calls().get(1).header("X-API-Key")).isEqualTo("rotated-key-5511");
            assertThat(answer.header("X-API-Key")).isNull();

            Files.delete(key);
            api.call("POST", "/x", "{}");
            assertThat(vendor.calls().get(2).header("X-API-Key")).isEqualTo("rotated-key-5511");
        }
    }

    @ParameterizedTest
    @CsvSource({"missing, cannot be read", "empty, is empty"})
    void aFileWithoutASecretIsNamed(String file, String reason, @TempDir Path secrets) throws Exception {
        Files.writeString(secrets.resolve("empty"), "\n");
        assertThatThrownBy(() -> started("people-ai-api-action/people-ai-default", "people-ai.api-key-file",
                secrets.resolve(file).toString()))
                .hasStackTraceContaining("setting people-ai.api-key-file: " + secrets.resolve(file))
                .hasStackTraceContaining(reason);
    }

    @Test
    void aNamedCredentialHasSettingsOfItsOwn() throws Exception {
        try (Api api = started("people-ai-api-action/people-ai-acme", "people-ai.api-key", "not this",
                "people-ai.acme.api-key", KEY)) {
            api.call("POST", "/x", "{}");

            assertThat(vendor.call().header("X-API-Key")).isEqualTo(KEY);
        }
    }

    @Test
    void aNamedCredentialCanBeGivenAsCamelsOwnKameletProperty() throws Exception {
        try (Api api = started("people-ai-api-action/people-ai-acme",
                "camel.kamelet.people-ai-api-action.people-ai-acme.apiKey", KEY)) {
            api.call("POST", "/x", "{}");

            assertThat(vendor.call().header("X-API-Key")).isEqualTo(KEY);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "people-ai-api-action/people-ai-default | setting people-ai.api-key is "
                    + "missing. Enter it in the console on the page Credentials, or set it in "
                    + "application.properties, or as the environment variable PEOPLE_AI_API_KEY",
            "people-ai-api-action/people-ai-acme | setting people-ai.acme.api-key is "
                    + "missing. Enter it in the console on the page Credentials, or set it in "
                    + "application.properties, or as the environment variable PEOPLE_AI_ACME_API_KEY",
            "people-ai-api-action/people-ai-us-default | setting people-ai.us-default.api-key is "
                    + "missing. Enter it in the console on the page Credentials, or set it in "
                    + "application.properties, or as the environment variable PEOPLE_AI_US_DEFAULT_API_KEY",
            "salesloft-api-action/salesloft-acme | there is no credential: enter it in the console on the page "
                    + "Credentials, or set salesloft.acme.access-token, or "
                    + "salesloft.acme.client-id and salesloft.acme.client-secret, optionally with "
                    + "salesloft.acme.refresh-token, in application.properties or the environment",
            "salesloft-api-action/salesloft-default | setting salesloft.client-id is missing. Set it in "
                    + "application.properties, or as the environment variable SALESLOFT_CLIENT_ID"})
    void aCredentialThatIsNotConfiguredKeepsTheRouteFromStarting(String endpoint, String sentence) {
        String other = endpoint.endsWith("i-default") ? "x.y" : "people-ai.api-key";
        assertThatThrownBy(() -> started(endpoint, other, KEY, "salesloft.refresh-token", KEY)).rootCause()
                .isInstanceOf(IllegalArgumentException.class).hasMessage(sentence);
    }

    @ParameterizedTest
    @CsvSource({"people-ai.api-key, bad key", "people-ai.api-key, kéy", "people-ai.credential-header, 'X Y'",
            "people-ai.credential-header, CamelX", "people-ai.base-url, https://user:password@h"})
    void aCredentialThatCannotBeSentIsNotQuoted(String setting, String value) {
        assertThatThrownBy(() -> Api.of("people-ai.api-key", KEY, setting, value)
                .start("people-ai-api-action/people-ai-default")).rootCause()
                .isInstanceOf(IllegalArgumentException.class)
                .satisfies(failure -> assertThat(failure.getMessage()).doesNotContain("bad key", "kéy", "password@h"));
    }

    @Test
    void twoWaysAtOnceAreRefused() {
        assertThatThrownBy(() -> started("salesloft-api-action/salesloft-default", "salesloft.access-token", KEY,
                "salesloft.client-id", "id", "salesloft.client-secret", KEY)).rootCause()
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("Remove one of the two");
    }

    @Test
    void theCredentialIsTakenAwayAlsoWhenNothingAnswers() throws Exception {
        int port;
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            port = taken.getLocalPort();
        }
        try (Api api = Api.of("people-ai.api-key", KEY, "people-ai.base-url", "http://127.0.0.1:" + port)
                .start("people-ai-api-action/people-ai-default")) {
            ApiAnswer answer = api.call("POST", "/x", "{}", "X-Team", "gtm");

            assertThat(Api.failure(answer)).isInstanceOf(IOException.class);
            assertThat(answer.header("X-API-Key")).isNull();
            assertThat(answer.headers()).isEmpty();
            assertThat(Api.failure(answer).toString()).doesNotContain(KEY);
        }
    }

    @Test
    void anAnswerThatRepeatsTheCredentialIsMasked() throws Exception {
        String echo = "key " + KEY + ", \"secret\\/key+04c7\", ?k=secret%2Fkey%2B04c7, X-Keys";
        vendor.api(seen -> new Reply(403, echo, Map.of("X-Echo", "is " + KEY, "Retry-After", "7")));
        try (Api api = started("people-ai-api-action/people-ai-default", "people-ai.api-key", KEY)) {
            ApiAnswer answer = api.call("POST", "/x", "{}");

            assertThat(Api.status(answer)).isEqualTo(403);
            assertThat(Api.body(answer)).isEqualTo("key ***, \"***\", ?k=***, X-Keys");
            assertThat(answer.header("X-Echo")).isEqualTo("is ***");
            assertThat(answer.header("Retry-After")).isEqualTo("7");
        }
    }

    @Test
    void a401WithAFixedTokenIsTheAnswer() throws Exception {
        vendor.api(seen -> Reply.of(401, "no"));
        try (Api api = started("customerly-api-action/customerly-default", "customerly.access-token", KEY)) {
            assertThat(Api.status(api.call("POST", "/x", "{}"))).isEqualTo(401);
            assertThat(vendor.calls()).hasSize(1);
        }
    }
}
