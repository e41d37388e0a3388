// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.sandbox.faults;

import static dev.gtmroutes.sandbox.Caller.BULK;
import static dev.gtmroutes.sandbox.Caller.BULK_ENDPOINT;
import static dev.gtmroutes.sandbox.Caller.CALL;
import static dev.gtmroutes.sandbox.Caller.CALL_ENDPOINT;
import static dev.gtmroutes.sandbox.Caller.array;
import static dev.gtmroutes.sandbox.Caller.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import dev.gtmroutes.sandbox.Caller;
import dev.gtmroutes.sandbox.Sandbox;
import dev.gtmroutes.sandbox.server.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the sandbox does wrong when a test tells it to. */
class MisbehaviourTest {

    private Sandbox sandbox;
    private Caller caller;

    @BeforeEach
    void start() {
        sandbox = Sandbox.start(0);
        caller = new Caller(sandbox);
    }

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @Test
    void answersTheNextRequestsWithAnErrorAndCarriesNothingOut() {
        sandbox.misbehave(Misbehaviour.times(2).status(503).retryAfter("2"));

        HttpResponse<String> first = caller.put(BULK, array(5));
        assertThat(first.statusCode()).isEqualTo(503);
        assertThat(first.headers().firstValue("Retry-After")).hasValue("2");
        assertThat(json(first).get("error").textValue()).isEqualTo("the sandbox misbehaves");
        assertThat(statuses(CALL, 2)).containsExactly(503, 200);

        assertThat(sandbox.requests()).extracting(RecordedRequest::records).containsExactly(5, 1, 1);
        assertThat(sandbox.requests()).extracting(RecordedRequest::misbehaved).containsExactly(true, true, false);
        assertThat(sandbox.summary().accepted()).isEqualTo(1);
        assertThat(sandbox.summary().status(503)).isEqualTo(2);
    }

    @Test
    void answersWithTheGivenBody() {
        sandbox.misbehave(Misbehaviour.times(1).status(502, "<html>Bad Gateway</html>"));
        sandbox.misbehave(Misbehaviour.times(1).status(500, "{\"error\":{\"code\":7}}"));

        HttpResponse<String> page = caller.put(CALL, "{}");
        HttpResponse<String> json = caller.put(CALL, "{}");
        assertThat(page.body()).isEqualTo("<html>Bad Gateway</html>");
        assertThat(page.headers().firstValue("Content-Type")).hasValue("text/plain; charset=utf-8");
        assertThat(json.body()).isEqualTo("{\"error\":{\"code\":7}}");
        assertThat(json.headers().firstValue("Content-Type")).hasValue("application/json");
    }

    @Test
    void carriesOutWhatItAnswersWithAnotherSuccess() {
        sandbox.misbehave(Misbehaviour.times(2).status(202));
        sandbox.misbehave(Misbehaviour.times(1).status(204));

        assertThat(caller.put(CALL, "{}").statusCode()).isEqualTo(202);
        assertThat(caller.put(CALL, "no json").statusCode()).isEqualTo(202);
        assertThat(caller.put(CALL, "{}").body()).isEmpty();
        assertThat(sandbox.requests()).extracting(RecordedRequest::accepted).containsExactly(1, 0, 1);
    }

    @Test
    void meetsOnlyTheEndpointOrVendorItIsFor() {
        sandbox.misbehave(Misbehaviour.times(1).endpoint(BULK_ENDPOINT).status(500));
        sandbox.misbehave(Misbehaviour.times(1).vendor("people-ai").endpoint(CALL_ENDPOINT).status(501));
        sandbox.misbehave(Misbehaviour.times(1).vendor("people-ai").status(502));

        assertThat(caller.control("GET", "/elsewhere", "").statusCode()).isEqualTo(404);
        assertThat(caller.put(CALL, "{}").statusCode()).isEqualTo(501);
        assertThat(caller.put("/nowhere", "{}").statusCode()).isEqualTo(502);
        assertThat(caller.put(CALL, "{}").statusCode()).isEqualTo(200);
        assertThat(caller.put(BULK, "[{}]").statusCode()).isEqualTo(500);
        assertThat(caller.put(BULK, "[{}]").statusCode()).isEqualTo(200);
    }

    @Test
    void usesThoseWithACountInOrderAndThenTheNewestThatHoldsForEver() {
        sandbox.misbehave(Misbehaviour.forEver().status(500));
        sandbox.misbehave(Misbehaviour.forEver().status(501));
        sandbox.misbehave(Misbehaviour.times(1).status(502));
        sandbox.misbehave(Misbehaviour.times(1).status(503));

        assertThat(statuses(CALL, 5)).containsExactly(502, 503, 501, 501, 501);
        sandbox.clearMisbehaviours();
        assertThat(statuses(CALL, 1)).containsExactly(200);
    }

