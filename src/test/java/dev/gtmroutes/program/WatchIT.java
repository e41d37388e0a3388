// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;

import dev.gtmroutes.console.Watcher;
import dev.gtmroutes.sandbox.Sandbox;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program as it is watched. */
class WatchIT {

    private static final String KEY = "watch-key-41aa";

    @TempDir
    Path directory;

    @Test
    void aProgramWhoseFlowsRunOrArePausedOnPurposeIsReady() throws Exception {
        try (Sandbox sandbox = Sandbox.start(0).accept("people-ai", KEY);
                Program program = Program.in(directory).env("PEOPLE_AI_API_KEY", KEY)
                        .env("PEOPLE_AI_BASE_URL", sandbox.baseUrl("people-ai"))) {
            program.start().awaitStarted();
            Watcher watcher = new Watcher(URI.create("http://127.0.0.1:" + program.port()),
                    URI.create("http://127.0.0.1:" + program.managementPort()));

            // It listens before its flows are read.
            await().until(() -> watcher.health("ready").statusCode() == 200);
            assertThat(watcher.health("live").statusCode()).isEqualTo(200);
            assertThat(watcher.health("started").body()).contains("\"UP\"").contains("flows are read");
            assertThat(watcher.state("calls")).isEqualTo("active");
            assertThat(watcher.state("single-calls")).isEqualTo("paused");

            assertThat(watcher.post("calls/pause").statusCode()).isEqualTo(200);
            assertThat(watcher.post("single-calls/resume").statusCode()).isEqualTo(200);
            assertThat(watcher.state("calls")).isEqualTo("paused");
            assertThat(watcher.state("single-calls")).isEqualTo("active");
            assertThat(watcher.health("ready").statusCode()).isEqualTo(200);
            assertThat(watcher.metric("gtm_flow_state", "flow=\"calls\"", "state=\"paused\"")).isEqualTo(1);
            assertThat(program.terminate()).isEqualTo(143);
        }
    }

    @Test
    void aProgramWithAFlowThatIsNotLoadedIsReadyAndItsFlowsAreDown() throws Exception {
        // There is no API key, so no flow to People.ai can be loaded.
        try (Program program = Program.in(directory)) {
            program.start().awaitStarted();
            Watcher watcher = new Watcher(URI.create("http://127.0.0.1:" + program.port()),
                    URI.create("http://127.0.0.1:" + program.managementPort()));

            assertThat(watcher.health("ready").statusCode()).isEqualTo(200);
            assertThat(watcher.health("ready").body()).contains("\"intake\"").doesNotContain("not-loaded");
            assertThat(watcher.health("group/flows").statusCode()).isEqualTo(503);
            assertThat(watcher.check().path("data").path("calls").asText()).startsWith("not-loaded: ")
                    .contains("calls.yaml").contains("PEOPLE_AI_API_KEY");
            assertThat(watcher.health("live").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aManagementPortInUseEndsTheProgramWithOneLine() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
                Program program = Program.in(directory).env("QUARKUS_MANAGEMENT_PORT",
                        String.valueOf(taken.getLocalPort()))) {
            int status = program.start().awaitExit();

            assertThat(status).isNotZero();
            assertThat(program.output()).filteredOn(each -> each.contains(String.valueOf(taken.getLocalPort())))
                    .hasSize(1);
            assertThat(program.output()).noneMatch(each -> each.matches("^\\s+at .*|.*(Caused by:|Exception in thread).*"));
        }
    }
}
