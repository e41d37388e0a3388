// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gtmroutes.FreePort;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each page and each command of the demo, and paged reads: what a native image has to hold for them is recorded. */
class EveryEndpointIT {

    private static final HttpClient CLIENT = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private static Program program;
    private static int sandbox;

    @BeforeAll
    static void start(@TempDir Path directory) throws IOException {
        sandbox = FreePort.next();
        program = Program.in(directory).recorded().command("demo")
                .env("GTM_SANDBOX_PORT", String.valueOf(sandbox));
        Path fetching = Path.of("examples/people-ai");
        Files.copy(fetching.resolve("application.properties"), directory.resolve("application.properties"));
        for (String flow : List.of("meetings.yaml", "participants.yaml")) {
            Files.copy(fetching.resolve("routes/flows").resolve(flow), directory.resolve("routes/flows").resolve(flow));
        }
        program.start().awaitLine("The demo is running");
    }

    @AfterAll
    static void stop() throws InterruptedException {
        program.close();
    }

    private static HttpResponse<String> get(int port, String path) throws IOException, InterruptedException {
        return send(port, "GET", path, "");
    }

    private static HttpResponse<String> send(int port, String method, String path, String body)
            throws IOException, InterruptedException {
        return CLIENT.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .method(method, BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
    }

    @Test
    void everyPageThatCanBeReadAnswers() throws Exception {
        List<String> paths = Endpoints.all().stream().filter(Endpoints.Endpoint::reads).map(Endpoints.Endpoint::path)
                .toList();

        assertThat(paths).hasSizeGreaterThan(15);
        for (String path : paths) {
            assertThat(get(program.port(), path).statusCode()).as(path).isLessThan(500);
        }
        for (String path : List.of("/flows", "/flows/calls/history", "/api/flows", "/api/flows/calls", "/api/requests",
                "/api/templates", "/api/dead-letters", "/api/credentials", "/api/exports", "/q/openapi", "/console.css",
                "/console.js")) {
            assertThat(get(program.port(), path).statusCode()).as(path).isEqualTo(200);
        }
        for (String path : List.of("/observe/health", "/observe/health/ready", "/observe/health/group/flows",
                "/observe/metrics")) {
            assertThat(get(program.managementPort(), path).statusCode()).as(path).isEqualTo(200);
        }
    }

    @Test
    void pagedReadsAreRead() {
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> !program.lines("data/meetings").isEmpty()
                && !program.lines("data/participants").isEmpty());
    }

    @Test
    void everyPageOfTheSandboxAnswers() throws Exception {
        JsonNode index = new ObjectMapper().readTree(get(sandbox, "/").body());
        List<String> paths = Stream.iterate(0, i -> i + 1).limit(index.path("look").size())
                .map(i -> index.path("look").get(i).asText()).filter(line -> line.startsWith("GET"))
                .map(line -> line.replaceFirst(".* ", "").replaceFirst("\\?.*", "")).toList();

        assertThat(paths).contains("/sandbox/summary").hasSizeGreaterThan(4);
        for (String path : paths) {
            assertThat(get(sandbox, path).statusCode()).as(path).isEqualTo(200);
        }
        assertThat(get(sandbox, "/sandbox/summary").body()).contains("\"accepted\":");
        String misbehaviour = "{\"times\": 1, \"endpoint\": \"people-ai-exports\", \"status\": 503, \"retryAfter\": \"1\"}";
        assertThat(send(sandbox, "POST", "/sandbox/misbehave", misbehaviour).statusCode()).isEqualTo(200);
    }

    @Test
    void everyCommandAnswers() throws Exception {
        assertThat(program.run("validate").out()).endsWith("no findings\n");
        assertThat(program.run("dead-letters", "list").out()).contains("calls");
        assertThat(program.run("exports").status()).isZero();
        assertThat(program.run("nosuch").err()).startsWith("there is no command 'nosuch'");
    }
}
