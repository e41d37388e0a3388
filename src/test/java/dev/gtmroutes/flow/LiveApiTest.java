// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.gtmroutes.AppWithSandbox;
import dev.gtmroutes.DataDirectory;
import dev.gtmroutes.TestDestination;
import dev.gtmroutes.delivery.ScriptedApi;
import dev.gtmroutes.delivery.status.DestinationRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.apache.camel.CamelContext;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A vendor API that is edited while a flow has several requests under way. */
@QuarkusTest
@QuarkusTestResource(AppWithSandbox.class)
class LiveApiTest {

    private static final int RECORDS = 100;
    private static final int EDITS = 4;
    private static final long ANSWER_MILLIS = 200;
    private static final Duration SOON = Duration.ofSeconds(20);

    @Inject
    CamelContext camel;

    TestDestination destination;
    DataDirectory data;
    private LiveRoutes live;
    private ScriptedApi vendor;
    private final CountDownLatch never = new CountDownLatch(1);

    @BeforeEach
    void begin() throws Exception {
        live = new LiveRoutes(data, destination);
        vendor = new ScriptedApi();
        vendor.script(each -> {
            await(ANSWER_MILLIS);
            return ScriptedApi.Reply.of(200);
        });
    }

    @AfterEach
    void end() {
        vendor.close();
    }

    /** The time that the vendor takes. */
    private void await(long millis) {
        try {
            never.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void api(String name, String agent) {
        live.kamelet(name + "-api-action", "people-ai/people-ai-api-action", text -> text
                .replace("default: \"\"", "default: \"{{people-ai.api-key}}\"")
                .replaceFirst("\\{\\{people-ai.base-url:[^}]*}}", vendor.url())
                .replace("userAgent: gtm-routes", "userAgent: " + agent));
    }

    private void awaitAgent(String agent) {
        Awaitility.await().atMost(SOON).until(() -> vendor.asked().stream()
                .anyMatch(each -> List.of(agent).equals(each.headers().get("User-agent"))));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void eachRequestIsSentOnceWhicheverRouteItFinds(boolean onceOnly) {
        String name = onceOnly ? "once-live" : "live";
        api(name, "edit-0");
        live.kamelet(name + "-sink", "people-ai/people-ai-push-call-activity-sink",
                text -> text.replace("kamelet:people-ai-api-action/people-ai-",
                        "kamelet:" + name + "-api-action/" + name + "-"));
        live.write(name, LiveRoutes.flow(name, "1", name + "-sink").replace("requestHeaders",
                "maxInFlight: 4, onceOnly: " + onceOnly + ", requestHeaders"));
        data.drop(name, "calls.ndjson", IntStream.rangeClosed(1, RECORDS).mapToObj("{\"n\":%d}\n"::formatted)
                .collect(Collectors.joining()));

        for (int edit = 1; edit <= EDITS; edit++) {
            awaitAgent("edit-" + (edit - 1));
            api(name, "edit-" + edit);
        }

        awaitAgent("edit-" + EDITS);
        data.awaitDone(name, "calls.ndjson");
        assertThat(vendor.asked()).flatExtracting(ScriptedApi.Asked::ids)
                .containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(1, RECORDS).boxed().toList());
        assertThat(data.deadLetters(name, each -> true)).isEmpty();
        assertThat(DestinationRegistry.of(camel).of(name)).singleElement()
                .satisfies(each -> assertThat(each.tally().retries()).as("failed attempts").isZero());
    }
}
