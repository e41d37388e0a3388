// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

import dev.gtmroutes.sandbox.Sandbox;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a crash and a small heap do to the packaged program. */
@Tag("long")
class CrashIT {

    private static final String KEY = "crash-key-0b1e";

    @TempDir
    Path directory;

    private Path write(String name, int count, String padding) throws IOException {
        Path inbox = Files.createDirectories(directory.resolve("data/inbox/calls"));
        Path hidden = inbox.resolve("." + name);
        try (BufferedWriter out = Files.newBufferedWriter(hidden)) {
            for (int i = 0; i < count; i++) {
                out.write("{\"n\":" + i + ",\"team\":" + i % 3 + ",\"owner\":" + i % 1000 + ",\"subject\":\"" + padding
                        + "\"}\n");
            }
        }
        return Files.move(hidden, inbox.resolve(name));
    }

    private Path done(String name) {
        return directory.resolve("data/inbox/calls/.done").resolve(name);
    }

    private Program program(Sandbox sandbox) throws IOException {
        return Program.in(directory).env("PEOPLE_AI_API_KEY", KEY).env("PEOPLE_AI_RATE_LIMIT", "none")
                .env("PEOPLE_AI_BASE_URL", sandbox.baseUrl("people-ai"));
    }

    /** The flow of the name calls, as this project comes with it, but with these parameters. */
    private void flow(String sink, String parameters) throws IOException {
        Files.writeString(directory.resolve("routes/flows/calls.yaml"), """
                - route:
                    id: calls
                    from:
                      uri: kamelet:inbox-source
                      parameters: {flow: calls}
                      steps:
                        - to:
                            uri: kamelet:%s
                            parameters: {%s}
                """.formatted(sink, parameters));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {"maxInFlight: 1; 1", "'maxInFlight: 8, groupBy: team, orderBy: owner'; 8"})
    void afterKillMinusNineOnlyWhatWasInFlightArrivesTwice(String parameters, int inFlight) throws Exception {
        Arrivals arrivals = new Arrivals();
        try (Sandbox sandbox = Sandbox.start(0).accept("people-ai", KEY).onRequest(arrivals::count).latencyMs(5);
                Program program = program(sandbox)) {
            flow("people-ai-push-batch-call-activities-sink", parameters);
            write("calls.ndjson", 30_000, "Renewal check-in");
            program.start();
            await().atMost(Duration.ofSeconds(60)).until(() -> arrivals.different() > 10_000);
            program.kill();
            assertThat(arrivals.different()).isLessThan(30_000);
            assertThat(done("calls.ndjson")).doesNotExist();

            program.start();
            await().atMost(Duration.ofSeconds(90)).until(() -> Files.exists(done("calls.ndjson")));

            assertThat(arrivals.different()).isEqualTo(30_000);
            assertThat(arrivals.records() - 30_000).isLessThanOrEqualTo(inFlight * 100L);
            assertThat(directory.resolve("data/dead-letters/calls")).doesNotExist();
            assertThat(directory.resolve("data/inbox/calls/.calls.ndjson.progress")).doesNotExist();
        }
    }

    @Test
    void whatIsSentOnceOnlyIsHeldAfterKillMinusNine() throws Exception {
        Arrivals arrivals = new Arrivals();
        try (Sandbox sandbox = Sandbox.start(0).accept("people-ai", KEY).onRequest(arrivals::count).latencyMs(20);
                Program program = program(sandbox)) {
            flow("people-ai-request-sink", "url: /activities/call, onceOnly: true");
            write("calls.ndjson", 1_000, "Renewal check-in");
            program.start();
            await().atMost(Duration.ofSeconds(60)).until(() -> arrivals.different() > 100);
            program.kill();

            program.start();
            await().atMost(Duration.ofSeconds(90)).until(() -> Files.exists(done("calls.ndjson")));

            long held = 0;
            try (Stream<Path> files = Files.list(directory.resolve("data/dead-letters/calls"))) {
                for (Path each : files.toList()) {
                    held += Files.readAllLines(each).stream().filter(line -> line.contains("\"held\"")).count();
                }
            }
            assertThat(held).isBetween(1L, 4L);
            assertThat(arrivals.records()).isEqualTo(arrivals.different());
            assertThat(arrivals.different() + held).isBetween(1_000L, 1_000L + held);
        }
    }

    @Test
    void afterAnOrderlyStopEveryRecordArrivesExactlyOnce() throws Exception {
        Arrivals arrivals = new Arrivals();
        try (Sandbox sandbox = Sandbox.start(0).accept("people-ai", KEY).onRequest(arrivals::count).latencyMs(5);
                Program program = program(sandbox)) {
            write("calls.ndjson", 30_000, "Renewal check-in");
            program.start();
            await().atMost(Duration.ofSeconds(60)).until(() -> arrivals.different() > 10_000);
            program.terminate();
            assertThat(arrivals.different()).isLessThan(30_000);

            program.start();
            await().atMost(Duration.ofSeconds(90)).until(() -> Files.exists(done("calls.ndjson")));

            assertThat(arrivals.different()).isEqualTo(30_000);
            assertThat(arrivals.records()).isEqualTo(30_000);
        }
    }

    @Test
    void aFileOfThreeHundredMegabytesFitsIntoAHeapOfNinetySix() throws Exception {
        Arrivals arrivals = new Arrivals();
        try (Sandbox sandbox = Sandbox.start(0).accept("people-ai", KEY).onRequest(arrivals::count);
                Program program = program(sandbox).java("-Xmx96m")) {
            Path file = write("large.ndjson", 900_000, "x".repeat(315));
            assertThat(Files.size(file)).isGreaterThan(300_000_000);
            program.start();

            await().atMost(Duration.ofMinutes(4)).until(() -> Files.exists(done("large.ndjson")));

            assertThat(arrivals.different()).isEqualTo(900_000);
            assertThat(arrivals.records()).isEqualTo(900_000);
            assertThat(program.output()).noneMatch(each -> each.contains("OutOfMemoryError"));
        }
    }
}
