// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gtmroutes.DataDirectory;
import dev.gtmroutes.kafka.Broker;
import dev.gtmroutes.sandbox.Sandbox;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program as a consumer of Kafka: edited, killed, and two at a time. */
class KafkaSourceIT {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final String KEY = "kafka-key-7a02";
    private static final int POLL = 200;
    private static final Pattern READ = Pattern.compile("(\\d+) records read");

    private static Broker broker;

    @TempDir
    Path directory;

    private final Arrivals arrivals = new Arrivals();
    private final Sandbox sandbox = Sandbox.start(0).accept("people-ai", KEY).onRequest(arrivals::count).latencyMs(20);

    @BeforeAll
    static void startBroker() {
        broker = new Broker();
    }

    @AfterAll
    static void endBroker() {
        broker.close();
    }

    @AfterEach
    void endSandbox() {
        sandbox.close();
    }

    private Program program(String name, String topic) throws IOException {
        Program program = Program.in(directory.resolve(name)).env("PEOPLE_AI_API_KEY", KEY)
                .env("PEOPLE_AI_RATE_LIMIT", "none").env("PEOPLE_AI_BASE_URL", sandbox.baseUrl("people-ai"))
                .env("GTM_KAFKA_BROKERS", broker.address());
        edit(name, topic, 10);
        return program;
    }

    private void edit(String program, String topic, int batchSize) throws IOException {
        edit(program, topic, "batchSize: " + batchSize);
    }

    private void edit(String program, String topic, String parameters) throws IOException {
        Files.writeString(directory.resolve(program).resolve("routes/flows/queue.yaml"), """
                - route:
                    id: %1$s
                    from:
                      uri: kamelet:kafka-records-source
                      parameters: {flow: %1$s, topic: %1$s, recordsPerPoll: %2$d, sessionTimeout: 6000}
                      steps:
                        - to:
                            uri: kamelet:people-ai-push-batch-call-activities-sink
                            parameters: {%3$s, maxInFlight: 2}
                """.formatted(topic, POLL, parameters));
    }

    /** One topic of three partitions, and so many messages more. */
    private void send(String topic, int from, int to) {
        broker.send(IntStream.range(from, to)
                .mapToObj(n -> new ProducerRecord<String, String>(topic, n % 3, null, "{\"n\":" + n + "}")).toList());
    }

    private static void awaitCommitted(String topic, long each) {
        await().atMost(LONG).untilAsserted(() -> assertThat(broker.committed("gtm-" + topic, topic))
                .isEqualTo(Map.of(0, each, 1, each, 2, each)));
    }

    @Test
    void anEditInAPollCostsNothingAndAKillAtMostThePoll() throws Exception {
        broker.createTopic("edited", 3);
        send("edited", 0, 900);
        try (Program program = program("one", "edited")) {
            program.start();
            for (int i = 1; i <= 3; i++) {
                int arrived = 100 * i;
                await().atMost(LONG).until(() -> arrivals.different() > arrived);
                edit("one", "edited", 10 + i);
            }
            awaitCommitted("edited", 300);
            assertThat(arrivals.different()).isEqualTo(900);
            assertThat(arrivals.records()).isEqualTo(900);

            send("edited", 900, 1800);
            await().atMost(LONG).until(() -> arrivals.different() > 1150);
            program.kill();
            assertThat(arrivals.different()).isLessThan(1800);
            program.start();
            awaitCommitted("edited", 600);

            assertThat(arrivals.different()).isEqualTo(1800);
            assertThat(arrivals.records() - 1800).isBetween(1L, (long) POLL);
            assertThat(directory.resolve("one/data/dead-letters")).doesNotExist();
            assertThat(program.output()).noneMatch(each -> each.matches("^\\s+at .*|.*(WARN|ERROR).*"));
        }
    }

