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
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.gtmroutes.peopleai.ExportApi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the packaged program does, and says, where an export is not all there is. */
class ExportTruthIT {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final int FRAGMENTS = 3;
    private static final int SHORT = 1;

    @TempDir
    Path directory;

    private Program program(String name, ExportApi api) throws IOException {
        Program program = Program.in(directory.resolve(name)).recorded().env("PEOPLE_AI_PULL_URL", api.pullUrl())
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
                      parameters: {startDate: "2026-01-01", endDate: "2026-01-10", exportType: delta, period: 200}
                      steps:
                        - to:
                            uri: kamelet:record-file-sink
                            parameters: {directory: data/activities}
                """);
        return program;
    }

    private static String firstRecord(int fragment) {
        return ExportApi.data("job-1", fragment).split("(?<=\n)")[0];
    }

    private static List<String> all() {
        return IntStream.range(0, FRAGMENTS).mapToObj(each -> ExportApi.data("job-1", each)).flatMap(String::lines).toList();
    }

    private static void stall(CountDownLatch end) {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A fragment lacks records the first time, and comes only after a kill the second time. */
    private static ExportApi api(CountDownLatch killed, CountDownLatch askedAgain) {
        AtomicInteger asked = new AtomicInteger();
        return new ExportApi().fragments(FRAGMENTS).script(each -> {
            int times = each.target().endsWith("/data?fragment=" + SHORT) ? asked.incrementAndGet() : 0;
            if (times > 1) {
                askedAgain.countDown();
                stall(killed);
            }
            return times == 1 ? ExportApi.Reply.of(200, firstRecord(SHORT)) : null;
        });
    }

    @Test
    void nothingIsLostAndNothingRepeatedAfterKillMinusNineWhileAJobIsCompleted() throws Exception {
        CountDownLatch killed = new CountDownLatch(1);
        CountDownLatch askedAgain = new CountDownLatch(1);
        try (ExportApi api = api(killed, askedAgain); Program program = program("one", api)) {
            program.start();
            askedAgain.await();
            assertThat(program.lines("data/activities")).hasSize(2 * ExportApi.RECORDS_PER_FRAGMENT + 1);
            program.kill();
            killed.countDown();
            program.start().awaitLine("all days up to 2026-01-10 are delivered");

            assertThat(program.lines("data/activities")).containsExactlyInAnyOrderElementsOf(all());
            assertThat(api.starts()).hasSize(1);
            assertThat(program.run("exports").out()).contains("All days up to 2026-01-10 are delivered")
                    .doesNotContain("Problem");
        }
    }

    @Test
    void anotherInstanceCompletesTheJob() throws Exception {
        CountDownLatch killed = new CountDownLatch(1);
        CountDownLatch askedAgain = new CountDownLatch(1);
        try (ExportApi api = api(killed, askedAgain); Program one = program("one", api);
                Program two = program("two", api)) {
            one.start().awaitLine("people-ai-export-history: this instance of the cluster reads");
            two.start().awaitStarted();
            askedAgain.await();
            one.kill();
            killed.countDown();
            two.awaitLine("all days up to 2026-01-10 are delivered");

            assertThat(Stream.of(one, two).flatMap(each -> each.lines("data/activities").stream()))
                    .containsExactlyInAnyOrderElementsOf(all());
            assertThat(api.starts()).hasSize(1);
        }
    }

    private static String management(Program program) {
        return "http://127.0.0.1:" + program.managementPort();
    }

    private static String console(Program program) {
        return "http://127.0.0.1:" + program.port();
    }

    private static HttpResponse<String> get(String url) throws Exception {
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create(url)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static void awaitTold(Program program, String why) {
        await().atMost(LONG).untilAsserted(() -> {
            HttpResponse<String> health = get(management(program) + "/observe/health/group/sources");
            assertThat(health.statusCode()).isEqualTo(503);
            assertThat(health.body()).contains(why);
        });
    }

    @Test
    void whatCannotBeHadIsToldEverywhereAndReadinessStays() throws Exception {
        try (ExportApi api = new ExportApi().fragments(FRAGMENTS).script(each -> each.target()
                .endsWith("/data?fragment=" + SHORT) ? ExportApi.Reply.of(200, firstRecord(SHORT)) : null);
                Program program = program("one", api)) {
            program.start().awaitStarted();
            String why = "but People.ai says that the job has " + FRAGMENTS * ExportApi.data("job-1", 0).length();
            awaitTold(program, why);

            assertThat(get(management(program) + "/observe/health/ready").statusCode()).isEqualTo(200);
            assertThat(get(management(program) + "/observe/health/live").statusCode()).isEqualTo(200);
            assertThat(get(management(program) + "/observe/metrics").body())
                    .contains("gtm_source_problems{flow=\"history\"} 1.0",
                            "gtm_export_incomplete_windows{flow=\"history\"} 1.0");
            assertThat(get(console(program) + "/api/exports").body()).contains(why, "\"state\":\"incomplete\"",
                    "\"watermark\":null");
            assertThat(get(console(program) + "/exports").body()).contains(why, "too few");
            assertThat(program.run("exports").out()).contains("Problem: delta 2026-01-01..2026-01-10: the fragments of job",
                    why, "No day is completely delivered");
            assertThat(program.output()).noneMatch(each -> each.startsWith("\tat "));
        }
    }

    @Test
    void aJobThatTakesTooLongIsTold() throws Exception {
        try (ExportApi api = new ExportApi().newState("Queued"); Program program = program("one", api)) {
            api.add("delta", "2026-01-01", "2026-01-10", "Running");
            api.change(job -> job.put("job_created_time",
                    Instant.now().minus(Duration.ofHours(7)).truncatedTo(ChronoUnit.SECONDS).toString()));
            program.start().awaitStarted();
            awaitTold(program, "job job-1 has been Running for 7 h");
            assertThat(get(management(program) + "/observe/metrics").body())
                    .containsPattern("gtm_export_job_seconds\\{flow=\"history\"} 252\\d\\d\\.0");

            api.allJobs("Completed");
            await().atMost(LONG).until(() -> get(management(program) + "/observe/health/group/sources").statusCode() == 200);
        }
    }
}
