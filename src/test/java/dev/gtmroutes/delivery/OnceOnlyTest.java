// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

import dev.gtmroutes.credential.ApiCall;
import dev.gtmroutes.delivery.ScriptedApi.Reply;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Endpoints that must not be asked twice for the same thing. */
class OnceOnlyTest {

    private static final String ITEMS = "onceOnly=true&batch=true&itemResults=RAW(items: /results, status: /code)";

    @TempDir
    static Path data;
    private static ScriptedApi api;
    private static Delivery delivery;

    @BeforeAll
    static void start() throws Exception {
        api = new ScriptedApi();
        delivery = new Delivery(data, api.url(), "onceOnly=true&maxInFlight=1");
    }

    @AfterEach
    void forget() throws Exception {
        delivery.forget();
    }

    @AfterAll
    static void stop() {
        delivery.close();
        api.close();
    }

    private static void assertHeld(int count, String reason) throws Exception {
        InputSummary account = delivery.deliver(Delivery.records(3));
        assertThat(account.held()).isEqualTo(count);
        assertThat(account.delivered()).isEqualTo(3 - count);
        assertThat(api.asked()).hasSize(3);
        assertThat(delivery.deadLetters()).hasSize(count).allSatisfy(each -> {
            assertThat(each.path("state").asText()).isEqualTo("held");
            assertThat(each.path("reason").asText()).startsWith(reason).endsWith("; the API may have processed the record");
        });
    }

    @Test
    void aConnectionThatBreaksAfterTheRequestHoldsTheRecord() throws Exception {
        api.script(each -> each.has(2) ? Reply.none() : Reply.of(200));
        assertHeld(1, "no response (the connection ended too early)");
    }

