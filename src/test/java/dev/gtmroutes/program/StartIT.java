// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.gtmroutes.sandbox.Sandbox;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the packaged program starts, and how it says why something does not. */
class StartIT {

    private static final String KEY = "start-key-77aa";
    private static final String STACK_TRACE = "^\\s+at .*|.*(Caused by:|Exception in thread).*";

    @TempDir
    Path directory;

    private static String lines(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(i -> "{\"n\":" + i + "}\n").collect(Collectors.joining());
    }

    private Path drop(String flow, String name, String content) throws Exception {
        Path inbox = Files.createDirectories(directory.resolve("data/inbox").resolve(flow));
        return Files.writeString(inbox.resolve(name), content);
    }

    private void awaitDone(String flow, String name) {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> Files.exists(directory.resolve("data/inbox").resolve(flow).resolve(".done").resolve(name)));
    }

    @Test
    void settingsComeFromTheEnvironmentAndTheCredentialIsNeverPrinted() throws Exception {
        try (Sandbox sandbox = Sandbox.start(0).accept("people-ai", KEY);
                Program program = Program.in(directory).env("PEOPLE_AI_API_KEY", KEY)
                        .env("PEOPLE_AI_BASE_URL", sandbox.baseUrl("people-ai"))) {
            drop("calls", "calls.ndjson", lines(3) + "bad\n");
            program.start().awaitStarted();
            awaitDone("calls", "calls.ndjson");
            program.terminate();

            assertThat(sandbox.summary().accepted()).isEqualTo(3);
            assertThat(program.output()).noneMatch(each -> each.contains(KEY))
                    .noneMatch(each -> each.matches(STACK_TRACE));
        }
    }

    @Test
    void settingsComeFromAFileInTheWorkingDirectory() throws Exception {
        try (Sandbox sandbox = Sandbox.start(0).accept("people-ai", KEY); Program program = Program.in(directory)) {
            Files.writeString(directory.resolve("application.properties"),
                    "people-ai.api-key=" + KEY + "\npeople-ai.base-url=" + sandbox.baseUrl("people-ai") + "\n");
            drop("calls", "calls.ndjson", lines(3));
            program.start();
            awaitDone("calls", "calls.ndjson");

            assertThat(sandbox.summary().accepted()).isEqualTo(3);
            assertThat(program.output()).noneMatch(each -> each.contains(KEY));
        }
    }

    @Test
    void aBadFlowAndAMissingCredentialKeepOnlyTheirOwnFlowFromRunning() throws Exception {
        try (Sandbox sandbox = Sandbox.start(0).accept("people-ai", KEY);
                Program program = Program.in(directory).env("PEOPLE_AI_BASE_URL", sandbox.baseUrl("people-ai"))
                        .env("CAMEL_KAMELET_PEOPLE_AI_API_ACTION_PEOPLE_AI_ACME_APIKEY", KEY)) {
            Path flows = directory.resolve("routes/flows");
            String good = Files.readString(flows.resolve("calls.yaml"));
            Files.writeString(flows.resolve("acme.yaml"), good.replace("id: calls", "id: acme")
                    .replace("flow: calls", "flow: acme").replace("batchSize: 100", "credential: acme"));
            Files.writeString(flows.resolve("broken.yaml"), good.replace("parameters:", "parameters"));
            drop("acme", "acme.ndjson", lines(5));
            program.start().awaitStarted();
            awaitDone("acme", "acme.ndjson");

            assertThat(sandbox.summary().accepted()).isEqualTo(5);
            assertThat(program.output()).filteredOn(each -> each.contains("Flow not started"))
                    .anyMatch(each -> each.matches(".*broken\\.yaml:\\d+: .*"))
                    .anyMatch(each -> each.contains("calls.yaml: setting people-ai.api-key is missing")
                            && each.contains("PEOPLE_AI_API_KEY"));
            assertThat(program.output()).noneMatch(each -> each.matches(STACK_TRACE))
                    .noneMatch(each -> each.contains(KEY));
        }
    }

    @Test
    void aPortInUseEndsTheProgramWithOneLine() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
                Program program = Program.in(directory).env("QUARKUS_HTTP_PORT",
                        String.valueOf(taken.getLocalPort()))) {
            int status = program.start().awaitExit();

            assertThat(status).isNotZero();
            assertThat(program.output()).filteredOn(each -> each.contains(String.valueOf(taken.getLocalPort())))
                    .hasSize(1);
            assertThat(program.output()).noneMatch(each -> each.matches(STACK_TRACE));
        }
    }
}
