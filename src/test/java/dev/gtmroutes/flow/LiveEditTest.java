// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.gtmroutes.AppWithSandbox;
import dev.gtmroutes.DataDirectory;
import dev.gtmroutes.TestDestination;
import dev.gtmroutes.console.Watcher;
import dev.gtmroutes.flow.files.FlowFile;
import dev.gtmroutes.flow.files.RouteProblem;
import dev.gtmroutes.sandbox.Sandbox;
import dev.gtmroutes.sandbox.faults.Misbehaviour;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Flows that are edited while they run. */
@QuarkusTest
@QuarkusTestResource(AppWithSandbox.class)
class LiveEditTest {

    private static final String SINGLE = "people-ai-push-call-activity";
    private static final Duration SOON = Duration.ofSeconds(20);

    @TestHTTPResource("/")
    URI program;

    @TestHTTPResource(value = "/", management = true)
    URI management;

    @Inject
    Flows flows;

    @Inject
    CamelContext camel;

    TestDestination destination;
    Sandbox sandbox;
    DataDirectory data;
    private LiveRoutes live;
    private Watcher watcher;

    @BeforeEach
    void begin() {
        live = new LiveRoutes(data, destination);
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

    private Optional<FlowFile> file(Path path) {
        return flows.files().stream().filter(each -> each.path().equals(path)).findFirst();
    }

    private void awaitProblem(Path path, String told) {
        await().atMost(SOON).untilAsserted(() -> assertThat(file(path)).hasValueSatisfying(
                file -> assertThat(file.problems()).anyMatch(each -> each.contains(told))));
    }

    private void awaitInOrder(Path path) {
        await().atMost(SOON).until(() -> file(path).filter(each -> each.isLoaded() && each.problems().isEmpty())
                .isPresent());
    }

    @Test
    void anEditThatCannotBeLoadedForgetsNothingThatOnlyChangedRemembers() throws Exception {
        String flow = LiveRoutes.flow("keeping", "1").replace("- to:\n", "- to:\n            id: first\n")
                .replace("{requestHeaders:", "{onlyChanged: test, requestHeaders:");
        Path file = live.write("keeping", flow);
        awaitInOrder(file);
        data.drop("keeping", "one.ndjson", "{\"test\":\"kept\"}\n");
        data.awaitDone("keeping", "one.ndjson");
        assertThat(destination.requests("kept")).hasSize(1);

        live.write("keeping", flow.replace("id: first", "id: second").replace("{onlyChanged",
                "{credential: nobodys, onlyChanged"));
        awaitProblem(file, "nobodys");
        data.drop("keeping", "two.ndjson", "{\"test\":\"kept\"}\n{\"test\":\"kept-not\"}\n");
        data.awaitDone("keeping", "two.ndjson");

        assertThat(destination.requests("kept-not")).hasSize(1);
        assertThat(destination.requests("kept")).hasSize(1);

        live.write("keeping", flow.replace("id: first", "id: second"));
        awaitInOrder(file);
        live.write("keeping", flow);
        awaitInOrder(file);
        data.drop("keeping", "three.ndjson", "{\"test\":\"kept\"}\n");
        data.awaitDone("keeping", "three.ndjson");
        // It was gone meanwhile, and others may have delivered the record.
        assertThat(destination.requests("kept")).hasSize(2);
        live.delete("keeping");
    }

    @Test
    void aFlowIsAddedChangedRenamedAndDeleted() throws Exception {
        Path file = live.write("live", LiveRoutes.flow("live", "1"));
        live.awaitVersion("live", "1");
        Route neighbour = camel.getRoute("calls");

        // Truncated and written anew, as cp does.
        Files.writeString(file, LiveRoutes.flow("live", "2"));
        live.awaitVersion("live", "2");
        assertThat(watcher.metric("gtm_records_delivered_total", "flow=\"live\"")).isGreaterThanOrEqualTo(2);

        Route running = camel.getRoute("live");
        Path renamed = Files.move(file, live.flowFile("live-renamed"));
        await().atMost(SOON).until(() -> file(renamed).isPresent() && file(file).isEmpty());
        live.awaitVersion("live", "2");
        assertThat(camel.getRoute("live")).isSameAs(running);
        assertThat(camel.getRoute("calls")).isSameAs(neighbour);

        live.delete("live-renamed");
        await().atMost(SOON).until(() -> file(renamed).isEmpty());
        data.drop("live", "late.ndjson", lines("late", 1));
        assertThat(flows.knows("live")).isFalse();
        assertThat(camel.getRoutes()).noneMatch(each -> each.getId().startsWith("live:") || each.getId().equals("live"));

        live.write("live", LiveRoutes.flow("live", "3"));
        data.awaitDone("live", "late.ndjson");
        live.delete("live");
    }

    @Test
    void theSameBytesExchangeNothing() throws Exception {
        Path file = live.write("live-same", LiveRoutes.flow("live-same", "1"));
        live.awaitVersion("live-same", "1");
        Route running = camel.getRoute("live-same");

        live.write("live-same", Files.readString(file));
        // Another edit, which is noticed later, has been taken over by then.
        live.write("live-other", LiveRoutes.flow("live-other", "1"));
        live.awaitVersion("live-other", "1");

        assertThat(camel.getRoute("live-same")).isSameAs(running);
    }

    @Test
    void aDirectoryThatIsALinkIsExchangedAtOnce() throws Exception {
        // As Kubernetes mounts a ConfigMap: file -> ..data/file, ..data -> ..1/
        Path flowsDirectory = live.flowFile("x").getParent();
        for (String version : List.of("1", "2")) {
            LiveRoutes.write(flowsDirectory.resolve(".." + version).resolve("live-map.yaml"),
                    LiveRoutes.flow("live-map", version));
        }
        Files.createSymbolicLink(flowsDirectory.resolve("..data"), Path.of("..1"));
        Files.createSymbolicLink(flowsDirectory.resolve("live-map.yaml"), Path.of("..data/live-map.yaml"));
        live.awaitVersion("live-map", "1");

        Files.createSymbolicLink(flowsDirectory.resolve("..tmp"), Path.of("..2"));
        Files.move(flowsDirectory.resolve("..tmp"), flowsDirectory.resolve("..data"),
                StandardCopyOption.ATOMIC_MOVE);
        live.awaitVersion("live-map", "2");
    }

    @Test
    void aBadEditChangesNothingAndIsReportedUntilItIsMended() {
        Path file = live.write("live-bad", LiveRoutes.flow("live-bad", "1"));
        live.awaitVersion("live-bad", "1");
        Route running = camel.getRoute("live-bad");

        live.write("live-bad", LiveRoutes.flow("live-bad", "2").replace("- to:", "- too:"));
        awaitProblem(file, "live-bad.yaml:8: too is not valid here");

        assertThat(file(file).orElseThrow()).satisfies(each -> {
            assertThat(each.isLoaded()).isTrue();
            assertThat(each.isOutdated()).isTrue();
            assertThat(each.flows()).containsExactly("live-bad");
        });
        assertThat(flows.problems())
                .contains(new RouteProblem(file, OptionalInt.of(8), "too is not valid here: did you mean to?"));
        assertThat(watcher.check().path("status").asText()).isEqualTo("DOWN");
        assertThat(watcher.check().path("data").path("live-bad").asText()).startsWith("active, with its previous version: ")
                .contains("live-bad.yaml:8");
        assertThat(watcher.flow("live-bad").path("problem").asText()).contains("live-bad.yaml:8");
        live.awaitVersion("live-bad", "1");
        assertThat(camel.getRoute("live-bad")).isSameAs(running);

        live.write("live-bad", LiveRoutes.flow("live-bad", "3"));
        live.awaitVersion("live-bad", "3");
        awaitInOrder(file);
        assertThat(watcher.flow("live-bad").path("problem").isNull()).isTrue();
    }

    @Test
    void anEditThatFailsOnlyWhenItIsLoadedLeavesTheOldVersion() {
        Path file = live.write("live-fails", LiveRoutes.flow("live-fails", "1"));
        live.awaitVersion("live-fails", "1");

        live.write("live-fails", LiveRoutes.flow("live-fails", "2").replace("{requestHeaders",
                "{failureWhen: errors, requestHeaders"));
        awaitProblem(file, "'errors' is not a JSON pointer");

        assertThat(file(file).orElseThrow().isOutdated()).isTrue();
        live.awaitVersion("live-fails", "1");
        live.write("live-fails", LiveRoutes.flow("live-fails", "3"));
        live.awaitVersion("live-fails", "3");
    }

    @Test
    void aSecondFileWithTheSameFlowWaitsUntilTheFirstIsGone() throws Exception {
        live.write("live-twin", LiveRoutes.flow("live-twin", "1"));
        live.awaitVersion("live-twin", "1");

        Path second = live.write("live-twin-2", LiveRoutes.flow("live-twin", "2"));
        awaitProblem(second, "another route has the id live-twin");
        live.awaitVersion("live-twin", "1");

        live.delete("live-twin");
        live.awaitVersion("live-twin", "2");
        awaitInOrder(second);
    }

    @Test
    void autoStartupOfAnEditStopsAndStartsWhileAPersonsPauseStays() {
        live.write("live-auto", LiveRoutes.flow("live-auto", "1"));
        live.awaitVersion("live-auto", "1");

        live.write("live-auto", LiveRoutes.flow("live-auto", "2").replace("Startup: true", "Startup: false"));
        await().atMost(SOON).until(() -> watcher.state("live-auto").equals("paused"));
        live.write("live-auto", LiveRoutes.flow("live-auto", "3"));
        live.awaitVersion("live-auto", "3");

        watcher.post("live-auto/pause");
        Route paused = camel.getRoute("live-auto");
        live.write("live-auto", LiveRoutes.flow("live-auto", "4"));
        await().atMost(SOON).until(() -> camel.getRoute("live-auto") != null && camel.getRoute("live-auto") != paused);
        assertThat(watcher.flow("live-auto").path("reason").asText()).isEqualTo("paused by a person");
        watcher.post("live-auto/resume");
        live.awaitVersion("live-auto", "4");
    }

    @Test
    void aDrainedFlowFinishesWhatIsUnderWayAndTheNewVersionGoesOnBehindIt() {
        live.write("live-drained", LiveRoutes.flow("live-drained", "1"));
        live.awaitVersion("live-drained", "1");
        sandbox.misbehave(Misbehaviour.forEver().endpoint(SINGLE).delayMs(20));
        data.drop("live-drained", "many.ndjson", lines("drained", 500));
        await().atMost(SOON).until(() -> destination.accepted("drained").size() > 20);

        live.write("live-drained", LiveRoutes.flow("live-drained", "2"));
        data.awaitDone("live-drained", "many.ndjson");

        assertThat(destination.accepted("drained").stream().map(each -> each.path("n").asInt()).sorted())
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 500).boxed().toList());
        assertThat(destination.requests("drained").stream().map(each -> each.header("x-version")).distinct())
                .containsExactly("1", "2");
    }

    @Test
    void recordsThatWaitForOthersAreNotLost() {
        String flow = LiveRoutes.flow("live-across", "1", "people-ai-push-batch-call-activities-sink")
                .replace("{requestHeaders", "{batchTimeout: 600000, requestHeaders");
        live.write("live-across", flow);
        await().atMost(SOON).until(() -> flows.knows("live-across"));
        data.drop("live-across", "waiting.ndjson", lines("live-across", 5));
        await().atMost(SOON).until(() -> watcher.metric("gtm_records_read_total", "flow=\"live-across\"") == 5);

        live.write("live-across", flow.replace("600000", "0").replace("X-Version:1", "X-Version:2"));

        data.awaitDone("live-across", "waiting.ndjson");
        assertThat(destination.accepted("live-across")).hasSize(5);
    }

    @Test
    void aSlowDrainHoldsUpNoOtherEdit() {
        live.write("live-slow", LiveRoutes.flow("live-slow", "1", "people-ai-push-chat-activity-sink"));
        live.write("live-quick", LiveRoutes.flow("live-quick", "1"));
        live.awaitVersion("live-slow", "1");
        live.awaitVersion("live-quick", "1");
        sandbox.misbehave(Misbehaviour.forEver().endpoint("people-ai-push-chat-activity").delayMs(8000));
        data.drop("live-slow", "slow.ndjson", lines("live-slow", 1));
        await().atMost(SOON).until(() -> watcher.metric("gtm_requests_in_flight", "flow=\"live-slow\"") == 1);
        Route slow = camel.getRoute("live-slow");

        live.write("live-slow", LiveRoutes.flow("live-slow", "2", "people-ai-push-chat-activity-sink"));
        live.write("live-quick", LiveRoutes.flow("live-quick", "2"));
        live.awaitVersion("live-quick", "2");

        assertThat(camel.getRoute("live-slow")).isSameAs(slow);
        data.awaitDone("live-slow", "slow.ndjson");
        sandbox.clearMisbehaviours();
        live.awaitVersion("live-slow", "2");
        assertThat(destination.accepted("live-slow")).hasSize(1);
    }

    @Test
    void aBurstOfEditsSettlesOnTheLast() throws Exception {
        Path file = live.write("live-burst", LiveRoutes.flow("live-burst", "0"));
        for (int i = 1; i <= 200; i++) {
            Files.writeString(file, LiveRoutes.flow("live-burst", String.valueOf(i)));
        }
        live.awaitVersion("live-burst", "200");
    }
}