    @Test
    void closesTheConnectionBeforeItReadsTheBody() {
        sandbox.misbehave(Misbehaviour.times(1).close(Misbehaviour.Close.BEFORE));

        assertThatThrownBy(() -> caller.put(BULK, array(3))).hasRootCauseInstanceOf(IOException.class);
        assertThat(sandbox.requests()).singleElement().satisfies(request -> {
            assertThat(request.endpoint()).isEqualTo(BULK_ENDPOINT);
            assertThat(request.status()).isZero();
            assertThat(request.accepted()).isZero();
            assertThat(request.body()).isEmpty();
        });
        assertThat(sandbox.summary().byStatus()).containsEntry("closed", 1L);
        assertThat(caller.look("/sandbox/requests").at("/requests/0/status").textValue()).isEqualTo("closed");
        assertThat(caller.put(BULK, array(3)).statusCode()).isEqualTo(200);
    }

    @Test
    void closesTheConnectionAfterItCarriedTheRequestOut() {
        sandbox.misbehave(Misbehaviour.times(2).close(Misbehaviour.Close.AFTER));

        assertThatThrownBy(() -> caller.put(BULK, array(3))).hasRootCauseInstanceOf(IOException.class);
        assertThatThrownBy(() -> caller.put(BULK, "[]")).hasRootCauseInstanceOf(IOException.class);
        assertThat(sandbox.requests()).extracting(RecordedRequest::accepted).containsExactly(3, 0);
        assertThat(sandbox.requests()).extracting(RecordedRequest::status).containsExactly(0, 0);
        assertThat(sandbox.requests().get(0).body()).asString().isEqualTo(array(3));
    }

    @Test
    void answersLateWhatItCarriedOutAtOnce() {
        sandbox.misbehave(Misbehaviour.times(1).delayMs(Misbehaviour.MAX_DELAY_MS));

        CompletableFuture<?> answer = HttpClient.newHttpClient().sendAsync(
                caller.peopleAi(BULK).PUT(BodyPublishers.ofString(array(2))).build(), BodyHandlers.ofString());
        await().until(() -> sandbox.summary().accepted() == 2);
        assertThat(answer).isNotDone();
        assertThat(caller.put(CALL, "{}").statusCode()).isEqualTo(200);
    }

    @Test
    void delaysAsLongAsItWasTold() {
        sandbox.misbehave(Misbehaviour.times(1).delayMs(150).status(429));

        long start = System.nanoTime();
        assertThat(caller.put(CALL, "{}").statusCode()).isEqualTo(429);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(140));
    }

    @Test
    void sendsTheHeadAtOnceAndTheBodySlowly() throws Exception {
        sandbox.misbehave(Misbehaviour.times(1).slowMs(150));

        long start = System.nanoTime();
        HttpResponse<InputStream> response = HttpClient.newHttpClient().send(
                caller.peopleAi(CALL).PUT(BodyPublishers.ofString("{}")).build(), BodyHandlers.ofInputStream());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body().read()).isEqualTo('{');
        assertThat(response.body().readAllBytes()).asString().isEqualTo("\"status\":\"ok\",\"accepted\":1}");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(140));
    }

    @Test
    void addsTheStandingLatencyToEveryRequest() {
        sandbox.latencyMs(100);

        long start = System.nanoTime();
        assertThat(statuses(CALL, 2)).containsExactly(200, 200);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(190));
        assertThat(sandbox.requests()).noneMatch(RecordedRequest::misbehaved);

        sandbox.latencyMs(Misbehaviour.MAX_DELAY_MS).clearMisbehaviours();
        assertThat(statuses(CALL, 1)).containsExactly(200);
    }

    @Test
    void refusesWhatMakesNoSense() {
        assertThatThrownBy(() -> Misbehaviour.times(0)).hasMessage("times must be 1 or more, or -1 for no end");
        assertThatThrownBy(() -> Misbehaviour.times(1).status(99)).hasMessage("status must be 200 to 599");
        assertThatThrownBy(() -> sandbox.misbehave(Misbehaviour.times(1)))
                .hasMessage("nothing to do: set status, delayMs, slowMs or close");
        assertThatThrownBy(() -> sandbox.misbehave(Misbehaviour.times(1).endpoint("x").status(500)))
                .hasMessageStartingWith("unknown endpoint 'x' here; there are: people-ai-push-chat-activity, ");
        assertThatThrownBy(() -> sandbox.latencyMs(-1)).hasMessage("latencyMs must be 0 to 600000");
    }

    private List<Integer> statuses(String path, int times) {
        return IntStream.range(0, times).mapToObj(i -> caller.put(path, "{}").statusCode()).toList();
    }
}
