// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import dev.gtmroutes.api.ApiAnswer;
import dev.gtmroutes.api.Outcome;
import dev.gtmroutes.credential.Vendor.Reply;
import dev.gtmroutes.credential.token.TokenSeal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person stores while flows run counts from the next request on. */
class StoredCredentialsTest {

    private static final String ENDPOINT = "people-ai-api-action/people-ai-acme";
    private static final CredentialName ACME = new CredentialName("people-ai", "acme");
    private static final CredentialName SALES = new CredentialName("salesloft", "default");
    private static final String ONE = "stored-key-one-11";
    private static final String TWO = "stored-key-two-22";

    @TempDir
    Path data;

    private final Vendor vendor = new Vendor();

    @AfterEach
    void stop() {
        vendor.close();
    }

    private Api api(String... settings) {
        Map<String, String> all = new HashMap<>(Map.of("people-ai.base-url", vendor.baseUrl(),
                "salesloft.base-url", vendor.baseUrl(), "salesloft.token-url", vendor.tokenUrl(), "gtm.data",
                data.toString(), "people-ai.rate-limit", "none"));
        for (int i = 0; i < settings.length; i += 2) {
            all.put(settings[i], settings[i + 1]);
        }
        return new Api(all);
    }

    private static void store(Api api, CredentialName name, Map<String, String> values) {
        api.stored().use(Map.of(name, values), TokenSeal.NONE);
    }

    private String sent() {
        return vendor.calls().get(vendor.calls().size() - 1).header("X-API-Key");
    }

    @Test
    void theNextRequestHasTheNewOne() throws Exception {
        try (Api api = api()) {
            store(api, ACME, Map.of("api-key", ONE));
            api.start(ENDPOINT);
            api.call("POST", "/x", "{}");
            assertThat(sent()).isEqualTo(ONE);
            assertThat(api.known("people-ai-acme").success()).isNotNull();

            store(api, ACME, Map.of("api-key", TWO));
            assertThat(api.masked(ONE + " and " + TWO)).isEqualTo("*** and ***");
            api.call("POST", "/x", "{}");
            assertThat(sent()).isEqualTo(TWO);
        }
    }

    @Test
    void aDeletedOneHasTheFlowWaitAndANewOneHasItGoOn() throws Exception {
        try (Api api = api()) {
            store(api, ACME, Map.of("api-key", ONE));
            api.start(ENDPOINT);
            api.stored().use(Map.of(), TokenSeal.NONE);
            ApiAnswer answer = api.call("POST", "/x", "{}");
            assertThat(answer.outcome()).isEqualTo(Outcome.CREDENTIAL);
            assertThat(answer.refusal()).contains("people-ai.acme.api-key");
            assertThat(vendor.calls()).isEmpty();
            assertThat(api.masked(ONE)).isEqualTo("***");

            store(api, ACME, Map.of("api-key", TWO));
            assertThat(api.call("POST", "/x", "{}").status()).isEqualTo(200);
        }
    }

    @Test
    void settingsWinAndTheirPartsAreNotMixedWithWhatIsStored() throws Exception {
        try (Api api = api("people-ai.acme.api-key", "from-settings")) {
            store(api, ACME, Map.of("api-key", ONE));
            api.start(ENDPOINT);
            api.call("POST", "/x", "{}");
            assertThat(sent()).isEqualTo("from-settings");
        }
        try (Api api = api("salesloft.client-id", "the-client")) {
            store(api, SALES, Map.of("access-token", ONE));
            assertThatThrownBy(() -> api.start("salesloft-api-action/salesloft-default"))
                    .hasStackTraceContaining("salesloft.client-secret is missing");
        }
    }

    @Test
    void anotherCredentialIsNoneForThisOne() throws Exception {
        try (Api api = api()) {
            store(api, new CredentialName("people-ai", "default"), Map.of("api-key", ONE));
            assertThatThrownBy(() -> api.start(ENDPOINT)).hasRootCauseInstanceOf(MissingCredentialException.class);
        }
    }

    @Test
    void whileTheyCannotBeReadFlowsWait() throws Exception {
        try (Api api = api()) {
            api.stored().unreadable("the stored credentials cannot be used: it was changed");
            api.start(ENDPOINT);
            ApiAnswer answer = api.call("POST", "/x", "{}");
            assertThat(answer.outcome()).isEqualTo(Outcome.CREDENTIAL);
            assertThat(answer.refusal()).contains("the stored credentials cannot be used: it was changed");

            store(api, ACME, Map.of("api-key", ONE));
            assertThat(api.call("POST", "/x", "{}").status()).isEqualTo(200);
        }
    }

