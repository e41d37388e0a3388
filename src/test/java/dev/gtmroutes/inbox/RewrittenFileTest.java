// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
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

/** Files that change between the first record of them that is sent and the last. */
@QuarkusTest
@QuarkusTestResource(AppWithSandbox.class)
class RewrittenFileTest {

    private static final String FLOW = "rewritten";

    @Inject
    CamelContext camel;

    TestDestination destination;
    Sandbox sandbox;
    DataDirectory data;

    @AfterEach
    void startAgain() throws Exception {
        sandbox.clearMisbehaviours();
        camel.getRouteController().startRoute(FLOW);
    }

    private void slowDown() {
        sandbox.misbehave(Misbehaviour.forEver().endpoint("people-ai-push-batch-call-activities").delayMs(50));
    }

    private static String lines(String test, int from, int to) {
        return IntStream.rangeClosed(from, to).mapToObj(i -> "{\"test\":\"" + test + "\",\"n\":" + i + "}\n")
                .collect(Collectors.joining());
    }

    private List<Integer> numbers(String test) {
        return destination.accepted(test).stream().map(each -> each.path("n").asInt()).sorted().toList();
    }

    private static List<Integer> oneTo(int last) {
        return IntStream.rangeClosed(1, last).boxed().toList();
    }

    @Test
    void anotherFileOfTheSameNameAfterAStopIsReadFromItsBegin() throws Exception {
        slowDown();
        Path file = data.drop(FLOW, "daily.ndjson", lines("monday", 1, 1000));
        await().until(() -> destination.accepted("monday").size() > 50);
        camel.getRouteController().stopRoute(FLOW);
        assertThat(file).exists();

        data.drop(FLOW, "daily.ndjson", lines("tuesday", 1, 1200));
        sandbox.clearMisbehaviours();
        camel.getRouteController().startRoute(FLOW);
        data.awaitDone(FLOW, "daily.ndjson");

        assertThat(numbers("tuesday")).isEqualTo(oneTo(1200));
    }

    @Test
    void theRestOfAWriterWhoPausedIsDelivered() throws Exception {
        slowDown();
        // The writer pauses in the middle of the last line.
        Path file = data.drop(FLOW, "paused.ndjson", lines("paused", 1, 200) + "{\"test\":\"pau");
        await().until(() -> destination.accepted("paused").size() > 20);
        Files.writeString(file, "sed\",\"n\":201}\n" + lines("paused", 202, 300), StandardOpenOption.APPEND);
        sandbox.clearMisbehaviours();
        data.awaitDone(FLOW, "paused.ndjson");

        assertThat(numbers("paused")).isEqualTo(oneTo(300));
        assertThat(data.inbox(FLOW).resolve(".paused.ndjson.progress")).doesNotExist();
    }
}
