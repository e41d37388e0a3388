// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gtmroutes.DataDirectory;
import dev.gtmroutes.TestDestination;
import dev.gtmroutes.program.TraceReceiver.Arrived;
import dev.gtmroutes.sandbox.Sandbox;
import dev.gtmroutes.sandbox.faults.Misbehaviour;
import dev.gtmroutes.sandbox.server.RecordedRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program with what is off by default: traces, and a log of JSON. */
class ObservedIT {

    private static final String KEY = "observed-key-77c1";
    private static final String BATCH = "people-ai-push-batch-call-activities";
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    private final List<RecordedRequest> requests = new CopyOnWriteArrayList<>();

    private Program program(Sandbox sandbox) throws IOException {
        Program program = Program.in(directory).env("PEOPLE_AI_API_KEY", KEY).env("GTM_INBOX_QUIET", "0s")
                .env("PEOPLE_AI_BASE_URL", sandbox.baseUrl("people-ai"));
        flow("observed", "people-ai-push-batch-call-activities-sink", "batchSize: 10");
        flow("filled", "people-ai-push-batch-call-activities-sink", "batchSize: 10, batchTimeout: 3000");
        flow("queried", "people-ai-request-sink", "url: \"/things/{id}?token=secret-query\"");
        return program;
    }

    private void flow(String id, String sink, String parameters) throws IOException {
        Files.writeString(directory.resolve("routes/flows/" + id + ".yaml"), """
                - route:
                    id: %1$s
                    from:
                      uri: kamelet:inbox-source
                      parameters: {flow: %1$s}
                      steps:
                        - to:
                            uri: kamelet:%2$s
                            parameters: {%3$s}
                """.formatted(id, sink, parameters));
    }

    @Test
    void chunksAndRequestsAreTracedAndEachLineOfTheLogIsJson() throws Exception {
        try (TraceReceiver traces = new TraceReceiver(); Sandbox sandbox = Sandbox.start(0).accept("people-ai", KEY);
                Program program = program(sandbox)) {
            sandbox.onRequest(requests::add).misbehave(Misbehaviour.times(1).endpoint(BATCH).status(503));
            program.recorded().env("QUARKUS_OTEL_SDK_DISABLED", "false")
                    .env("QUARKUS_OTEL_EXPORTER_OTLP_ENDPOINT", traces.url())
                    .env("QUARKUS_OTEL_BSP_SCHEDULE_DELAY", "100ms").env("QUARKUS_LOG_CONSOLE_JSON_ENABLED", "true");
            DataDirectory data = new DataDirectory(directory.resolve("data"));
            program.start().awaitStarted();

            data.drop("observed", "some.ndjson", "{\"content\":\"secret-record\"}\n".repeat(10) + "broken\n");
            await().atMost(LONG).until(() -> !traces.spans("input", "observed").isEmpty());
            assertChunkWithARetry(traces);

            data.drop("filled", "one.ndjson", "{\"n\":1}\n");
            data.drop("filled", "other.ndjson", "{\"n\":2}\n");
            await().atMost(LONG).until(() -> traces.spans("input", "filled").size() == 2);
            assertRequestOfTwoChunks(traces);

            data.drop("queried", "thing.ndjson", "{\"id\":\"secret-id\"}\n");
            await().atMost(LONG).until(() -> !traces.spans("input", "queried").isEmpty());
            assertThat(traces.spans()).allSatisfy(each -> assertThat(each.all()).doesNotContain("secret", KEY))
                    .allMatch(each -> List.of("input", "request").contains(each.name()));

            assertThat(program.terminate()).isEqualTo(143);
            // The last line may be what the test notes of the end of the others.
            assertThat(program.output()).filteredOn(each -> !each.startsWith("(output ended")).hasSizeGreaterThan(5)
                    .allSatisfy(ObservedIT::assertJson);
        }
    }

    private void assertChunkWithARetry(TraceReceiver traces) {
        Arrived chunk = traces.spans("input", "observed").get(0);
        List<Arrived> attempts = traces.spans("request", "observed");

        assertThat(chunk.parent()).isEmpty();
        assertThat(chunk.failed()).isFalse();
        assertThat(chunk.attributes()).containsEntry("gtm.template", BATCH).containsEntry("gtm.records.read", 11L)
                .containsEntry("gtm.records.delivered", 10L).containsEntry("gtm.records.rejected", 1L)
                .containsEntry("gtm.records.held", 0L).containsEntry("gtm.requests", 2L);
        assertThat(attempts).hasSize(2).allSatisfy(each -> {
            assertThat(each.trace()).isEqualTo(chunk.trace());
            assertThat(each.parent()).isEqualTo(chunk.id());
            assertThat(each.attributes()).containsEntry("gtm.template", BATCH).containsEntry("gtm.records", 10L);
        });
        assertThat(attempts).extracting(each -> each.get("gtm.attempt")).containsExactly(1L, 2L);
        assertThat(attempts).extracting(each -> each.get("http.response.status_code")).containsExactly(503L, 200L);
        assertThat(attempts).extracting(each -> each.get("gtm.records.again")).containsExactly(10L, 0L);
        assertThat(attempts).extracting(Arrived::failed).containsExactly(true, false);
        assertThat(requests).extracting(each -> each.header("traceparent")).isEqualTo(
                attempts.stream().map(each -> "00-" + each.trace() + "-" + each.id() + "-01").toList());
    }

    private static void assertRequestOfTwoChunks(TraceReceiver traces) {
        List<Arrived> all = traces.spans("request", "filled");
        TreeSet<String> named = new TreeSet<>();

        assertThat(all).singleElement().satisfies(each -> {
            assertThat(each.get("gtm.records")).isEqualTo(2L);
            assertThat(each.links()).hasSize(1);
            named.add(each.parent());
            named.addAll(each.links());
        });
        assertThat(named).isEqualTo(new TreeSet<>(traces.spans("input", "filled").stream().map(Arrived::id).toList()));
    }

    private static void assertJson(String line) {
        JsonNode entry = TestDestination.json(line);
        assertThat(entry.path("message").asText()).isNotEmpty();
        assertThat(entry.path("level").asText()).isIn("INFO", "WARN", "ERROR");
        assertThat(OffsetDateTime.parse(entry.path("timestamp").asText())).isNotNull();
    }

    @Test
    void byDefaultNothingIsTracedAndTheLogIsForPeople() throws Exception {
        try (TraceReceiver traces = new TraceReceiver(); Sandbox sandbox = Sandbox.start(0).accept("people-ai", KEY);
                Program program = program(sandbox)) {
            sandbox.onRequest(requests::add);
            program.env("QUARKUS_OTEL_EXPORTER_OTLP_ENDPOINT", traces.url())
                    .env("QUARKUS_OTEL_BSP_SCHEDULE_DELAY", "100ms").start().awaitStarted();

            new DataDirectory(directory.resolve("data")).drop("observed", "some.ndjson", "{\"n\":1}\n");
            program.awaitLine("observed: some.ndjson: 1 records read, 1 delivered in 1 requests");

            assertThat(program.terminate()).isEqualTo(143);
            assertThat(traces.spans()).isEmpty();
            assertThat(requests).singleElement().satisfies(each -> assertThat(each.header("traceparent")).isNull());
            assertThat(program.output()).noneMatch(each -> each.startsWith("{"));
        }
    }
}
