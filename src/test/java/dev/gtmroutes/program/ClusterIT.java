// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.gtmroutes.peopleai.ExportApi;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two instances of the packaged program that share an export. */
class ClusterIT {

    private static final int FRAGMENTS = 12;
    /** The program that is killed gets so many, and waits for the others. */
    private static final int FIRST = 3;

    @TempDir
    Path directory;

    private Program instance(String name, ExportApi api) throws IOException {
        Program program = Program.in(directory.resolve(name)).env("PEOPLE_AI_PULL_URL", api.pullUrl())
                .env("PEOPLE_AI_TOKEN_URL", api.tokenUrl()).env("PEOPLE_AI_CLIENT_ID", "key")
                .env("PEOPLE_AI_CLIENT_SECRET", "secret").env("PEOPLE_AI_RATE_LIMIT", "none")
                .env("GTM_CLUSTER_LOCK", directory.resolve("shared/locks").toString())
                .env("GTM_STATE", directory.resolve("shared/state").toString());
        Files.writeString(program.resolve("routes/flows/history.yaml"), """
                - route:
                    id: history
                    autoStartup: true
                    from:
                      uri: kamelet:people-ai-export-activities-source
                      parameters:
                        startDate: "2026-01-01"
                        endDate: "2026-01-10"
                        exportType: delta
                        period: 200
                      steps:
                        - to:
                            uri: kamelet:record-file-sink
                            parameters: {directory: data/activities}
                """);
        return program;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static List<String> records(Program program) {
        return program.lines("data/activities");
    }

    @Test
    @Tag("long")
    void anotherInstanceGoesOnAfterKillMinusNineOfTheOneThatReads() throws Exception {
        CountDownLatch killed = new CountDownLatch(1);
        AtomicInteger downloads = new AtomicInteger();
        try (ExportApi api = new ExportApi().fragments(FRAGMENTS).script(asked -> {
            if (asked.target().contains("/data") && downloads.incrementAndGet() > FIRST) {
                await(killed);
            }
            return null;
        }); Program one = instance("one", api);
                Program two = instance("two", api)) {
            one.start().awaitLine("people-ai-export-history: this instance of the cluster reads");
            two.start().awaitStarted();
            Awaitility.await().atMost(Duration.ofSeconds(60))
                    .until(() -> records(one).size() == FIRST * ExportApi.RECORDS_PER_FRAGMENT);
            assertThat(records(two)).isEmpty();
            one.kill();
            killed.countDown();

            two.awaitLine("all days up to 2026-01-10 are delivered");
            List<String> all = IntStream.range(0, FRAGMENTS).mapToObj(each -> ExportApi.data("job-1", each))
                    .flatMap(String::lines).toList();
            List<String> arrived = Stream.of(one, two).flatMap(each -> records(each).stream()).toList();
            assertThat(new HashSet<>(arrived)).containsExactlyInAnyOrderElementsOf(all);
            assertThat(arrived.size() - all.size()).as("the last fragment may not have been noted yet")
                    .isIn(0, ExportApi.RECORDS_PER_FRAGMENT);
            assertThat(api.starts()).as("the second goes on with the job of the first").hasSize(1);
        }
    }
}
