// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gtmroutes.TestDestination;
import dev.gtmroutes.delivery.TestWebhook;
import dev.gtmroutes.sandbox.Sandbox;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Responses of one flow are records of another one, in the packaged program. */
class ResponseFlowIT {

    private static final String KEY = "response-flow-key-4a1c";
    private static final Duration LONG = Duration.ofSeconds(120);

    @TempDir
    Path directory;

    private Sandbox sandbox;
    private Program program;

    @BeforeEach
    void prepare() throws IOException {
        sandbox = Sandbox.start(0).accept("people-ai", KEY);
        program = Program.in(directory).env("PEOPLE_AI_API_KEY", KEY)
                .env("PEOPLE_AI_BASE_URL", sandbox.baseUrl("people-ai")).env("PEOPLE_AI_RATE_LIMIT", "none");
    }

    @AfterEach
    void end() throws Exception {
        program.close();
        sandbox.close();
    }

    private static String flow(String id, String step) {
        return """
                - route:
                    id: %1$s
                    from:
                      uri: kamelet:inbox-source
                      parameters: {flow: %1$s}
                      steps:
                        - to:
                            uri: kamelet:%2$s
                """.formatted(id, step);
    }

    private static String told(String id, String target, String more) {
        return flow(id, "people-ai-push-batch-call-activities-sink")
                + "            parameters: {batchSize: 10, responseFlow: "
                + target + ", recordKey: external_id" + more + "}\n";
    }

    private static String kept(String id) {
        return flow(id, "record-file-sink") + "            parameters: {directory: data/kept}\n";
    }

