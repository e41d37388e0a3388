// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.gtmroutes.AppWithSandbox;
import dev.gtmroutes.DataDirectory;
import dev.gtmroutes.TestDestination;
import dev.gtmroutes.delivery.status.DestinationRegistry;
import dev.gtmroutes.delivery.status.DestinationStatus;
import dev.gtmroutes.delivery.status.PauseReason;
import dev.gtmroutes.form.FlowEditor;
import dev.gtmroutes.form.RefusedEdit;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A flow that paused itself before a restart, and is edited or deleted after it; and one that a person starts. */
@QuarkusTest
@QuarkusTestResource(AppWithSandbox.class)
class LivePauseTest {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String REASON = "20 records in a row were rejected for the same reason: responded with 404";

    @Inject
    Flows flows;

    @Inject
    FlowEditor editor;

    @Inject
    FlowSwitch switches;

    @Inject
    CamelContext camel;

    TestDestination destination;
    DataDirectory data;
    private LiveRoutes live;

    @BeforeEach
    void begin() {
        live = new LiveRoutes(data, destination);
    }

    /** As the program leaves it behind. */
    private Path note(String flow) throws IOException {
        Path note = data.path().resolve("state/paused/" + flow + "%3Apeople-ai-push-call-activity-delivery.json");
        Files.createDirectories(note.getParent());
        return Files.writeString(note, "{\"version\":1,\"reason\":\"" + REASON + "\",\"since\":\"2026-11-28T10:00:00Z\"}");
    }

    private Optional<String> pause(String flow) {
        return DestinationRegistry.of(camel).of(flow).stream().findFirst().flatMap(DestinationStatus::halt)
                .map(PauseReason::reason);
    }

    private void awaitPaused(String flow) {
        await().atMost(SOON).until(() -> pause(flow).equals(Optional.of(REASON)));
    }

    private void awaitProblem(String flow, String told) {
        await().atMost(SOON).until(() -> flows.files().stream().filter(each -> each.path().equals(live.flowFile(flow)))
                .anyMatch(file -> file.problems().stream().anyMatch(each -> each.contains(told))));
    }

    private static String failing(String flow, String version) {
        return LiveRoutes.flow(flow, version).replace("{requestHeaders", "{failureWhen: errors, requestHeaders");
    }

    @Test
    void whoStartsAFlowThatIsBeingChangedHoldsUpNoEditsOfOthers() throws Exception {
        live.write("live-pause-held", LiveRoutes.flow("live-pause-held", "1"));
        live.awaitVersion("live-pause-held", "1");
        List<Exception> failures = new CopyOnWriteArrayList<>();
        Thread starts = thread(() -> editor.activate("live-pause-held"), failures);
        switches.hold(List.of("live-pause-held"), () -> {
            starts.start();
            await().atMost(SOON).until(() -> starts.getState() == Thread.State.WAITING);
            Thread other = thread(() -> editor.delete("live-pause-nothing"), failures);
            other.start();
            await().atMost(SOON).until(() -> !other.isAlive());
        });
        starts.join();
        assertThat(failures).singleElement().isInstanceOf(RefusedEdit.class);
        live.delete("live-pause-held");
    }

    private interface Edit {

        void make() throws Exception;
    }

    private static Thread thread(Edit edit, List<Exception> failures) {
        return new Thread(() -> {
            try {
                edit.make();
            } catch (Exception e) {
                failures.add(e);
            }
        });
    }

    @Test
    void aNewFlowOfTheSameIdDoesNotBeginPaused() throws Exception {
        Path note = note("live-pause-gone");
        live.write("live-pause-gone", LiveRoutes.flow("live-pause-gone", "1"));
        awaitPaused("live-pause-gone");

        live.delete("live-pause-gone");

        await().atMost(SOON).until(() -> Files.notExists(note));
        live.write("live-pause-gone", LiveRoutes.flow("live-pause-gone", "2"));
        live.awaitVersion("live-pause-gone", "2");
        live.delete("live-pause-gone");
    }

    @Test
    void aFlowThatCouldNotBeLoadedIsForgottenWithItsFileToo() throws Exception {
        Path note = note("live-pause-broken");
        Path neighbour = note("live-pause-broken-2");
        live.write("live-pause-broken", failing("live-pause-broken", "1"));
        awaitProblem("live-pause-broken", "is not a JSON pointer");
        assertThat(note).exists();

        live.delete("live-pause-broken");

        await().atMost(SOON).until(() -> Files.notExists(note));
        assertThat(neighbour).exists();
        Files.delete(neighbour);
    }

    @Test
    void anEditEndsThePauseOnlyWhenItRuns() throws Exception {
        Path note = note("live-pause-edit");
        live.write("live-pause-edit", LiveRoutes.flow("live-pause-edit", "1"));
        awaitPaused("live-pause-edit");

        live.write("live-pause-edit", failing("live-pause-edit", "2"));
        awaitProblem("live-pause-edit", "is not a JSON pointer");
        assertThat(note).exists();
        awaitPaused("live-pause-edit");

        live.write("live-pause-edit", LiveRoutes.flow("live-pause-edit", "3"));
        live.awaitVersion("live-pause-edit", "3");
        assertThat(note).doesNotExist();
        live.delete("live-pause-edit");
    }

    @Test
    void anEditOfAPausedFlowThatTakesNoRecordsIsRememberedAsWell() throws Exception {
        Path note = note("live-pause-idle");
        live.write("live-pause-idle", LiveRoutes.flow("live-pause-idle", "1"));
        awaitPaused("live-pause-idle");

        live.write("live-pause-idle", LiveRoutes.flow("live-pause-idle", "2"));

        await().atMost(SOON).until(() -> Files.notExists(note));
        assertThat(pause("live-pause-idle")).isEmpty();
        live.delete("live-pause-idle");
    }
}
