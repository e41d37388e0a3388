// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gtmroutes.AppWithSandbox;
import dev.gtmroutes.DataDirectory;
import dev.gtmroutes.TestDestination;
import dev.gtmroutes.sandbox.Sandbox;
import dev.gtmroutes.sandbox.faults.Misbehaviour;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The response webhook. Each test sends a number of records that no other one does. */
@QuarkusTest
@QuarkusTestResource(AppWithSandbox.class)
class WebhookTest {

    TestDestination destination;
    Sandbox sandbox;
    DataDirectory data;

    @AfterEach
    void behaveAgain() {
        sandbox.clearMisbehaviours();
    }

    private static String lines(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(i -> "{\"n\":" + i + "}\n").collect(Collectors.joining());
    }

    private List<JsonNode> events(int recordCount) {
        return destination.events().stream().map(each -> TestDestination.json(each.body()))
                .filter(each -> each.path("request").path("recordCount").asInt() == recordCount).toList();
    }

    @Test
    void everyResponseReachesTheWebhookAndNoCredentialDoes() {
        data.deliver("tapped", "tapped.ndjson", lines(171));

        await().until(() -> events(71).size() == 1 && !events(100).isEmpty());
        JsonNode event = events(71).get(0);
        assertThat(event.path("flow").asText()).isEqualTo("tapped");
        assertThat(event.path("template").asText()).isEqualTo("people-ai-push-batch-call-activities");
        assertThat(event.path("requestId").asText()).isNotBlank();
        assertThat(event.path("sentAt").asText()).endsWith("Z");
        assertThat(event.path("durationMs").isIntegralNumber()).isTrue();
        assertThat(event.path("attempt").asInt()).isEqualTo(1);
        assertThat(event.path("request").path("method").asText()).isEqualTo("PUT");
        assertThat(event.path("request").path("url").asText())
                .isEqualTo(sandbox.baseUrl("people-ai") + "/activities/call/_bulk");
        assertThat(event.path("response").path("status").asInt()).isEqualTo(200);
        assertThat(event.path("response").path("json").toString()).contains("accepted");
        assertThat(events("tapped", "people-ai-push-batch-call-activities")).isNotEmpty().allSatisfy(each -> {
            assertThat(each.query()).isEqualTo("team=gtm&kind=calls");
            assertThat(each.headers().keySet()).map(String::toLowerCase).doesNotContain("x-api-key");
            assertThat(each.toString()).doesNotContain(AppWithSandbox.KEY);
        });
    }

    @Test
    void failedAttemptsReachItTooUnderTheSameRequestId() {
        sandbox.misbehave(Misbehaviour.times(1).endpoint("people-ai-push-batch-call-activities").status(503)
                .retryAfter("0"));

        data.deliver("tapped", "tapped-again.ndjson", lines(63));

        await().until(() -> events(63).size() == 2);
        assertThat(events(63)).extracting(each -> each.path("response").path("status").asInt())
                .containsExactlyInAnyOrder(503, 200);
        assertThat(events(63)).extracting(each -> each.path("attempt").asInt()).containsExactlyInAnyOrder(1, 2);
        assertThat(events(63).stream().map(each -> each.path("requestId").asText()).distinct()).hasSize(1);
    }

    @Test
    void aRequestWithoutAnAnswerReachesItWithStatusZero() {
        sandbox.misbehave(Misbehaviour.times(1).endpoint("people-ai-push-batch-call-activities")
                .close(Misbehaviour.Close.BEFORE));

        data.deliver("tapped", "tapped-broken.ndjson", lines(37));

        await().until(() -> events(37).size() == 2);
        assertThat(events(37)).extracting(each -> each.path("response").path("status").asInt())
                .containsExactlyInAnyOrder(0, 200);
    }

    @Test
    void twoDestinationsOfAFlowTellTheirOwnWebhooks() {
        data.deliver("twice", "twice.ndjson", lines(53));

        await().until(() -> events("twice", "people-ai-push-batch-call-activities").size() == 6
                && events("twice", "people-ai-push-call-activity").size() == 53);
        assertThat(events("twice", "people-ai-push-batch-call-activities"))
                .allSatisfy(each -> assertThat(each.query()).isEqualTo("team=gtm&kind=first"));
        assertThat(events("twice", "people-ai-push-call-activity"))
                .allSatisfy(each -> assertThat(each.query()).isEqualTo("team=gtm&kind=second"));
    }

    private List<TestDestination.Event> events(String flow, String template) {
        return destination.events().stream().filter(each -> {
            JsonNode event = TestDestination.json(each.body());
            return event.path("flow").asText().equals(flow) && event.path("template").asText().equals(template);
        }).toList();
    }
}
