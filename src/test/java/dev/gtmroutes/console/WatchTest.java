// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gtmroutes.AppWithSandbox;
import dev.gtmroutes.DataDirectory;
import dev.gtmroutes.TestDestination;
import dev.gtmroutes.sandbox.Sandbox;
import dev.gtmroutes.sandbox.faults.Misbehaviour;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Flows in each of their states, as metrics, the health check and {@code /api/flows} show them. */
@QuarkusTest
@QuarkusTestResource(AppWithSandbox.class)
class WatchTest {

    private static final String SINGLE = "people-ai-push-call-activity";
    private static final String BATCH = "people-ai-push-batch-call-activities";
    private static final String OUTBOX = "tapped." + BATCH;
    private static final Duration LONG = Duration.ofSeconds(40);

    @TestHTTPResource("/")
    URI program;

    @TestHTTPResource(value = "/", management = true)
    URI management;

    TestDestination destination;
    Sandbox sandbox;
    DataDirectory data;
    private Watcher watcher;

    @BeforeEach
    void watch() {
        watcher = new Watcher(program, management);
    }

    @AfterEach
    void behaveAgain() {
        sandbox.clearMisbehaviours();
    }

    private static String lines(String test, int count) {
        return IntStream.rangeClosed(1, count).mapToObj(i -> "{\"test\":\"" + test + "\",\"n\":" + i + "}\n")
                .collect(Collectors.joining());
    }

    private void awaitState(String flow, String state) {
        await().atMost(LONG).until(() -> watcher.state(flow).equals(state));
    }

    private double metric(String name, String flow, String tag) {
        return watcher.metric(name, "flow=\"" + flow + "\"", tag);
    }

    private void assertShown(String flow, String state, String reason) {
        JsonNode shown = watcher.flow(flow);
        assertThat(shown.path("state").asText()).isEqualTo(state);
        assertThat(shown.path("reason").asText()).contains(reason).doesNotContain("\n");
        assertThat(Instant.parse(shown.path("since").asText())).isBeforeOrEqualTo(Instant.now());
        assertThat(watcher.check().path("data").path(flow).asText()).startsWith(state).contains(reason);
        assertThat(metric("gtm_flow_state", flow, "state=\"" + state + "\"")).isEqualTo(1);
        assertThat(metric("gtm_flow_state", flow, "state=\"active\"")).isEqualTo(state.equals("active") ? 1 : 0);
    }

    @Test
    void whatAnActiveFlowDoesIsCounted() {
        sandbox.misbehave(Misbehaviour.times(1).endpoint(BATCH).status(503));

        data.deliver("counted", "counted.ndjson", lines("counted", 25) + "broken\n");

        assertShown("counted", "active", "");
        String template = "template=\"" + BATCH + "\"";
        assertThat(metric("gtm_records_read_total", "counted", template)).isEqualTo(26);
        assertThat(metric("gtm_records_delivered_total", "counted", template)).isEqualTo(25);
        assertThat(metric("gtm_records_rejected_total", "counted", "reason=\"unfit\"")).isEqualTo(1);
        assertThat(metric("gtm_records_held_total", "counted", template)).isZero();
        assertThat(metric("gtm_requests_total", "counted", "status=\"503\"")).isEqualTo(1);
        assertThat(metric("gtm_requests_total", "counted", "status=\"200\"")).isEqualTo(3);
        assertThat(metric("gtm_request_retries_total", "counted", template)).isEqualTo(1);
        assertThat(metric("gtm_requests_in_flight", "counted", template)).isZero();
        assertThat(metric("gtm_request_seconds_count", "counted", template)).isEqualTo(4);
        assertThat(metric("gtm_request_seconds_bucket", "counted", "le=\"+Inf\"")).isEqualTo(4);
        assertThat(metric("gtm_request_seconds_sum", "counted", template)).isPositive();
        assertThat(metric("gtm_oldest_undelivered_seconds", "counted", template)).isZero();
        JsonNode counts = watcher.flow("counted").path("destinations").path(0);
        assertThat(counts.toString()).isEqualTo("{\"template\":\"" + BATCH + "\",\"read\":26,"
                + "\"delivered\":25,\"rejected\":1,\"held\":0,\"unchanged\":0,\"inFlight\":0,\"oldestUndelivered\":null}");
    }