    /** The vendor refuses the old one while it is on its way: the request is sent again, with the new one. */
    @Test
    void aRequestInFlightEndsWithTheNewOne() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        CountDownLatch replaced = new CountDownLatch(1);
        vendor.api(seen -> {
            if (!ONE.equals(seen.header("X-API-Key"))) {
                return Reply.of(200, "{}");
            }
            arrived.countDown();
            try {
                replaced.await(10, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return Reply.of(401, "{\"not\":\"" + ONE + "\"}");
        });
        try (Api api = api()) {
            store(api, ACME, Map.of("api-key", ONE));
            api.start(ENDPOINT);
            Thread replacing = new Thread(() -> {
                try {
                    arrived.await(10, TimeUnit.SECONDS);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                store(api, ACME, Map.of("api-key", TWO));
                replaced.countDown();
            });
            replacing.start();
            assertThat(api.call("POST", "/x", "{}").status()).isEqualTo(200);
            replacing.join();
            assertThat(vendor.calls()).hasSize(2);
        }
    }

    @Test
    void tokensOfTheOldOneAreDroppedAndThoseOfOthersStay() throws Exception {
        AtomicInteger granted = new AtomicInteger();
        vendor.tokens(
                seen -> Reply.token("access-" + granted.incrementAndGet() + "-" + seen.field("client_id"), null, 3600));
        try (Api api = api()) {
            store(api, SALES, Map.of("client-id", "client-a", "client-secret", ONE));
            api.start("salesloft-api-action/salesloft-default");
            api.call("POST", "/x", "{}");
            api.stored().use(Map.of(SALES, Map.of("client-id", "client-a", "client-secret", ONE), ACME,
                    Map.of("api-key", "other-key-3344")), TokenSeal.NONE);
            api.call("POST", "/x", "{}");
            assertThat(granted).hasValue(1);

            store(api, SALES, Map.of("client-id", "client-b", "client-secret", TWO));
            api.call("POST", "/x", "{}");
            assertThat(vendor.calls().get(2).header("Authorization")).isEqualTo("Bearer access-2-client-b");
        }
    }

    /** It is what the vendor will take the next time: as secret as what it began with. */
    @Test
    void aRotatedRefreshTokenIsSealedAndBelongsToItsCredential() throws Exception {
        AtomicInteger granted = new AtomicInteger();
        vendor.tokens(seen -> Reply.token("access-" + seen.field("refresh_token"),
                "rotated-" + granted.incrementAndGet() + "-of-" + seen.field("refresh_token"), 3600));
        TokenSeal reversed = new TokenSeal() {

            @Override
            public byte[] seal(String name, byte[] plain) {
                return new StringBuilder(new String(plain, StandardCharsets.UTF_8)).reverse().toString()
                        .getBytes(StandardCharsets.UTF_8);
            }

            @Override
            public byte[] open(String name, byte[] sealed) {
                return seal(name, sealed);
            }
        };
        Path tokens = data.resolve("credentials/salesloft-default.tokens");
        Map<String, String> values = Map.of("client-id", "c", "client-secret", ONE, "refresh-token", "seed-a-0011");
        try (Api api = api()) {
            api.stored().use(Map.of(SALES, values), reversed);
            api.start("salesloft-api-action/salesloft-default");
            api.call("POST", "/x", "{}");
            assertThat(tokens).exists();
            assertThat(Files.readString(tokens)).doesNotContain("rotated-1");
            assertThat(data.resolve("state/salesloft-default.json")).doesNotExist();
        }
        try (Api api = api()) {
            api.stored().use(Map.of(SALES, values), reversed);
            api.start("salesloft-api-action/salesloft-default");
            api.call("POST", "/x", "{}");
            assertThat(granted).hasValue(1);

            api.stored().use(Map.of(SALES, Map.of("client-id", "c", "client-secret", ONE, "refresh-token", "seed-b-0022")),
                    reversed);
            api.call("POST", "/x", "{}");
            assertThat(vendor.calls().get(2).header("Authorization")).isEqualTo("Bearer access-seed-b-0022");
        }
    }

    @Test
    void aTrialSendsItsOwnValuesAndChangesNothing() throws Exception {
        vendor.api(seen -> TWO.equals(seen.header("X-API-Key")) ? Reply.of(200, "{}")
                : Reply.of(401, "you sent " + seen.header("X-API-Key")));
        try (Api api = api()) {
            assertThat(api.trial("people-ai-api-action/people-ai-no-credential", Map.of("api-key", TWO)).works()).isTrue();
            TestedConnection bad = api.trial("people-ai-api-action/people-ai-no-credential", Map.of("api-key", ONE));
            assertThat(bad.works()).isFalse();
            assertThat(bad.detail()).contains("refused the credential").doesNotContain(ONE);
            assertThat(api.masked(ONE)).isEqualTo("***");

            store(api, ACME, Map.of("api-key", ONE));
            api.start(ENDPOINT);
            assertThat(api.trial(ENDPOINT, Map.of("api-key", TWO)).works()).isTrue();
            assertThat(api.known("people-ai-acme").success()).isNull();
            assertThat(api.call("POST", "/x", "{}").outcome()).isEqualTo(Outcome.CREDENTIAL);
            assertThat(api.known("people-ai-acme").refused()).isNotNull();
        }
    }
}
