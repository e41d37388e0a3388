package dev.gtmroutes.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import dev.gtmroutes.sandbox.Sandbox;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a crash and a small heap do to the packaged program. */
class CrashIT {

    private static final String KEY = "crash-key-0b1e";

    @TempDir
    Path directory;

    private Path write(String name, int count, String padding) throws IOException {
        Path inbox = Files.createDirectories(directory.resolve("data/inbox/calls"));
        Path hidden = inbox.resolve("." + name);
        try (BufferedWriter out = Files.newBufferedWriter(hidden)) {
            for (int i = 0; i < count; i++) {
                out.write("{\"n\":" + i + ",\"subject\":\"" + padding + "\"}\n");
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

    @Test
    void afterKillMinusNineEveryRecordArrivesAtLeastOnce() throws Exception {
        Arrivals arrivals = new Arrivals();
        try (Sandbox sandbox = Sandbox.start(0).accept("people-ai", KEY).onRequest(arrivals::count).latencyMs(5);
                Program program = program(sandbox)) {
            write("calls.ndjson", 100_000, "Renewal check-in");
            program.start();
            await().atMost(Duration.ofSeconds(60)).until(() -> arrivals.different() > 20_000);
            program.kill();
            int before = arrivals.different();
            assertThat(before).isLessThan(100_000);
            assertThat(done("calls.ndjson")).doesNotExist();

            program.start();
            await().atMost(Duration.ofSeconds(90)).until(() -> Files.exists(done("calls.ndjson")));

            assertThat(arrivals.different()).isEqualTo(100_000);
            assertThat(directory.resolve("data/dead-letters/calls")).doesNotExist();
        }
    }

    @Test
    void afterAnOrderlyStopEveryRecordArrivesExactlyOnce() throws Exception {
        Arrivals arrivals = new Arrivals();
        try (Sandbox sandbox = Sandbox.start(0).accept("people-ai", KEY).onRequest(arrivals::count).latencyMs(5);
                Program program = program(sandbox)) {
            write("calls.ndjson", 50_000, "Renewal check-in");
            program.start();
            await().atMost(Duration.ofSeconds(60)).until(() -> arrivals.different() > 10_000);
            program.terminate();
            assertThat(arrivals.different()).isLessThan(50_000);

            program.start();
            await().atMost(Duration.ofSeconds(90)).until(() -> Files.exists(done("calls.ndjson")));

            assertThat(arrivals.different()).isEqualTo(50_000);
            assertThat(arrivals.records()).isEqualTo(50_000);
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
