// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gtmroutes.DataDirectory;
import dev.gtmroutes.kafka.Broker;
import dev.gtmroutes.peopleai.ExportApi;
import dev.gtmroutes.sandbox.Sandbox;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The history in the packaged program: runs of each kind of source, restarts and crashes. */
class HistoryIT {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final String KEY = "history-key-2b61";
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final String SINK = """
                            uri: kamelet:people-ai-push-batch-call-activities-sink
                            parameters: {batchSize: 10, maxInFlight: 1}
            """;

    @TempDir
    Path directory;

    private Program program(Sandbox sandbox) throws IOException {
        return Program.in(directory).env("PEOPLE_AI_API_KEY", KEY).env("PEOPLE_AI_RATE_LIMIT", "none")
                .env("PEOPLE_AI_BASE_URL", sandbox.baseUrl("people-ai")).env("SALESLOFT_ACCESS_TOKEN", KEY)
                .env("SALESLOFT_RATE_LIMIT", "none").env("SALESLOFT_BASE_URL", sandbox.baseUrl("salesloft"))
                .env("GTM_INBOX_QUIET", "0s");
    }

    private static Sandbox sandbox() {
        return Sandbox.start(0).accept("people-ai", KEY).accept("salesloft", KEY);
    }

    private void flow(String flow, String source, String parameters) throws IOException {
        Files.writeString(directory.resolve("routes/flows/" + flow + ".yaml"), """
                - route:
                    id: %s
                    from:
                      uri: kamelet:%s
                      parameters: {%s}
                      steps:
                        - to:
                """.formatted(flow, source, parameters) + SINK.indent(0));
    }

    private static String records(int count) {
        return IntStream.range(0, count).mapToObj(n -> "{\"n\":" + n + "}\n").collect(Collectors.joining());
    }

    private void drop(String flow, String name, String records) {
        new DataDirectory(directory.resolve("data")).drop(flow, name, records);
    }

