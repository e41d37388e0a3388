// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

import dev.gtmroutes.AppWithSandbox;
import dev.gtmroutes.DataDirectory;
import dev.gtmroutes.TestDestination;
import dev.gtmroutes.form.FlowEditor;
import dev.gtmroutes.form.RefusedEdit;
import dev.gtmroutes.rename.FlowRenames;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A flow gets another name while the program runs. */
@QuarkusTest
@QuarkusTestResource(AppWithSandbox.class)
class LiveRenameTest {

    private static final Duration SOON = Duration.ofSeconds(60);

    @Inject
    Flows flows;

    @Inject
    FlowEditor editor;

    @Inject
    FlowSwitch switches;

    @Inject
    FlowStatuses statuses;

    @Inject
    FlowRenames renames;

    TestDestination destination;
    DataDirectory data;
    private LiveRoutes live;

    @BeforeEach
    void begin() {
        live = new LiveRoutes(data, destination);
    }

    private void awaitState(String flow, FlowState state) {
        await().atMost(SOON).until(() -> statuses.of(flow).map(FlowStatus::state), Optional.of(state)::equals);
    }

    @Test
    void whatOnlyChangedRemembersMovesAlong() throws Exception {
        live.write("remember-a", LiveRoutes.flow("remember-a", "1").replace("{requestHeaders:",
                "{onlyChanged: test, requestHeaders:"));
        awaitState("remember-a", FlowState.ACTIVE);
        data.drop("remember-a", "one.ndjson", "{\"test\":\"remembered\"}\n");
        data.awaitDone("remember-a", "one.ndjson");
        assertThat(destination.requests("remembered")).hasSize(1);
        switches.pause("remember-a");
        renames.rename("remember-a", "remember-b");
        awaitState("remember-b", FlowState.PAUSED);
        assertThat(live.flowFile("remember-a")).doesNotExist();
        editor.activate("remember-b");
        data.drop("remember-b", "two.ndjson", "{\"test\":\"remembered\"}\n{\"test\":\"remembered-not\"}\n");
        data.awaitDone("remember-b", "two.ndjson");
        assertThat(destination.requests("remembered-not")).hasSize(1);
        assertThat(destination.requests("remembered")).hasSize(1);
        assertThat(data.path().resolve("state/only-changed/remember-a")).doesNotExist();
        live.delete("remember-b");
    }

    @Test
    void afterAFailureTheFlowIsPausedAsBeforeAndGoesOnUnderItsName() throws Exception {
        live.write("failing-a", LiveRoutes.flow("failing-a", "1"));
        live.awaitVersion("failing-a", "1");
        switches.pause("failing-a");
        Path file = flows.files().stream().filter(each -> each.flows().contains("failing-a")).findFirst().orElseThrow()
                .path();
        assertThatThrownBy(() -> flows.release(file, () -> {
            assertThat(statuses.of("failing-a")).isEmpty();
            throw new IOException("the disk is full");
        })).hasMessage("the disk is full");
        assertThat(statuses.of("failing-a").map(FlowStatus::state)).contains(FlowState.PAUSED);

        // A folder in the way, where none can be made.
        Files.createDirectories(data.path().resolve("inbox/failing-b/x"));
        assertThatThrownBy(() -> renames.rename("failing-a", "failing-b")).isInstanceOf(RefusedEdit.class)
                .hasMessageContaining("Data of an earlier flow of this name is still there");
        switches.resume("failing-a");
        live.awaitVersion("failing-a", "1");
        live.delete("failing-a");
    }
}
