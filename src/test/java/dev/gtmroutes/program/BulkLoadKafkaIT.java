// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gtmroutes.DataDirectory;
import dev.gtmroutes.kafka.Broker;
import dev.gtmroutes.sandbox.Sandbox;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bulk jobs of Salesloft with records from Kafka, in the packaged program. */
class BulkLoadKafkaIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LONG = Duration.ofSeconds(90);
    private static final int RECORDS = 6000;
    private static final int BAD_EVERY = 100;

    private static Broker broker;

    @TempDir
    Path directory;

    @BeforeAll
    static void startBroker() {
        broker = new Broker();
    }

    @AfterAll
    static void endBroker() {
        broker.close();
    }

    private Program program(Sandbox sandbox, String topic) throws IOException {
        Program program = Program.in(directory).env("SALESLOFT_ACCESS_TOKEN", "sandbox-token")
                .env("SALESLOFT_RATE_LIMIT", "none").env("SALESLOFT_BASE_URL", sandbox.baseUrl("salesloft"))
                .env("GTM_KAFKA_BROKERS", broker.address());
        Files.writeString(program.resolve("routes/flows/people.yaml"), """
                - route:
                    id: people
                    from:
                      uri: kamelet:kafka-records-source
                      parameters: {flow: people, topic: %s, recordsPerPoll: 200, sessionTimeout: 6000}
                      steps:
                        - to:
                            uri: kamelet:salesloft-bulk-load-sink
                            parameters: {jobWait: 2s, pollMaxDelay: 1s}
                """.formatted(topic));
        broker.createTopic(topic, 3);
        broker.send(IntStream.rangeClosed(1, RECORDS).mapToObj(i -> new ProducerRecord<String, String>(topic, i % 3, null,
                "{\"email_address\": \"" + (i % BAD_EVERY == 0 ? "bad-" + i : "p" + i + "@x.example") + "\"}")).toList());
        return program;
    }

    private static long committed(String topic) {
        return broker.committed("gtm-people", topic).values().stream().mapToLong(Long::longValue).sum();
    }

    /** Records that are saved for a job, or were. */
    private long saved() throws IOException {
        long saved = 0;
        for (Path each : files("ndjson")) {
            try (Stream<String> lines = Files.lines(each)) {
                saved += lines.count();
            } catch (NoSuchFileException e) {
                // It has just been moved.
            }
        }
        return saved;
    }

    private List<Path> files(String ending) throws IOException {
        Path bulk = directory.resolve("data/bulk/people/salesloft-bulk-load");
        if (Files.notExists(bulk)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(bulk)) {
            return files.filter(each -> each.toString().endsWith("." + ending)).toList();
        } catch (UncheckedIOException e) {
            // A file that was being replaced: the next look sees it.
            return List.of();
        }
    }

    private int outcomes() throws IOException {
        int outcomes = 0;
        for (Path each : files("json")) {
            if (each.getParent().endsWith("done")) {
                JsonNode state = JSON.readTree(each.toFile());
                outcomes += state.path("delivered").asInt() + state.path("rejected").asInt();
            }
        }
        return outcomes;
    }

    /** Each record in one job, once, and a dead letter for each bad one. */
    private void expectAllOnce(Sandbox sandbox) throws IOException {
        List<JsonNode> records = new ArrayList<>();
        for (int job = 1; job <= sandbox.bulkJobs().jobs().size(); job++) {
            records.addAll(sandbox.bulkJobs().records(job));
        }
        Set<String> different = new HashSet<>();
        records.forEach(each -> different.add(each.get("email_address").asText()));
        assertThat(different).hasSize(RECORDS);
        assertThat(records).hasSize(RECORDS);
        assertThat(new DataDirectory(directory.resolve("data")).deadLetters("people", each -> true))
                .hasSize(RECORDS / BAD_EVERY).allSatisfy(each -> {
                    assertThat(each.get("state").asText()).isEqualTo("rejected");
                    assertThat(each.at("/record/email_address").asText()).startsWith("bad-");
                });
    }

    @Test
    void eachMessageGetsItsOutcomeAndIsCommittedWhenItIsSaved() throws Exception {
        try (Sandbox sandbox = Sandbox.start(0); Program program = program(sandbox, "people")) {
            program.start();
            await().atMost(LONG).pollInterval(Duration.ofMillis(20)).until(() -> {
                long committed = committed("people");
                // Not in the first look if a job has just ended: its files are moved.
                assertThat(committed <= saved() || committed <= saved()).as("%s are committed", committed).isTrue();
                return outcomes() == RECORDS;
            });

            await().atMost(LONG).untilAsserted(() -> assertThat(broker.committed("gtm-people", "people"))
                    .isEqualTo(Map.of(0, RECORDS / 3L, 1, RECORDS / 3L, 2, RECORDS / 3L)));
            expectAllOnce(sandbox);
            ProgramApi.Counts counts = new ProgramApi(program.port()).counts().get("people");
            assertThat(counts.delivered()).isEqualTo(RECORDS - RECORDS / BAD_EVERY);
            assertThat(counts.rejected()).isEqualTo(RECORDS / BAD_EVERY);
        }
    }

    @Tag("long")
    @Test
    void killMinusNineLosesNothingAndMakesNoSecondJob() throws Exception {
        try (Sandbox sandbox = Sandbox.start(0); Program program = program(sandbox, "killed")) {
            AtomicBoolean deadly = new AtomicBoolean(true);
            sandbox.onRequest(request -> {
                if ("salesloft-start-bulk-job".equals(request.endpoint()) && deadly.getAndSet(false)) {
                    kill(program);
                }
            });
            program.start();
            // While records are saved.
            await().atMost(LONG).pollInterval(Duration.ofMillis(2)).until(() -> saved() > 0);
            program.kill();
            program.start();
            // While the job is started.
            await().atMost(LONG).until(() -> !program.isAlive());
            program.start();
            await().atMost(LONG).until(() -> outcomes() >= RECORDS);

            expectAllOnce(sandbox);
            assertThat(sandbox.bulkJobs().jobs()).hasSameSizeAs(files("json"));
            await().atMost(LONG).until(() -> committed("killed") == RECORDS);
        }
    }

    private static void kill(Program program) {
        try {
            program.kill();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