    @Test
    void whatTellsAWebhookIsCountedByItself() {
        data.deliver("tapped", "told.ndjson", lines("told", 3));

        await().until(() -> metric("gtm_response_events_delivered_total", "tapped", "outbox=\"" + OUTBOX + "\"") > 0);
        assertThat(metric("gtm_response_events_state", "tapped", "state=\"active\"")).isEqualTo(1);
        assertThat(metric("gtm_response_events_requests_total", "tapped", "status=\"204\"")).isPositive();
        assertThat(watcher.metrics().lines().filter(each -> each.contains("-responses\"")))
                .allMatch(each -> each.startsWith("gtm_dead_letters{"));
        assertThat(watcher.flow("tapped").path("destinations").path(0).path("delivered").asInt()).isPositive();
        assertThat(watcher.state(OUTBOX + "-responses")).isEqualTo("active");
        assertThat(watcher.check().path("data").path(OUTBOX + "-responses").asText()).isEqualTo("active");
        assertThat(watcher.flow(OUTBOX + "-responses").path("description").asText())
                .isEqualTo("Responses of tapped to its webhook");
    }

    @Test
    void aRequestUnderWayIsInFlight() {
        sandbox.misbehave(Misbehaviour.times(1).endpoint(BATCH).delayMs(5_000));
        data.drop("watched", "in-flight.ndjson", lines("in-flight", 5));

        await().until(() -> metric("gtm_requests_in_flight", "watched", "template") == 1);
        assertThat(metric("gtm_oldest_undelivered_seconds", "watched", "template")).isPositive();
        assertThat(watcher.flow("watched").path("destinations").path(0).path("inFlight").asInt()).isEqualTo(1);

        data.awaitDone("watched", "in-flight.ndjson");
    }

    @Test
    void aFlowPausedAfterRejectionsGoesOnWhenItIsResumed() {
        sandbox.misbehave(Misbehaviour.forEver().endpoint(SINGLE)
                .status(422, "{\"error\":\"no duration, key " + AppWithSandbox.KEY + "\"}"));
        data.drop("refused", "refused.ndjson", lines("refused-20", 30));

        awaitState("refused", "paused-after-rejections");
        assertShown("refused", "paused-after-rejections", "20 records in a row were rejected");
        assertThat(watcher.check().path("status").asText()).isEqualTo("DOWN");
        assertThat(watcher.health("group/flows").statusCode()).isEqualTo(503);
        assertThat(watcher.health("ready").statusCode()).isEqualTo(200);
        assertThat(watcher.health("live").statusCode()).isEqualTo(200);
        assertThat(metric("gtm_records_rejected_total", "refused", "reason=\"422\"")).isEqualTo(20);
        assertThat(metric("gtm_oldest_undelivered_seconds", "refused", "template")).isPositive();
        await().until(() -> metric("gtm_requests_in_flight", "refused", "template") == 0);
        assertThat(watcher.flow("refused").toString() + watcher.health("group/flows").body() + watcher.metrics())
                .doesNotContain(AppWithSandbox.KEY);

        sandbox.clearMisbehaviours();
        assertThat(watcher.post("refused/resume").statusCode()).isEqualTo(200);
        data.awaitDone("refused", "refused.ndjson");
        assertThat(destination.accepted("refused-20")).hasSize(10);
        assertShown("refused", "active", "");
    }

    @Test
    void aFlowThatWaitsForItsCredentialGoesOnByItself() {
        sandbox.misbehave(Misbehaviour.forEver().endpoint(SINGLE).status(401));
        data.drop("locked", "locked.ndjson", lines("locked", 3));

        awaitState("locked", "waiting-for-credential");
        assertShown("locked", "waiting-for-credential", "401");
        assertThat(watcher.health("group/flows").statusCode()).isEqualTo(503);
        assertThat(watcher.health("ready").statusCode()).isEqualTo(200);

        sandbox.clearMisbehaviours();
        data.awaitDone("locked", "locked.ndjson");
        assertThat(destination.accepted("locked")).hasSize(3);
        assertShown("locked", "active", "");
        assertThat(metric("gtm_records_rejected_total", "locked", "template")).isEqualTo(-1);
    }

    @Test
    void aFlowThatWaitsForItsCredentialIsResumedByAPerson() {
        sandbox.misbehave(Misbehaviour.forEver().endpoint(SINGLE).status(401));
        data.drop("locked", "unlocked.ndjson", lines("unlocked", 3));
        awaitState("locked", "waiting-for-credential");

        sandbox.clearMisbehaviours();
        JsonNode resumed = TestDestination.json(watcher.post("locked/resume").body());

        assertThat(resumed.path("state").asText()).isEqualTo("active");
        data.awaitDone("locked", "unlocked.ndjson");
        assertThat(destination.accepted("unlocked")).hasSize(3);
    }

