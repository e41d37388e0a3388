// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import dev.gtmroutes.api.ApiAnswer;
import dev.gtmroutes.api.NotSentException;
import dev.gtmroutes.credential.Vendor.Reply;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests of one credential share one budget. */
class RateBudgetTest {

    private static final String COST = "x-ratelimit-endpoint-cost";
    private static final String REMAINING = "x-ratelimit-remaining-minute";

    private final Vendor vendor = new Vendor();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        threads.shutdownNow();
        vendor.close();
    }

    private Api salesloft(String rateLimit) throws Exception {
        return salesloft(rateLimit, "default");
    }

    private Api salesloft(String rateLimit, String credential) throws Exception {
        return Api.of("salesloft.access-token", "token-of-budgets", "salesloft.base-url", vendor.baseUrl(),
                "salesloft.rate-limit", rateLimit).start("salesloft-api-action/salesloft-" + credential);
    }

    private static int used(Api api) {
        return api.budget("salesloft-default").used();
    }

    private static ApiAnswer call(Api api, String method) {
        return api.call(method, "/x", null);
    }

    /** Asserts that one more request does not leave. */
    private void assertWaits(Api api, String method) {
        int before = vendor.calls().size();
        Future<ApiAnswer> call = threads.submit(() -> call(api, method));
        await().until(() -> api.budget("salesloft-default").waiting() == 1);
        call.cancel(true);
        await().until(() -> api.budget("salesloft-default").waiting() == 0);
        assertThat(vendor.calls()).hasSize(before);
    }

    @Test
    void aRequestWaitsWhenTheBudgetIsUsed() throws Exception {
        try (Api api = salesloft("2/1h")) {
            assertThat(Api.status(call(api, "POST"))).isEqualTo(200);
            assertThat(Api.status(call(api, "POST"))).isEqualTo(200);

            assertThat(used(api)).isEqualTo(2);
            assertWaits(api, "POST");
        }
    }

    @Test
    void onlyTheCredentialThatIsNoneHasNoBudget() throws Exception {
        try (Api api = Api.of("salesloft.x-no-credential.access-token", "token-of-budgets", "salesloft.base-url",
                vendor.baseUrl(), "salesloft.rate-limit", "2/1h")) {
            api.start("salesloft-api-action/salesloft-x-no-credential");
            assertThat(Api.status(call(api, "POST"))).isEqualTo(200);

            assertThat(api.budget("salesloft-x-no-credential").used()).isEqualTo(1);
        }
        try (Api api = salesloft("2/1h", Credential.NONE)) {
            assertThat(api.budget("salesloft-" + Credential.NONE)).isNull();
        }
    }

    @Test
    void oneProgramOfSeveralKeepsToItsShare() throws Exception {
        try (Api api = Api.of("salesloft.access-token", "token-of-budgets", "salesloft.base-url", vendor.baseUrl(),
                "salesloft.rate-limit", "5/1h", "gtm.instances", "2").start("salesloft-api-action/salesloft-default")) {
            call(api, "POST");
            call(api, "POST");

            assertWaits(api, "POST");
        }
    }

    @ParameterizedTest
    @CsvSource({"600/1m, 1, 600/1m", "600/1m, 4, 150/1m", "5/1s, 2, 2/1s", "5/1s, 5, 1/1s", "5/1s, 8, 1/2s",
            "1/1h, 3, 1/3h"})
    void sharesAddUpToNoMoreThanTheLimit(String limit, int programs, String share) {
        assertThat(RateLimit.parse(limit).share(programs)).isEqualTo(RateLimit.parse(share));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "two", ""})
    void aNumberOfProgramsIsANumber(String instances) {
        assertThatThrownBy(() -> new RateGate().setInstances(instances)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("gtm.instances is '" + instances + "'");
    }

    @Test
    void pointsComeBack() throws Exception {
        try (Api api = salesloft("1/100ms")) {
            for (int i = 0; i < 5; i++) {
                assertThat(Api.status(call(api, "POST"))).isEqualTo(200);
            }
            await().until(() -> used(api) == 0);
        }
    }

    @Test
    void theCostOfAnEndpointIsLearned() throws Exception {
        vendor.api(seen -> new Reply(200, "", Map.of(COST, seen.method().equals("GET") ? "4" : "1")));
        try (Api api = salesloft("10/1h")) {
            call(api, "GET");
            call(api, "POST");
            call(api, "GET");

            assertThat(used(api)).isEqualTo(9);
            assertWaits(api, "GET");
            call(api, "POST");
            assertThat(used(api)).isEqualTo(10);
        }
    }

    @Test
    void templatesHaveCostsOfTheirOwn() throws Exception {
        vendor.api(seen -> new Reply(200, "", seen.target().endsWith("/a") ? Map.of(COST, "3") : Map.of()));
        try (Api api = salesloft("10/1h")) {
            api.call(Api.request("POST", "/a", null).forTemplate("a", ""));
            api.call(Api.request("POST", "/b", null).forTemplate("b", ""));

            assertThat(used(api)).isEqualTo(4);
        }
    }

    @Test
    void whatOthersUsedIsLeftToThem() throws Exception {
        vendor.api(seen -> new Reply(200, "", Map.of(REMAINING, "7")));
        try (Api api = salesloft("600/1h")) {
            call(api, "POST");

            assertThat(used(api)).isEqualTo(593);
        }
    }

    @Test
    void a429WithRetryAfterBlocksTheCredential() throws Exception {
        vendor.api(seen -> new Reply(429, "", Map.of("Retry-After", "600")));
        try (Api api = salesloft("600/1m")) {
            assertThat(Api.status(call(api, "POST"))).isEqualTo(429);

            assertWaits(api, "POST");
        }
    }

    @Test
    void a429WithoutAndAnyOtherAnswerDoesNot() throws Exception {
        vendor.api(seen -> seen.method().equals("GET") ? Reply.of(429, "")
                : new Reply(503, "", Map.of("Retry-After", "600")));
        try (Api api = salesloft("600/1m")) {
            call(api, "GET");
            call(api, "POST");
            call(api, "POST");

            assertThat(vendor.calls()).hasSize(3);
        }
    }

    @Test
    void theSecondTryTakesAPermitToo() throws Exception {
        AtomicInteger tokens = new AtomicInteger();
        vendor.tokens(seen -> Reply.token("fetched-" + tokens.incrementAndGet(), null, 3600));
        vendor.api(seen -> Reply.of(seen.header("Authorization").endsWith("fetched-1") ? 401 : 200, ""));
        try (Api api = Api.of("salesloft.client-id", "the-client", "salesloft.client-secret", "secret-of-budgets",
                "salesloft.token-url", vendor.tokenUrl(), "salesloft.base-url", vendor.baseUrl())
                .start("salesloft-api-action/salesloft-default")) {
            assertThat(Api.status(call(api, "POST"))).isEqualTo(200);

            assertThat(used(api)).isEqualTo(2);
        }
    }

    @Test
    void aRequestThatWasNotSentUsesNothing() throws Exception {
        vendor.close();
        try (Api api = salesloft("2/1h")) {
            assertThat(Api.failure(call(api, "POST"))).isNotNull();

            assertThat(used(api)).isZero();
        }
    }

    @Test
    void aRequestWithoutAnAnswerUsesItsPoints() throws Exception {
        try (RawServer server = new RawServer().behaving(RawServer.HANG_UP);
                Api api = Api.of("salesloft.access-token", "token-of-budgets", "salesloft.base-url",
                        server.origin("http")).start("salesloft-api-action/salesloft-default")) {
            assertThat(Api.failure(call(api, "POST"))).isNotNull();

            assertThat(used(api)).isEqualTo(1);
        }
    }

    @Test
    void aPreviewTakesNoPermit() throws Exception {
        try (Api api = salesloft("1/1h")) {
            call(api, "POST");

            assertThat(api.preview("salesloft-default", "POST", "/x")).singleElement().satisfies(each -> {
                assertThat(each.headers()).containsEntry("Authorization", "Bearer ***");
                assertThat(each.url()).endsWith("/x");
            });
            assertThat(used(api)).isEqualTo(1);
        }
    }

    @Test
    void aRequestWithoutTheCredentialNeedsNoPermit() throws Exception {
        try (Api api = Api.of("people-ai.api-key", "key-of-budgets", "people-ai.base-url", "http://localhost:1/api")
                .start("people-ai-api-action/people-ai-default")) {
            assertThat(Api.status(api.call("POST", vendor.baseUrl() + "/x", null))).isEqualTo(200);

            assertThat(api.budget("people-ai-default").used()).isZero();
        }
    }

    @Test
    void eachVendorAndEachNamedCredentialHasItsLimit() throws Exception {
        try (Api api = Api.of("people-ai.api-key", "key-of-budgets", "people-ai.acme.api-key", "key-of-acme",
                "camel.kamelet.people-ai-api-action.people-ai-acme.rateLimit", "3/1h")
                .start("people-ai-api-action/people-ai-acme")) {
            assertThat(api.budget("people-ai-acme").limit()).isEqualTo(3);
            assertThat(api.budget("people-ai-acme").window()).isEqualTo(Duration.ofHours(1));
        }
        try (Api api = Api.of("people-ai.api-key", "key-of-budgets").start("people-ai-api-action/people-ai-default")) {
            assertThat(api.budget("people-ai-default").limit()).isEqualTo(5);
        }
        try (Api api = Api.of("customerly.access-token", "key-of-budgets")
                .start("customerly-api-action/customerly-default")) {
            assertThat(api.budget("customerly-default")).isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"600", "fast", "0/1m", "5/0s", "5/1d", "-1/1s", "1.5/1s"})
    void whatIsNoRateLimitIsRefused(String text) {
        assertThatThrownBy(() -> salesloft(text)).rootCause().isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'" + text + "' is not a rate limit. Enter a number and a time such as 600/1m or 5/1s, or none");
    }

    @Test
    void permitsAreGivenInTheOrderInWhichTheyWereAskedFor() {
        RateBudget budget = new RateBudget("salesloft-default", RateLimit.parse("1/1h"));
        RateBudget.Permit first = budget.take("POST", () -> true);
        List<String> served = new CopyOnWriteArrayList<>();
        for (String each : List.of("a", "b", "c", "d")) {
            int before = budget.waiting();
            threads.submit(() -> {
                RateBudget.Permit permit = budget.take("POST", () -> true);
                served.add(each);
                permit.end();
            });
            await().until(() -> budget.waiting() == before + 1);
        }

        first.end();

        await().until(() -> served.size() == 4);
        assertThat(served).containsExactly("a", "b", "c", "d");
        assertThat(budget.used()).isZero();
    }

    @Test
    void aFlowThatStopsDoesNotWaitAndLeavesItsPlaceToTheNext() throws Exception {
        RateBudget budget = new RateBudget("salesloft-default", RateLimit.parse("1/1h"));
        RateBudget.Permit first = budget.take("POST", () -> true);
        AtomicBoolean running = new AtomicBoolean(true);
        Future<?> stopped = threads.submit(() -> budget.take("POST", running::get));
        await().until(() -> budget.waiting() == 1);
        Future<?> next = threads.submit(() -> budget.take("POST", () -> true));
        await().until(() -> budget.waiting() == 2);

        running.set(false);

        assertThatThrownBy(stopped::get).rootCause().isInstanceOf(NotSentException.class)
                .hasMessage("not sent: the flow was stopped while the request waited for the rate limit of "
                        + "salesloft-default");
        first.end();
        assertThat(next.get()).isNotNull();
    }

    @Test
    void aBudgetOutlivesTheRouteOfItsVendorApi() {
        RateBudgets budgets = RateBudgets.of(new DefaultCamelContext());
        RateBudget budget = budgets.budget("salesloft-default", RateLimit.parse("600/1m"));

        assertThat(budgets.budget("salesloft-default", RateLimit.parse("600/60s"))).isSameAs(budget);
        assertThat(budgets.budget("salesloft-default", RateLimit.parse("500/1m"))).isNotSameAs(budget);
        assertThat(budgets.all()).hasSize(1);
    }
}
