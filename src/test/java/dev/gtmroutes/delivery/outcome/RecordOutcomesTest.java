// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.delivery.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.gtmroutes.AppWithSandbox;
import dev.gtmroutes.DataDirectory;
import dev.gtmroutes.TestDestination;
import dev.gtmroutes.sandbox.Sandbox;
import dev.gtmroutes.sandbox.faults.Misbehaviour;
import dev.gtmroutes.sandbox.server.RecordedRequest;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of records when the destination does not simply take them. */
@QuarkusTest
@QuarkusTestResource(AppWithSandbox.class)
class RecordOutcomesTest {

    private static final String BATCH = "people-ai-push-batch-call-activities";

    TestDestination destination;
    Sandbox sandbox;
    DataDirectory data;

    @AfterEach
    void behaveAgain() {
        sandbox.clearMisbehaviours();
    }

    private static String lines(String test, int count) {
        return IntStream.rangeClosed(1, count).mapToObj(i -> "{\"test\":\"" + test + "\",\"n\":" + i + "}\n")
                .collect(Collectors.joining());
    }

    @Test
    void aRefusedRecordBecomesADeadLetterWithTheAnswer() {
        sandbox.misbehave(Misbehaviour.times(2).endpoint(BATCH).status(422, "{\"error\":\"no duration\"}"));
        data.deliver("answers", "refused.ndjson", lines("refused", 2));
        assertThat(data.deadLetters("answers", "refused.ndjson")).singleElement().satisfies(each -> {
            assertThat(each.path("status").asInt()).isEqualTo(422);
            assertThat(each.path("answer").asText()).isEqualTo("{\"error\":\"no duration\"}");
            assertThat(each.path("reason").asText()).isEqualTo("responded with 422");
            assertThat(each.path("record").path("n").asLong()).isEqualTo(1);
            assertThat(each.path("line").asLong()).isEqualTo(1);
        });
        assertThat(destination.requests("refused")).hasSize(3);
        assertThat(destination.accepted("refused")).extracting(each -> each.path("n").asInt()).containsExactly(2);
    }

    @Test
    void aPassingFailureIsRetried() {
        sandbox.misbehave(Misbehaviour.times(2).endpoint(BATCH).status(503));

        data.deliver("answers", "passing.ndjson", lines("passing", 5));

        assertThat(destination.requests("passing")).extracting(RecordedRequest::status).containsExactly(503, 503, 200);
        assertThat(data.deadLetters("answers", "passing.ndjson")).isEmpty();
    }

    @Test
    void retryAfterIsHonoured() {
        sandbox.misbehave(Misbehaviour.times(1).endpoint(BATCH).status(429).retryAfter("2"));

        data.deliver("answers", "later.ndjson", lines("later", 5));

        List<RecordedRequest> requests = destination.requests("later");
        assertThat(requests).extracting(RecordedRequest::status).containsExactly(429, 200);
        assertThat(Duration.between(requests.get(0).time(), requests.get(1).time()))
                .isGreaterThanOrEqualTo(Duration.ofMillis(1990));
    }

    @Test
    void aBrokenConnectionIsRetried() {
        sandbox.misbehave(Misbehaviour.times(2).endpoint(BATCH).close(Misbehaviour.Close.BEFORE));

        data.deliver("answers", "broken.ndjson", lines("broken", 5));

        assertThat(destination.accepted("broken")).hasSize(5);
        assertThat(data.deadLetters("answers", "broken.ndjson")).isEmpty();
    }

    @Test
    void aFailureThatDoesNotPassBecomesDeadLetters() {
        sandbox.misbehave(Misbehaviour.forEver().endpoint(BATCH).status(500, "{\"error\":\"down\"}"));

        data.deliver("impatient", "down.ndjson", lines("down", 5));

        assertThat(data.deadLetters("impatient", "down.ndjson")).hasSize(5).allSatisfy(each -> {
            assertThat(each.path("status").asInt()).isEqualTo(500);
            assertThat(each.path("reason").asText()).matches("responded with 500 after \\d+ attempts");
        });
        assertThat(destination.requests("down")).hasSizeGreaterThan(1);
    }

    @Test
    void anAnswerThatRepeatsTheCredentialIsMasked() {
        sandbox.misbehave(
                Misbehaviour.forEver().endpoint(BATCH).status(400, "{\"error\":\"key " + AppWithSandbox.KEY + "?\"}"));

        data.deliver("impatient", "echo.ndjson", lines("echo", 3));

        assertThat(data.deadLetters("impatient", "echo.ndjson")).hasSize(3)
                .allSatisfy(each -> assertThat(each.path("answer").asText()).isEqualTo("{\"error\":\"key ***?\"}"));
    }
}