    private void write(String id, String text) throws IOException {
        Path file = directory.resolve("routes/flows/" + id + ".yaml");
        Files.move(Files.writeString(directory.resolve("written"), text), file,
                StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private void drop(String flow, String name, int from, int to) throws IOException {
        Path inbox = Files.createDirectories(directory.resolve("data/inbox").resolve(flow));
        Path hidden = Files.writeString(inbox.resolve("." + name), IntStream.range(from, to)
                .mapToObj(i -> "{\"external_id\":\"" + i + "\"}\n").collect(Collectors.joining()));
        Files.move(hidden, inbox.resolve(name));
    }

    private List<JsonNode> kept() {
        return program.lines("data/kept").stream().map(TestDestination::json).toList();
    }

    /** The delivered lines by the events, each with the key of its record. */
    private Map<Integer, String> delivered(String source) {
        return delivered(kept(), source);
    }

    private static Map<Integer, String> delivered(List<JsonNode> events, String source) {
        Map<Integer, String> lines = new TreeMap<>();
        events.forEach(event -> event.path("records").forEach(each -> {
            if (each.path("source").asText().equals(source) && each.path("outcome").asText().equals("delivered")) {
                lines.put(each.path("line").asInt(), each.path("key").asText());
            }
        }));
        return lines;
    }

    private HttpResponse<String> send(String method, String path, String type, String body) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + program.port() + path))
                .method(method, body.isEmpty() ? HttpRequest.BodyPublishers.noBody()
                        : HttpRequest.BodyPublishers.ofString(body));
        return HttpClient.newHttpClient().send((type.isEmpty() ? request : request.header("Content-Type", type)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private JsonNode api(String flow) throws Exception {
        return TestDestination.json(send("GET", "/api/flows/" + flow, "", "").body());
    }

    @Test
    void afterKillMinusNineAndSigtermTheFlowAndTheWebhookKnowEveryRecord() throws Exception {
        sandbox.latencyMs(20);
        try (TestWebhook webhook = new TestWebhook(0)) {
            program.env("TOLD_WEBHOOK", webhook.url());
            write("told", told("told", "kept", ", responseWebhook: \"RAW({{told.webhook}})\""));
            write("kept", kept("kept"));
            drop("told", "records.ndjson", 0, 6_000);
            program.start();
            await().atMost(LONG).until(() -> sandbox.summary().accepted() > 1_500);
            program.kill();
            program.start();
            await().atMost(LONG).until(() -> sandbox.summary().accepted() > 3_500);
            program.terminate();
            program.start();

            await().atMost(LONG).until(() -> Files.exists(directory.resolve("data/inbox/told/.done/records.ndjson")));
            await().atMost(LONG).pollInterval(Duration.ofSeconds(1))
                    .until(() -> delivered("records.ndjson").size() == 6_000);
            assertThat(delivered("records.ndjson")).allSatisfy(
                    (line, key) -> assertThat(key).isEqualTo(String.valueOf(line - 1)));
            // Not the events themselves: a kill may come when the first of them is written and the second is not. Then its
            // records are sent again, and both are told of that.
            await().atMost(LONG).until(() -> delivered(webhook.events(), "records.ndjson").size() == 6_000);
            program.terminate();
            assertThat(program.output()).noneMatch(each -> each.contains(TestWebhook.SECRET));
        }
    }

    @Test
    void eventsWaitForAFlowThatIsPausedEditedOrGone() throws Exception {
        write("told", told("told", "kept", ""));
        write("kept", kept("kept"));
        program.start();
        await().atMost(LONG).ignoreExceptions().until(() -> api("kept").path("state").asText().equals("active"));
        assertThat(send("POST", "/api/flows/kept/pause", "", "").statusCode()).isEqualTo(200);
        drop("told", "paused.ndjson", 0, 30);
        await().atMost(LONG).until(() -> sandbox.summary().accepted() == 30);
        await().atMost(LONG).until(() -> Files.exists(directory.resolve("data/inbox/told/.done/paused.ndjson")));
        assertThat(kept()).isEmpty();
        assertThat(send("POST", "/api/flows/kept/resume", "", "").statusCode()).isEqualTo(200);
        await().atMost(LONG).until(() -> delivered("paused.ndjson").size() == 30);

        write("kept", kept("kept").replace("id: kept", "id: kept\n    description: edited"));
        drop("told", "edited.ndjson", 0, 300);
        await().atMost(LONG).until(() -> delivered("edited.ndjson").size() == 300);
        await().atMost(LONG).until(() -> api("kept").path("description").asText().equals("edited"));

        Files.delete(directory.resolve("routes/flows/kept.yaml"));
        await().atMost(LONG).until(() -> api("told").path("reason").asText().contains("its response events wait in "
                + "data/inbox/kept, because there is no flow kept"));
        assertThat(program.output()).anyMatch(each -> each.contains("Response Flow: There is no flow kept."));
        drop("told", "gone.ndjson", 0, 20);
        await().atMost(LONG).until(() -> Files.exists(directory.resolve("data/inbox/told/.done/gone.ndjson")));
        HttpResponse<String> health = HttpClient.newHttpClient().send(HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + program.managementPort() + "/observe/health/group/flows")).build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(health.statusCode()).isEqualTo(503);
        assertThat(health.body()).contains("wait in data/inbox/kept");
        assertThat(delivered("gone.ndjson")).isEmpty();

        write("kept", kept("kept"));
        await().atMost(LONG).until(() -> delivered("gone.ndjson").size() == 20);
        await().atMost(LONG).until(() -> !api("told").path("reason").asText().contains("wait in"));
    }

    @Test
    void aCycleIsRefusedByLoadValidateAndSave() throws Exception {
        write("told", told("told", "middle", ""));
        write("middle", told("middle", "kept", ""));
        write("kept", kept("kept"));
        program.start();
        await().atMost(LONG).ignoreExceptions().until(() -> api("told").path("state").asText().equals("active"));
        assertThat(program.run("validate", "routes")).satisfies(each -> assertThat(each.out()).contains("no findings"));

        HttpResponse<String> saved = send("PUT", "/api/flows/kept", "application/yaml", told("kept", "told", ""));
        assertThat(saved.statusCode()).isEqualTo(422);
        assertThat(saved.body())
                .contains("Response Flow: The responses come back to this flow (kept → told → middle → kept)");
        HttpResponse<String> missing = send("PUT", "/api/flows/kept", "application/yaml", told("kept", "nowhere", ""));
        assertThat(missing.statusCode()).isEqualTo(422);
        assertThat(missing.body()).contains("Response Flow: There is no flow nowhere.");

        write("kept", told("kept", "told", ""));
        await().atMost(LONG).until(() -> api("kept").path("problem").asText().contains("kept → told → middle → kept"));
        assertThat(api("told").path("state").asText()).isEqualTo("active");
        Program.Ended validated = program.run("validate", "routes");
        assertThat(validated.status()).isEqualTo(1);
        assertThat(validated.out()).contains("told.yaml:9: Response Flow: The responses come back to this flow "
                + "(told → middle → kept → told), so each response would become another one, without end. Choose another "
                + "flow. [response-flow]");

        // What a setting names is only known when the flow starts.
        program.terminate();
        write("kept", told("kept", "\"{{kept.target}}\"", ""));
        program.env("KEPT_TARGET", "told").start();
        await().atMost(LONG).ignoreExceptions().until(() -> program.output().stream().anyMatch(
                each -> each.contains("so each response would become another one, without end")));
    }
}
