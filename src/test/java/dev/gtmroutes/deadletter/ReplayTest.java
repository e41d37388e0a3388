// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gtmroutes.AppWithSandbox;
import dev.gtmroutes.DataDirectory;
import dev.gtmroutes.TestDestination;
import dev.gtmroutes.sandbox.Sandbox;
import dev.gtmroutes.sandbox.faults.Misbehaviour;
import dev.gtmroutes.sandbox.server.RecordedRequest;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Records that one of a flow's two destinations rejected, in a running application. */
@QuarkusTest
@QuarkusTestResource(AppWithSandbox.class)
class ReplayTest {

    private static final String FLOW = "replayed";
    private static final String SINGLE = "people-ai-push-call-activity";

    TestDestination destination;
    Sandbox sandbox;
    DataDirectory data;

    @AfterEach
    void behaveAgain() {
        sandbox.clearMisbehaviours();
    }

    private List<RecordedRequest> accepted(String test, String endpoint) {
        return destination.requests(test).stream().filter(each -> each.accepted() > 0)
                .filter(each -> each.endpoint().equals(endpoint)).toList();
    }

    /** Delivers records that the second destination rejects, and chooses the letters that come of it. */
    private DeadLetterSelection rejected(String test, String records) {
        sandbox.misbehave(Misbehaviour.forEver().endpoint(SINGLE).status(422));
        data.deliver(FLOW, test + ".ndjson", records);
        List<JsonNode> letters = data.deadLetters(FLOW, test + ".ndjson");
        assertThat(letters).extracting(each -> each.path("destination").asText())
                .containsOnly("replayed:people-ai-push-call-activity-delivery");
        return new DeadLetterSelection(Set.of(), "responded with 422", null,
                Instant.parse(letters.get(0).path("time").asText()), null,
                null);
    }

    private boolean isInboxEmpty() throws IOException {
        try (Stream<Path> files = Files.list(data.inbox(FLOW))) {
            return files.noneMatch(Files::isRegularFile);
        }
    }

    @Test
    void theyArriveOnceAndOnlyThere() throws Exception {
        DeadLetterSelection choice = rejected("replay", "{\"test\":\"replay\",\"n\":1}\n{\"test\":\"replay\",\"n\":2}\n");
        sandbox.clearMisbehaviours();
        FlowLetters letters = new DeadLetterStore(data.path()).flow(FLOW);

        Replayed replayed = letters.replay(choice, false, (id, why) -> {
            throw new AssertionError(id + ": " + why);
        });

        assertThat(replayed).isEqualTo(new Replayed(2, 0, 0, replayed.files()));
        Awaitility.await().until(this::isInboxEmpty);
        assertThat(accepted("replay", SINGLE)).hasSize(2);
        assertThat(accepted("replay", "people-ai-push-batch-call-activities")).hasSize(1);
        assertThat(destination.accepted("replay")).extracting(each -> each.path("n").asInt())
                .containsExactlyInAnyOrder(1, 2, 1, 2);
    }

    @Test
    void aRecordThatIsRejectedAgainIsANewLetter() throws Exception {
        DeadLetterSelection choice = rejected("again", "{\"test\":\"again\"}\n");
        FlowLetters letters = new DeadLetterStore(data.path()).flow(FLOW);

        letters.replay(choice, false, (id, why) -> {});

        Awaitility.await().until(() -> data.deadLetters(FLOW,
                each -> each.path("record").path("test").asText().equals("again")).size() == 2);
        try (Letters open = letters.letters(choice)) {
            assertThat(open).toIterable().hasSize(1)
                    .allSatisfy(each -> assertThat(each.sourceFile()).startsWith("replay-"));
        }
    }
}