    @Test
    void aTimeoutHoldsTheRecord() throws Exception {
        api.script(each -> {
            if (each.has(2)) {
                AnswerTableTest.pause(Duration.ofSeconds(5));
            }
            return Reply.of(200);
        });
        assertHeld(1, "no response (no data arrived in time)");
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 504})
    void aServerThatBrokeDownOverTheRequestHoldsTheRecord(int status) throws Exception {
        api.script(each -> each.has(2) ? Reply.of(status) : Reply.of(200));
        assertHeld(1, "responded with " + status);
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 425, 429, 503})
    void aRequestThatWasNotCarriedOutIsRetried(int status) throws Exception {
        api.script(each -> each.number() == 1 ? Reply.of(status) : Reply.of(200));
        assertThat(delivery.deliver(Delivery.records(2)).delivered()).isEqualTo(2);
        assertThat(api.taken()).containsExactly(1, 2);
        assertThat(delivery.deadLetters()).isEmpty();
    }

    @Test
    void anItemThatMayHaveBeenCarriedOutIsHeld() throws Exception {
        api.script(each -> Reply.of(200, each.ids().stream()
                .map(n -> "{\"code\":" + (n == 2 ? 500 : n == 3 && each.number() == 1 ? 503 : 200) + "}")
                .collect(Collectors.joining(",", "{\"results\":[", "]}"))));
        try (Delivery items = new Delivery(data.resolve("items"), api.url(), ITEMS)) {
            InputSummary account = items.deliver(Delivery.records(3));
            assertThat(account.held()).isEqualTo(1);
            assertThat(account.delivered()).isEqualTo(2);
            assertThat(api.asked()).extracting(ScriptedApi.Asked::ids).containsExactly(List.of(1, 2, 3), List.of(3));
            assertThat(items.deadLetters()).extracting(each -> each.path("record").path("n").asInt()).containsExactly(2);
        }
    }

    @ParameterizedTest
    @CsvSource({"201, 422, 1, 1", "504, 422, 1, 1", "200, 200, 2, 0", "500, 201, 2, 0"})
    void aRefusalThatReportsARecordAsCarriedOutHoldsIt(int first, int second, int held, int rejected) throws Exception {
        api.script(each -> Reply.of(422, "{\"results\":[{\"code\":" + first + "},{\"code\":" + second + "}]}"));
        try (Delivery items = new Delivery(data.resolve("refusal"), api.url(), ITEMS)) {
            InputSummary account = items.deliver(Delivery.records(2));
            assertThat(account.held()).isEqualTo(held);
            assertThat(account.rejected()).isEqualTo(rejected);
            assertThat(api.asked()).hasSize(1);
            assertThat(items.deadLetters()).extracting(each -> each.path("reason").asText()).contains("responded with "
                    + first + " for this record; the API may have processed the record");
            items.forget();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {424, 503})
    void aRefusalSendsTheRecordsAgainThatWereNotCarriedOut(int second) throws Exception {
        api.script(each -> each.number() > 1 ? Reply.of(200, "{}")
                : Reply.of(422, "{\"results\":[{\"code\":201},{\"code\":" + second + "}]}"));
        try (Delivery items = new Delivery(data.resolve("again"), api.url(), ITEMS)) {
            InputSummary account = items.deliver(Delivery.records(2));
            assertThat(account.held()).isEqualTo(1);
            assertThat(account.delivered()).isEqualTo(1);
            assertThat(api.asked()).extracting(ScriptedApi.Asked::ids).containsExactly(List.of(1, 2), List.of(2));
        }
    }

    @Test
    void aRefusalThatSaysOnlyWhatIsWrongSendsTheOtherRecordsAgain() throws Exception {
        api.script(each -> each.number() > 1 ? Reply.of(200, "{}")
                : Reply.of(422, "{\"results\":[{\"id\":1},{\"error\":\"no such user\"}]}"));
        try (Delivery items = new Delivery(data.resolve("errors"), api.url(), ITEMS.replace("status: /code",
                "error: /error"))) {
            InputSummary account = items.deliver(Delivery.records(2));
            assertThat(account.delivered()).isEqualTo(1);
            assertThat(account.rejected()).isEqualTo(1);
            assertThat(api.asked()).extracting(ScriptedApi.Asked::ids).containsExactly(List.of(1, 2), List.of(1));
            items.forget();
        }
    }

    @ParameterizedTest
    @CsvSource({"200, 1", "504, 1", "422, 0", "424, 0"})
    void soDoesARefusalOfOneRecord(int code, int held) throws Exception {
        api.script(each -> Reply.of(422, "{\"results\":[{\"code\":" + code + "}]}"));
        try (Delivery items = new Delivery(data.resolve("one"), api.url(), ITEMS)) {
            InputSummary account = items.deliver(Delivery.records(1));
            assertThat(account.held()).isEqualTo(held);
            assertThat(account.rejected()).isEqualTo(1 - held);
            assertThat(api.asked()).hasSize(1);
        }
    }

    @Test
    void aConnectionThatIsRefusedIsRetried() throws Exception {
        ScriptedApi gone = new ScriptedApi();
        gone.close();
        try (Delivery refused = new Delivery(data.resolve("refused"), gone.url(), "onceOnly=true&retryFor=1s")) {
            InputSummary account = refused.deliver(Delivery.records(1));
            assertThat(account.held()).isZero();
            assertThat(account.rejected()).isEqualTo(1);
            assertThat(account.requests()).isGreaterThan(1);
        }
    }

    @Test
    void aRequestThatDoesNotReachItsVendorApiIsRetried() throws Exception {
        api.script(each -> Reply.of(200));
        AtomicInteger calls = new AtomicInteger();
        try (Delivery unreached = new Delivery(data.resolve("unreached"), api.url(), "onceOnly=true")) {
            unreached.camel().addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    routeTemplate("stopped-api-action").templateBean("call").typeClass(ApiCall.class).end()
                            .from("kamelet:source")
                            .process(each -> {
                                if (calls.incrementAndGet() == 1) {
                                    throw new RejectedExecutionException();
                                }
                            }).to("kamelet:people-ai-api-action/people-ai-default");
                    from("direct:unreached").to("kamelet:http-delivery-sink/unreached:1?template=first&method=POST"
                            + "&path=/things&onceOnly=true&maxInFlight=1&api=kamelet:stopped-api-action/stopped");
                }
            });

            Exchange done = unreached.camel().createProducerTemplate().request("direct:unreached",
                    each -> each.getMessage().setBody(Delivery.records(2)));

            assertThat(done.getException()).isNull();
            assertThat(done.getProperty(InputSummary.PROPERTY, InputSummary.class).delivered()).isEqualTo(2);
        }
        assertThat(api.taken()).containsExactly(1, 2);
        assertThat(calls).hasValue(3);
    }

    @Test
    void whatTheDestinationRefusesIsRejectedNotHeld() throws Exception {
        api.script(each -> Reply.of(422));
        assertThat(delivery.deliver(Delivery.records(2)).rejected()).isEqualTo(2);
    }
}