    @Test
    void afterAKillNoMessageIsSentTwiceWhereThatMustNotHappen() throws Exception {
        broker.createTopic("once", 3);
        send("once", 0, 900);
        try (Program program = program("one", "once")) {
            edit("one", "once", "batchSize: 5, onceOnly: true");
            program.start();
            for (int i = 1; i <= 3; i++) {
                int arrived = 200 * i;
                await().atMost(LONG).until(() -> arrivals.different() > arrived);
                program.kill();
                assertThat(arrivals.different()).isLessThan(900);
                assertThat(program.resolve("data/state/kafka/once.progress")).exists();
                program.start();
            }
            awaitCommitted("once", 300);

            assertThat(arrivals.records()).isEqualTo(arrivals.different());
            List<JsonNode> held = new DataDirectory(program.resolve("data")).deadLetters("once",
                    each -> each.path("state").asText().equals("held"));
            // Two requests may be in flight when it is killed, and their answers be noted or not.
            assertThat(held).hasSizeLessThanOrEqualTo(3 * 2 * 5);
            BitSet there = arrivals.numbers();
            held.forEach(each -> there.set(each.at("/record/n").asInt()));
            assertThat(there.cardinality()).isEqualTo(900);
        }
    }

    @Test
    void whenOneOfTwoProgramsIsKilledTheOtherGoesOnWithItsPartitions() throws Exception {
        broker.createTopic("shared", 3);
        try (Program one = program("one", "shared"); Program two = program("two", "shared")) {
            one.start();
            two.start();
            await().atMost(LONG).until(() -> broker.holders("gtm-shared") == 2);
            send("shared", 0, 1500);
            await().atMost(LONG).until(() -> arrivals.different() > 500);
            two.kill();
            assertThat(arrivals.different()).isLessThan(1500);
            awaitCommitted("shared", 500);

            assertThat(arrivals.different()).isEqualTo(1500);
            assertThat(arrivals.records() - 1500).isLessThanOrEqualTo(POLL);
        }
    }

    @Test
    void afterASigtermEachRecordHasArrivedOnce() throws Exception {
        broker.createTopic("stopped", 3);
        send("stopped", 0, 3000);
        try (Program program = program("one", "stopped")) {
            program.start();
            for (int i = 1; i <= 2; i++) {
                int arrived = 500 * i;
                await().atMost(LONG).until(() -> arrivals.different() > arrived);
                program.terminate();
                assertThat(arrivals.different()).isLessThan(3000);
                program.start();
            }
            awaitCommitted("stopped", 1000);

            assertThat(program.output().stream().map(READ::matcher).filter(Matcher::find)
                    .mapToInt(each -> Integer.parseInt(each.group(1))).max().orElseThrow()).as("messages of one input")
                    .isGreaterThan(POLL);
            assertThat(arrivals.different()).isEqualTo(3000);
            assertThat(arrivals.records()).isEqualTo(3000);
            assertThat(program.output()).noneMatch(each -> each.matches("^\\s+at .*|.*(WARN|ERROR).*"));
        }
    }

    @Test
    void aTopicThatIsLargerThanTheHeapIsDelivered() throws Exception {
        broker.createTopic("large", 3);
        String text = "x".repeat(500_000);
        broker.send(IntStream.range(0, 210).mapToObj(n -> new ProducerRecord<String, String>("large", n % 3, null,
                "{\"n\":" + n + ",\"text\":\"" + text + "\"}")).toList());
        try (Program program = program("one", "large").java("-Xmx64m")) {
            edit("one", "large", 2);
            program.start();
            awaitCommitted("large", 70);

            assertThat(arrivals.different()).isEqualTo(210);
            assertThat(arrivals.records()).isEqualTo(210);
            assertThat(program.output()).noneMatch(each -> each.contains("OutOfMemoryError"));
        }
    }

    @Test
    void settingsOfTheComponentAreUsedAndTheirSecretsKept() throws Exception {
        broker.createTopic("secured", 3);
        send("secured", 0, 3);
        try (Program program = program("one", "secured")) {
            Files.writeString(program.resolve("application.properties"), """
                    camel.component.kafka.security-protocol=SASL_PLAINTEXT
                    camel.component.kafka.sasl-mechanism=PLAIN
                    camel.component.kafka.sasl-jaas-config=org.apache.kafka.common.security.plain.PlainLoginModule \
                    required username="me" password="jaas-41d8";
                    """, StandardOpenOption.CREATE);
            // The broker of the tests asks for no password, and takes none.
            program.start().awaitLine("secured: no messages can be read, Kafka at " + broker.address());

            assertThat(arrivals.records()).isZero();
            assertThat(program.output()).noneMatch(each -> each.contains("jaas-41d8") || each.matches("^\\s+at .*"));
        }
    }
}