    private static String get(Program program, String path) throws IOException, InterruptedException {
        return CLIENT.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + program.port() + path)).build(),
                BodyHandlers.ofString()).body();
    }

    private static JsonNode history(Program program, String flow) throws IOException, InterruptedException {
        return new ObjectMapper().readTree(get(program, "/api/flows/" + flow + "/history"));
    }

    private static List<JsonNode> runs(Program program, String flow) throws IOException, InterruptedException {
        return StreamSupport.stream(history(program, flow).get("runs").spliterator(), false).toList();
    }

    private static List<JsonNode> awaitRuns(Program program, String flow, Predicate<List<JsonNode>> such) {
        return await("runs of " + flow).atMost(LONG).ignoreExceptions().until(() -> runs(program, flow), such);
    }

    private static long delivered(Program program, String flow) throws IOException, InterruptedException {
        return history(program, flow).get("slices").findValues("delivered").stream().mapToLong(JsonNode::asLong).sum();
    }

    private static boolean isDone(JsonNode run) {
        return run.get("state").asText().equals("done");
    }

    private static void assertRun(JsonNode run, String input, long read, long delivered) {
        assertThat(run.get("input").asText()).isEqualTo(input);
        assertThat(run.get("read").asLong()).as(run.toString()).isEqualTo(read);
        assertThat(run.get("delivered").asLong()).as(run.toString()).isEqualTo(delivered);
        assertThat(run.get("begin").asText()).isLessThanOrEqualTo(run.get("end").asText());
    }

    @Test
    void filesAndRequestsAreRuns() throws Exception {
        try (Sandbox sandbox = sandbox(); Program program = program(sandbox)) {
            flow("calls", "inbox-source", "flow: calls");
            drop("calls", "one.ndjson", records(25) + "no record\n");
            program.start().awaitStarted();
            JsonNode run = awaitRuns(program, "calls", runs -> runs.size() == 1 && isDone(runs.get(0))).get(0);
            assertRun(run, "one.ndjson", 26, 25);
            assertThat(run.get("rejected").asLong()).isEqualTo(1);
            assertThat(run.get("held").asLong()).isZero();
            assertThat(run.get("destination").asText()).isEqualTo("people-ai-push-batch-call-activities");

            CLIENT.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + program.port() + "/intake/calls"))
                    .header("Content-Type", "application/x-ndjson").POST(BodyPublishers.ofString(records(3))).build(),
                    BodyHandlers.discarding());
            List<JsonNode> runs = awaitRuns(program, "calls", all -> all.size() == 2 && isDone(all.get(0)));
            assertThat(runs.get(0).get("input").asText()).startsWith("intake-");
            assertThat(runs.get(0).get("delivered").asLong()).isEqualTo(3);
            await().atMost(LONG).until(() -> delivered(program, "calls") == 28);

            program.terminate();
            program.start();
            await().atMost(LONG).ignoreExceptions().until(() -> delivered(program, "calls") == 28);
            assertThat(runs(program, "calls")).isEqualTo(runs);
            assertThat(get(program, "/api/flows/calls/history.csv").lines()).hasSize(3)
                    .first().asString().startsWith("\uFEFFStarted,Ended,Input,");
            assertThat(get(program, "/api/flows/calls/history.csv?search=ONE")).contains("\"one.ndjson\",1,")
                    .doesNotContain("intake-");
            assertThat(get(program, "/flows/calls/history")).contains("one.ndjson");
        }
    }

    @Test
    @Tag("long")
    void afterKillMinusNineAtMostTheLastSecondsAreMissing() throws Exception {
        try (Sandbox sandbox = sandbox().latencyMs(200); Program program = program(sandbox)) {
            flow("calls", "inbox-source", "flow: calls");
            drop("calls", "long.ndjson", records(2000));
            program.start().awaitStarted();
            await().atMost(LONG).ignoreExceptions().until(() -> delivered(program, "calls") > 200);
            long counted = delivered(program, "calls");
            program.kill();
            sandbox.latencyMs(0);
            program.start();
            await().atMost(LONG).ignoreExceptions().until(() -> delivered(program, "calls") > counted);
            JsonNode run = awaitRuns(program, "calls", runs -> runs.size() == 1 && isDone(runs.get(0))).get(0);
            // Ten seconds at 10 records in 200 ms, and a second between two looks at the clock.
            assertThat(run.get("read").asLong()).isBetween(1400L, 2000L);
            await().atMost(LONG).until(() -> delivered(program, "calls") >= 1400);
            assertThat(delivered(program, "calls")).isLessThanOrEqualTo(2000 + 10);
        }
    }

    @Test
    void aReadOfAListIsARun() throws Exception {
        try (Sandbox sandbox = sandbox(); Program program = program(sandbox)) {
            flow("users", "salesloft-users-source", "period: 1h, pageSize: 10");
            program.start();
            JsonNode run = awaitRuns(program, "users", runs -> runs.size() == 1 && isDone(runs.get(0))).get(0);
            assertThat(run.get("inputs").asLong()).as(run.toString()).isGreaterThan(1);
            assertRun(run, run.get("input").asText(), run.get("read").asLong(), run.get("read").asLong());
            assertThat(run.get("input").asText()).contains("users");
        }
    }

    @Test
    void aWindowOfAnExportIsARun() throws Exception {
        try (Sandbox sandbox = sandbox(); ExportApi api = new ExportApi().fragments(3);
                Program program = program(sandbox)) {
            api.allJobs("Completed");
            program.env("PEOPLE_AI_PULL_URL", api.pullUrl()).env("PEOPLE_AI_TOKEN_URL", api.tokenUrl())
                    .env("PEOPLE_AI_CLIENT_ID", "key").env("PEOPLE_AI_CLIENT_SECRET", "some-secret");
            flow("past", "people-ai-export-activities-source",
                    "startDate: \"2026-01-01\", endDate: \"2026-01-20\", exportType: delta, period: 200");
            program.start();
            List<JsonNode> runs = awaitRuns(program, "past",
                    all -> all.size() == 2 && all.stream().allMatch(HistoryIT::isDone));
            assertThat(runs).extracting(run -> run.get("input").asText()).containsExactlyInAnyOrder(
                    "delta 2026-01-01..2026-01-14", "delta 2026-01-15..2026-01-20");
            assertThat(runs).allSatisfy(run -> assertRun(run, run.get("input").asText(),
                    3 * ExportApi.RECORDS_PER_FRAGMENT, 3 * ExportApi.RECORDS_PER_FRAGMENT));
            assertThat(runs).extracting(run -> run.get("inputs").asLong()).containsOnly(3L);
        }
    }

    @Test
    void anHourOfATopicIsARun() throws Exception {
        try (Broker broker = new Broker(); Sandbox sandbox = sandbox(); Program program = program(sandbox)) {
            broker.createTopic("queue", 1);
            program.env("GTM_KAFKA_BROKERS", broker.address());
            flow("queue", "kafka-records-source", "flow: queue, topic: queue");
            program.start();
            for (int round = 1; round <= 2; round++) {
                broker.send(IntStream.range(0, 50)
                        .mapToObj(n -> new ProducerRecord<String, String>("queue", 0, null, "{\"n\":" + n + "}")).toList());
                int count = 50 * round;
                List<JsonNode> runs = awaitRuns(program, "queue", all -> all.stream()
                        .mapToLong(run -> run.get("delivered").asLong()).sum() == count);
                // There are two if the hour is over just now.
                assertThat(runs).hasSizeBetween(1, 2).allSatisfy(run -> assertThat(run.get("input").asText())
                        .isEqualTo("queue"));
            }
        }
    }

    @Test
    void aHistoryThatIsSwitchedOffKeepsNothing() throws Exception {
        try (Sandbox sandbox = sandbox(); Program program = program(sandbox).env("GTM_HISTORY_DAYS", "0")) {
            flow("calls", "inbox-source", "flow: calls");
            drop("calls", "one.ndjson", records(5));
            program.start().awaitStarted();
            await().atMost(LONG).until(() -> Files.exists(directory.resolve("data/inbox/calls/.done/one.ndjson")));
            assertThat(get(program, "/flows/calls/history")).contains("The history is switched off");
            assertThat(history(program, "calls").get("runs")).isEmpty();
            assertThat(directory.resolve("data/history")).doesNotExist();
        }
    }
}
