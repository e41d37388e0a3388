// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gtmroutes.TestDestination;
import dev.gtmroutes.delivery.TestWebhook;
import dev.gtmroutes.sandbox.Sandbox;
import dev.gtmroutes.sandbox.server.RecordedRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the packaged program tells of responses, and to whom. */
class ResponsesIT {

    private static final String KEY = "responses-key-91d0";
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    private Program program(Sandbox sandbox) throws IOException {
        return Program.in(directory).env("PEOPLE_AI_API_KEY", KEY).env("PEOPLE_AI_BASE_URL", sandbox.baseUrl("people-ai"))
                .env("PEOPLE_AI_RATE_LIMIT", "none");
    }

    private void flow(String id, String parameters) throws IOException {
        Files.writeString(directory.resolve("routes/flows").resolve(id + ".yaml"), """
                - route:
                    id: %1$s
                    from:
                      uri: kamelet:inbox-source
                      parameters: {flow: %1$s}
                      steps:
                        - to:
                            uri: kamelet:people-ai-push-batch-call-activities-sink
                            parameters: {%2$s}
                """.formatted(id, parameters));
    }

    private void drop(String flow, int count) throws IOException {
        Path inbox = Files.createDirectories(directory.resolve("data/inbox").resolve(flow));
        Path hidden = Files.writeString(inbox.resolve(".records"), IntStream.range(0, count)
                .mapToObj(i -> "{\"external_id\":\"" + i + "\"}\n").collect(Collectors.joining()));
        Files.move(hidden, inbox.resolve("records.ndjson"));
    }

    @Test
    void afterKillMinusNineTheWebhookIsToldOfEveryRecord() throws Exception {
        try (Sandbox sandbox = Sandbox.start(0).accept("people-ai", KEY).latencyMs(5); Program program = program(sandbox);
                TestWebhook webhook = new TestWebhook(0)) {
            webhook.answer(() -> 503);
            flow("told", "batchSize: 10, responseWebhook: \"RAW({{told.webhook}})\"");
            program.env("TOLD_WEBHOOK", webhook.url());
            drop("told", 20_000);
            program.start();
            await().atMost(LONG).until(() -> sandbox.summary().accepted() > 4_000);
            program.kill();
            assertThat(webhook.events()).isEmpty();

            webhook.answer(() -> 204);
            program.start();
            await().atMost(LONG).until(() -> Files.exists(directory.resolve("data/inbox/told/.done/records.ndjson")));
            // Files come and go while they are listed.
            await().atMost(LONG).ignoreExceptions().until(
                    () -> nothingWaits(directory.resolve("data/responses/told.people-ai-push-batch-call-activities")));
            program.terminate();

            long told = webhook.events().stream().mapToLong(each -> each.path("request").path("recordCount").asLong()).sum();
            assertThat(told).isBetween(20_000L, sandbox.summary().accepted());
            assertThat(webhook.events().stream().map(each -> each.path("requestId").asText()).distinct())
                    .hasSameSizeAs(webhook.events());
            assertThat(program.output()).noneMatch(each -> each.contains(TestWebhook.SECRET));
        }
    }

    private static boolean nothingWaits(Path outbox) throws IOException {
        try (Stream<Path> files = Files.walk(outbox)) {
            return files.noneMatch(Files::isRegularFile);
        }
    }

    @Test
    void theIntakeOfAnotherFlowIsAWebhook() throws Exception {
        try (Sandbox sandbox = Sandbox.start(0).accept("people-ai", KEY); Program program = program(sandbox)) {
            flow("told", "batchSize: 1, responseWebhook: \"http://127.0.0.1:" + program.port() + "/intake/learned\"");
            flow("learned", "batchSize: 5");
            drop("told", 12);
            program.start();

            await().atMost(LONG).until(() -> sandbox.summary().accepted() == 24);
            assertThat(sandbox.requests().stream().map(ResponsesIT::body).flatMap(ResponsesIT::records)
                    .filter(each -> each.path("flow").asText().equals("told")).map(each -> each.path("requestId").asText())
                    .distinct()).hasSize(12);
        }
    }

    private static JsonNode body(RecordedRequest request) {
        return TestDestination.json(TestDestination.text(request));
    }

    private static Stream<JsonNode> records(JsonNode body) {
        return IntStream.range(0, body.size()).mapToObj(body::get);
    }
}
