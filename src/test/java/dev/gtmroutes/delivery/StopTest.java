// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.gtmroutes.AppWithSandbox;
import dev.gtmroutes.DataDirectory;
import dev.gtmroutes.TestDestination;
import dev.gtmroutes.sandbox.Sandbox;
import dev.gtmroutes.sandbox.faults.Misbehaviour;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(AppWithSandbox.class)
class StopTest {

    private static final String BATCH = "people-ai-push-batch-call-activities";

    @Inject
    CamelContext camel;

    TestDestination destination;
    Sandbox sandbox;
    DataDirectory data;

    @AfterEach
    void startAgain() throws Exception {
        sandbox.clearMisbehaviours();
        camel.getRouteController().startRoute("stopped");
    }

    private static String lines(String test, int count) {
        return IntStream.rangeClosed(1, count).mapToObj(i -> "{\"test\":\"" + test + "\",\"n\":" + i + "}\n")
                .collect(Collectors.joining());
    }

    @Test
    void aStoppedFlowFinishesItsRequestsAndKeepsTheRest() throws Exception {
        sandbox.misbehave(Misbehaviour.forEver().endpoint(BATCH).delayMs(50));
        data.drop("stopped", "stopped.ndjson", lines("stopped", 2000));
        await().until(() -> destination.accepted("stopped").size() > 50);

        camel.getRouteController().stopRoute("stopped");

        int delivered = destination.accepted("stopped").size();
        assertThat(delivered).isBetween(50, 1900);
        assertThat(delivered % 10).isZero();
        assertThat(data.inbox("stopped").resolve("stopped.ndjson")).exists();
        await().during(Duration.ofMillis(500)).until(() -> destination.accepted("stopped").size() == delivered);

        sandbox.clearMisbehaviours();
        camel.getRouteController().startRoute("stopped");
        data.awaitDone("stopped", "stopped.ndjson");
        assertThat(destination.accepted("stopped").stream().map(each -> each.path("n").asInt()).sorted())
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 2000).boxed().toList());
    }

    @Test
    void aRequestThatWaitsForAnotherAttemptIsKeptToo() throws Exception {
        sandbox.misbehave(Misbehaviour.forEver().endpoint(BATCH).status(503).retryAfter("60"));
        data.drop("stopped", "waiting.ndjson", lines("waiting", 25));
        await().atMost(Duration.ofSeconds(20)).until(() -> destination.requests("waiting").size() == 2);

        camel.getRouteController().stopRoute("stopped");
        assertThat(data.inbox("stopped").resolve("waiting.ndjson")).exists();

        sandbox.clearMisbehaviours();
        camel.getRouteController().startRoute("stopped");
        data.awaitDone("stopped", "waiting.ndjson");
        assertThat(destination.accepted("waiting")).hasSize(25);
        assertThat(data.deadLetters("stopped", "waiting.ndjson")).isEmpty();
    }

    @Test
    void aFlowWithTwoDestinationsIsStoppedInTheSecondAndNeitherMissesARecord() throws Exception {
        sandbox.misbehave(Misbehaviour.forEver().endpoint("people-ai-push-call-activity").delayMs(50));
        data.drop("both", "both.ndjson", lines("both", 200));
        await().atMost(Duration.ofSeconds(20)).until(() -> singles("both") > 20);

        camel.getRouteController().stopRoute("both");
        assertThat(singles("both")).isLessThan(190);
        assertThat(data.inbox("both").resolve("both.ndjson")).exists();

        sandbox.clearMisbehaviours();
        camel.getRouteController().startRoute("both");
        data.awaitDone("both", "both.ndjson");
        assertThat(singles("both")).isEqualTo(200);
        assertThat(destination.accepted("both")).hasSize(400);
    }

    private long singles(String test) {
        return destination.requests(test).stream()
                .filter(each -> each.accepted() > 0 && each.endpoint().equals("people-ai-push-call-activity")).count();
    }
}