    @Test
    void aPausedFlowKeepsItsRecordsUntilItIsResumed() {
        HttpResponse<String> answer = watcher.post("paused/pause");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(TestDestination.json(answer.body()).path("state").asText()).isEqualTo("paused");
        assertShown("paused", "paused", "paused by a person");
        assertThat(watcher.post("paused/pause").statusCode()).isEqualTo(200);

        data.drop("paused", "waits.ndjson", lines("waits", 3));
        // Its neighbour takes what is dropped later, so the paused one has been passed over by then.
        data.deliver("watched", "after-waits.ndjson", lines("after-waits", 1));
        assertThat(destination.requests("waits")).isEmpty();
        assertThat(watcher.flow("paused").path("oldestUndelivered").isTextual()).isTrue();
        assertThat(metric("gtm_oldest_undelivered_seconds", "paused", "template")).isPositive();
        assertThat(metric("gtm_waiting_files", "paused", "")).isEqualTo(1);
        assertThat(metric("gtm_waiting_bytes", "paused", "")).isEqualTo(lines("waits", 3).length());

        assertThat(watcher.post("paused/resume").statusCode()).isEqualTo(200);
        data.awaitDone("paused", "waits.ndjson");
        assertThat(destination.accepted("waits")).hasSize(3);
        assertThat(metric("gtm_waiting_files", "paused", "")).isZero();
        assertShown("paused", "active", "");
    }

    @Test
    void aHaltedFlowIsPausedAtOnceAndResumedWithEachRecordOnce() {
        sandbox.misbehave(Misbehaviour.forEver().endpoint(SINGLE).status(401));
        data.drop("locked", "halted.ndjson", lines("halted", 30));
        awaitState("locked", "waiting-for-credential");

        watcher.post("locked/pause");
        assertShown("locked", "paused", "paused by a person");
        sandbox.clearMisbehaviours();
        watcher.post("locked/resume");

        data.awaitDone("locked", "halted.ndjson");
        assertThat(destination.accepted("halted")).hasSize(30);
    }

    @Test
    void aFlowThatIsNotActivatedIsPausedOnPurpose() {
        assertShown("inactive", "paused", "not activated");
    }

    @Test
    void aFlowThatIsNotLoadedSaysWhereAndWhy() throws Exception {
        Files.createDirectories(data.inbox("bad-number"));
        data.drop("bad-number", "waits.ndjson", lines("bad-number", 1));

        assertShown("bad-number", "not-loaded", "bad-number.yaml:12: In Flight: 'many' is not a whole number");
        assertThat(watcher.check().path("status").asText()).isEqualTo("DOWN");
        await().until(() -> watcher.metric("gtm_oldest_undelivered_seconds", "flow=\"bad-number\"") > 0);
        HttpResponse<String> answer = watcher.post("bad-number/resume");
        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(TestDestination.json(answer.body()).path("detail").asText()).contains("bad-number.yaml:12");
    }

    @Test
    void anUnknownFlowIsAProblem() {
        assertThat(watcher.post("nowhere/pause").statusCode()).isEqualTo(404);
        assertThat(watcher.post("nowhere/resume").statusCode()).isEqualTo(404);
        assertThat(Watcher.get(program.resolve("/api/flows/nowhere")).statusCode()).isEqualTo(404);
        assertThat(Watcher.get(program.resolve("/api/flows/inactive")).body()).contains("\"state\":\"paused\"");
    }

    @Test
    void aPageOfAnotherSiteCannotPauseAFlow() {
        HttpResponse<String> answer = watcher.post("watched/pause", "Origin", "https://elsewhere.example");

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(watcher.post("watched/pause", "Origin", "null").statusCode()).isEqualTo(403);
        assertThat(watcher.state("watched")).isEqualTo("active");
        assertThat(watcher.post("watched/resume", "Origin", "http://" + program.getAuthority()).statusCode()).isEqualTo(200);
    }

    @Test
    void aRateBudgetIsShownByItsCredential() {
        String credential = "credential=\"people-ai-paced\"";

        assertThat(watcher.metric("gtm_rate_limit_points", credential)).isEqualTo(1);
        assertThat(watcher.metric("gtm_rate_window_seconds", credential)).isEqualTo(3600);
        assertThat(watcher.metric("gtm_rate_used_points", credential)).isNotNegative();
        assertThat(watcher.metric("gtm_requests_waiting_for_rate", credential)).isNotNegative();
    }

    @Test
    void metricsAreServedOnThePortForThemOnly() {
        assertThat(Watcher.get(program.resolve("/observe/metrics")).statusCode()).isEqualTo(404);
        assertThat(Watcher.get(management.resolve("/api/flows")).statusCode()).isEqualTo(404);
        assertThat(watcher.metrics()).contains("# TYPE gtm_request_seconds histogram").contains("jvm_memory_used_bytes")
                .doesNotContain("camel_");
    }
}
