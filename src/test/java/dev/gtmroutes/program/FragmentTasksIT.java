// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.gtmroutes.kafka.Broker;
import dev.gtmroutes.peopleai.ExportApi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two instances of the packaged program: one exports and hands fragments over, both fetch them. */
class FragmentTasksIT {

    private static final Duration LONG = Duration.ofSeconds(90);
    private static final int FRAGMENTS = 40;
    private static final int CONSUMERS = 2;
    /** So many downloads come before those that stall until a program is killed. */
    private static final int FIRST = 6;

    /** It lacks records when it is fetched first. */
    private static final int SHORT = 30;

    @TempDir
    Path directory;

    private Program instance(String name, ExportApi api, Broker broker) throws IOException {
        Program program = Program.in(directory.resolve(name)).recorded().env("PEOPLE_AI_PULL_URL", api.pullUrl())
                .env("PEOPLE_AI_TOKEN_URL", api.tokenUrl()).env("PEOPLE_AI_CLIENT_ID", "key")
                .env("PEOPLE_AI_CLIENT_SECRET", "secret").env("PEOPLE_AI_RATE_LIMIT", "none")
                .env("GTM_CLUSTER_LOCK", directory.resolve("shared/locks").toString())
                .env("GTM_STATE", directory.resolve("shared/state").toString())
                .env("GTM_KAFKA_BROKERS", broker.address());
        Files.writeString(program.resolve("routes/flows/history.yaml"), """
                - route:
                    id: history
                    from:
                      uri: kamelet:people-ai-export-activities-source
                      parameters:
                        startDate: "2026-01-01"
                        endDate: "2026-01-10"
                        exportType: delta
                        fragments: hand-over
                        period: 200
                      steps:
                        - to: {uri: kamelet:kafka-records-sink, parameters: {topic: fragments, keyBy: fragment}}
                """);
        Files.writeString(program.resolve("routes/flows/fetch.yaml"), """
                - route:
                    id: fetch
                    from:
                      uri: kamelet:kafka-records-source
                      parameters: {flow: fetch, topic: fragments, recordsPerPoll: 1, consumers: %d, sessionTimeout: 6000}
                      steps:
                        - to: {uri: kamelet:people-ai-fragment-action}
                        - to: {uri: kamelet:record-file-sink, parameters: {directory: data/activities}}
                """.formatted(CONSUMERS));
        return program;
    }

    private static List<String> records(Program program) {
        return program.lines("data/activities");
    }

    private static void stall(CountDownLatch end) {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void nothingIsLostWhenOneOfTwoThatFetchIsKilled() throws Exception {
        CountDownLatch killed = new CountDownLatch(1);
        AtomicInteger downloads = new AtomicInteger();
        AtomicBoolean shortened = new AtomicBoolean();
        try (Broker broker = new Broker(); ExportApi api = new ExportApi().fragments(FRAGMENTS).newState("Running")
                .script(asked -> {
                    int download = asked.target().contains("/data") ? downloads.incrementAndGet() : 0;
                    if (download > FIRST) {
                        stall(killed);
                    }
                    if (asked.target().endsWith("fragment=" + SHORT) && shortened.compareAndSet(false, true)) {
                        return ExportApi.Reply.of(200, ExportApi.data("job-1", SHORT).split("(?<=\n)")[0]);
                    }
                    return download == 1 ? ExportApi.Reply.of(503, "busy") : null;
                }); Program one = instance("one", api, broker); Program two = instance("two", api, broker)) {
            broker.createTopic("fragments", 2 * CONSUMERS);
            one.start().awaitLine("people-ai-export-history: this instance of the cluster reads");
            two.start();
            await().atMost(LONG).until(() -> broker.holders("gtm-fetch") == 2 * CONSUMERS);
            api.allJobs("Completed");
            one.awaitLine("wait for reports of");
            // More, if a slow machine has cost an instance its place in the group meanwhile.
            await().atMost(LONG).until(() -> downloads.get() >= FIRST + 2 * CONSUMERS);

            two.kill();
            killed.countDown();

            List<String> all = IntStream.range(0, FRAGMENTS).mapToObj(each -> ExportApi.data("job-1", each))
                    .flatMap(String::lines).toList();
            await().atMost(LONG).untilAsserted(() -> assertThat(Stream.of(one, two).flatMap(each -> records(each).stream()))
                    .containsAll(all));
            assertThat(Stream.of(one, two).mapToInt(each -> records(each).size()).sum() - all.size())
                    .isBetween(0, CONSUMERS * ExportApi.RECORDS_PER_FRAGMENT);
            one.awaitLine("all days up to 2026-01-10 are delivered");
            assertThat(api.asked).as("the fragment that lacked records was fetched once more")
                    .filteredOn(each -> each.target().endsWith("/data?fragment=" + SHORT)).hasSizeGreaterThan(1);
            assertThat(api.starts()).hasSize(1);
            assertThat(one.resolve("data/dead-letters")).doesNotExist();
            assertThat(Stream.of(one, two).flatMap(each -> each.output().stream()))
                    .anyMatch(each -> each
                            .contains("People.ai responded with 503 (busy). Messages without an outcome arrive again"))
                    .noneMatch(each -> each.matches("^\\s+at .*"));
        }
    }
}
