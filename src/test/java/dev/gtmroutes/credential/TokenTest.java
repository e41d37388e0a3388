// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

import dev.gtmroutes.api.ApiAnswer;
import dev.gtmroutes.api.Outcome;
import dev.gtmroutes.credential.Vendor.Reply;
import dev.gtmroutes.credential.Vendor.Seen;
import dev.gtmroutes.credential.token.NoTokenException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tokens that are fetched for a client id and its secret. */
class TokenTest {

    private static final String SECRET = "client-secret-77d2";
    private static final int THREADS = 50;

    private final Vendor vendor = new Vendor();
    private final AtomicInteger tokens = new AtomicInteger();
    private Api api;

    @BeforeEach
    void start() throws Exception {
        vendor.tokens(seen -> Reply.token("fetched-" + tokens.incrementAndGet(), null, 3600));
        api = Api.of("salesloft.client-id", "the-client", "salesloft.client-secret", SECRET, "salesloft.token-url",
                vendor.tokenUrl(), "salesloft.base-url", vendor.baseUrl())
                .start("salesloft-api-action/salesloft-default");
    }

    @AfterEach
    void stop() {
        api.close();
        vendor.close();
    }

    /** Calls that begin at the same time. */
    private List<ApiAnswer> atOnce(int count) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(count);
        try {
            CountDownLatch ready = new CountDownLatch(count);
            List<Future<ApiAnswer>> calls = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                calls.add(threads.submit(() -> {
                    ready.countDown();
                    ready.await();
                    return api.call("POST", "/x", "{\"n\":1}");
                }));
            }
            List<ApiAnswer> answers = new ArrayList<>();
            for (Future<ApiAnswer> each : calls) {
                answers.add(each.get());
            }
            return answers;
        } finally {
            threads.shutdownNow();
        }
    }

    private static Reply slow(Reply reply) {
        try {
            Thread.sleep(300);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return reply;
    }

    @Test
    void aClientSecretInAFileIsReadAgainWhenItIsRotated(@TempDir Path secrets) throws Exception {
        Path file = Files.writeString(secrets.resolve("client-secret"), SECRET + "\n");
        try (Api rotating = Api.of("salesloft.client-id", "the-client", "salesloft.client-secret-file", file.toString(),
                "salesloft.token-url", vendor.tokenUrl(), "salesloft.base-url", vendor.baseUrl())
                .start("salesloft-api-action/salesloft-default")) {
            rotating.call("POST", "/x", "{}");
            assertThat(vendor.tokenCalls().get(0).field("client_secret")).isEqualTo(SECRET);

            Files.writeString(file, "rotated-secret-8123");
            vendor.api(seen -> Reply.of(seen.header("Authorization").equals("Bearer fetched-1") ? 401 : 422,
                    SECRET + " rotated-secret-8123"));
            ApiAnswer answer = rotating.call("POST", "/x", "{}");
            assertThat(vendor.tokenCalls().get(1).field("client_secret")).isEqualTo("rotated-secret-8123");
            assertThat(answer.text()).isEqualTo("*** ***");
        }
    }

    @Test
    void theTokenRequestIsAForm() {
        api.call("POST", "/x", "{}");

        Seen request = vendor.tokenCalls().get(0);
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.header("Content-Type")).isEqualTo("application/x-www-form-urlencoded");
        assertThat(request.field("grant_type")).isEqualTo("client_credentials");
        assertThat(request.field("client_id")).isEqualTo("the-client");
        assertThat(request.field("client_secret")).isEqualTo(SECRET);
        assertThat(vendor.call().header("Authorization")).isEqualTo("Bearer fetched-1");
    }

    @Test
    void anAnswerOfTheTokenEndpointHasALimit() throws Exception {
        vendor.tokens(seen -> Reply.of(200, "{\"access_token\":\"" + "x".repeat(2_000_000) + "\"}"));

        ApiAnswer answer = api.call("POST", "/x", "{}");

        assertThat(Api.failure(answer)).isInstanceOf(NoTokenException.class).hasMessageContaining("longer than");
        assertThat(answer.maybeSent()).isFalse();
    }

    @Test
    void theTokenEndpointMayAskToBeLeftAlone() throws Exception {
        vendor.tokens(seen -> new Reply(429, "", Map.of("Retry-After", "7")));

        ApiAnswer answer = api.call("POST", "/x", "{}");

        assertThat(answer.outcome(true)).isEqualTo(Outcome.RETRY);
        assertThat(answer.retryAfter()).isEqualTo(Duration.ofSeconds(7));
        assertThat(vendor.tokenCalls()).hasSize(1);
    }

    @Test
    void manyRequestsAtOnceFetchOneToken() throws Exception {
        vendor.tokens(seen -> slow(Reply.token("fetched-" + tokens.incrementAndGet(), null, 3600)));

        assertThat(atOnce(THREADS)).allSatisfy(each -> assertThat(Api.status(each)).isEqualTo(200));

        assertThat(vendor.tokenCalls()).hasSize(1);
        assertThat(vendor.calls()).hasSize(THREADS)
                .allSatisfy(each -> assertThat(each.header("Authorization")).isEqualTo("Bearer fetched-1"));
    }

    @Test
    void aTokenIsRenewedBeforeItExpires() throws Exception {
        vendor.tokens(seen -> Reply.token("fetched-" + tokens.incrementAndGet(), null, 1));
        await().pollInterval(Duration.ofMillis(20)).until(() -> {
            assertThat(Api.status(api.call("POST", "/x", "{}"))).isEqualTo(200);
            return tokens.get() == 2;
        });

        assertThat(vendor.calls()).extracting(each -> each.header("Authorization")).startsWith("Bearer fetched-1")
                .endsWith("Bearer fetched-2").doesNotContain("Bearer fetched-3");
    }

    @Test
    void aRefusedTokenIsRenewedOnceAndTheRequestsSentAgain() throws Exception {
        vendor.api(seen -> slow(seen.header("Authorization").endsWith("fetched-1") ? Reply.of(401, "expired")
                : Reply.of(201, seen.body())));

        List<ApiAnswer> answers = atOnce(THREADS);

        assertThat(answers).allSatisfy(each -> {
            assertThat(Api.failure(each)).isNull();
            assertThat(Api.status(each)).isEqualTo(201);
            assertThat(Api.body(each)).isEqualTo("{\"n\":1}");
        });
        assertThat(vendor.tokenCalls()).hasSize(2);
        assertThat(vendor.calls()).hasSize(2 * THREADS)
                .allSatisfy(each -> assertThat(each.header("Content-Type")).isEqualTo("application/json"))
                .allSatisfy(each -> assertThat(each.headers().get("Authorization")).hasSize(1));
    }

    @Test
    void theSecondRefusalCounts() {
        vendor.api(seen -> Reply.of(401, "never"));

        assertThat(Api.status(api.call("POST", "/x", "{}"))).isEqualTo(401);
        assertThat(vendor.calls()).hasSize(2);
        assertThat(vendor.tokenCalls()).hasSize(2);
    }

    @Test
    void aTokenThatStaysTheSameIsNotSentAgain() {
        vendor.tokens(seen -> Reply.token("the-same-token", null, 3600)).api(seen -> Reply.of(401, "never"));

        api.call("POST", "/x", "{}");
        api.call("POST", "/x", "{}");

        assertThat(vendor.calls()).hasSize(2);
        assertThat(vendor.tokenCalls()).hasSize(2);
    }

    @Test
    void aTokenEndpointThatFailsIsAskedAgain() {
        vendor.tokens(seen -> tokens.incrementAndGet() < 3 ? Reply.of(503, "") : Reply.token("late", null, 3600));

        assertThat(Api.status(api.call("POST", "/x", "{}"))).isEqualTo(200);
        assertThat(vendor.tokenCalls()).hasSize(3);
    }

    @Test
    void refusedClientsAreToldInOneLineToAllWhoWait() throws Exception {
        vendor.tokens(seen -> slow(Reply.of(401,
                "{\"error\":\"invalid_client\",\"error_description\":\"" + SECRET + "\"}")));

        assertThat(atOnce(5)).allSatisfy(each -> assertThat(Api.failure(each)).isInstanceOf(NoTokenException.class)
                .hasMessage("the token endpoint %s responded with 401 (invalid_client): check salesloft.client-id and "
                        + "salesloft.client-secret", vendor.tokenUrl()));
        assertThat(vendor.tokenCalls()).hasSize(1);
        assertThat(vendor.calls()).isEmpty();
    }

    @Test
    void anAnswerWithoutATokenIsNotQuoted() {
        vendor.tokens(seen -> Reply.of(200, "<html>" + SECRET));

        assertThat(Api.failure(api.call("POST", "/x", "{}"))).isInstanceOf(NoTokenException.class)
                .hasMessage("the token endpoint %s responded with 200 without an access token", vendor.tokenUrl());
    }

    @Test
    void oldAndNewTokenAndSecretAreMaskedInAnswers() {
        vendor.api(seen -> seen.header("Authorization").endsWith("fetched-1") ? Reply.of(401, "expired")
                : Reply.of(400, "had fetched-1, got fetched-2 for " + SECRET));

        assertThat(Api.body(api.call("POST", "/x", "{}"))).isEqualTo("had ***, got *** for ***");
    }

    @Test
    void nothingSecretIsLogged() throws Exception {
        Set<String> secrets = ConcurrentHashMap.newKeySet();
        List<String> lines = new CopyOnWriteArrayList<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord each) {
                lines.add(each.getMessage() + " " + Arrays.toString(each.getParameters()) + each.getThrown());
            }

            @Override
            public void flush() {
                // Nothing is kept back.
            }

            @Override
            public void close() {
                // Nothing is open.
            }
        };
        Logger.getLogger("").addHandler(handler);
        try {
            secrets.addAll(List.of(SECRET, "fetched-"));
            vendor.api(seen -> Reply.of(401, "no"));
            try (Api another = Api.of("salesloft.client-id", "the-client", "salesloft.client-secret", SECRET,
                    "salesloft.token-url", vendor.tokenUrl(), "salesloft.base-url", vendor.baseUrl())
                    .start("salesloft-api-action/salesloft-default")) {
                another.call("POST", "/x", "{}");
                vendor.tokens(seen -> Reply.of(400, "{\"error\":\"" + SECRET + "\"}"));
                another.call("POST", "/x", "{}");
            }
        } finally {
            Logger.getLogger("").removeHandler(handler);
        }
        assertThat(lines).isNotEmpty()
                .allSatisfy(line -> assertThat(secrets).noneMatch(line::contains));
    }
}
