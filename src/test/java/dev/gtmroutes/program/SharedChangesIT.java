// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import dev.gtmroutes.DataDirectory;
import dev.gtmroutes.program.Program.Ended;
import dev.gtmroutes.remembered.table.Postgres;
import dev.gtmroutes.remembered.table.PostgresTest;
import dev.gtmroutes.sandbox.Sandbox;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two packaged programs that share in a database what Only Changed remembers. */
class SharedChangesIT extends PostgresTest {

    private static final String KEY = "shared-key-40d2";
    private static final Duration LONG = Duration.ofSeconds(120);
    private static final int COUNT = 20_000;
    private static final int IN_FLIGHT = 400;

    @TempDir
    Path directory;
    private final Arrivals arrivals = new Arrivals();
    private final Sandbox sandbox = Sandbox.start(0).accept("people-ai", KEY).onRequest(arrivals::count).latencyMs(5);
    private Program one;
    private Program two;

    @BeforeEach
    void programs() throws Exception {
        Path password = Files.writeString(directory.resolve("password"), Postgres.PASSWORD + "\n");
        one = program("one").env("GTM_ONLY_CHANGED_JDBC_PASSWORD_FILE", password.toString());
        two = program("two").env("GTM_ONLY_CHANGED_JDBC_PASSWORD", Postgres.PASSWORD);
    }

    @AfterEach
    void end() throws Exception {
        one.close();
        two.close();
        sandbox.close();
        assertThat(one.output()).noneMatch(each -> each.contains(Postgres.PASSWORD));
        assertThat(two.output()).noneMatch(each -> each.contains(Postgres.PASSWORD));
    }

    private Program program(String name) throws IOException {
        Path home = Files.createDirectories(directory.resolve(name));
        Program program = Program.in(home).env("PEOPLE_AI_API_KEY", KEY).env("PEOPLE_AI_RATE_LIMIT", "none")
                .env("PEOPLE_AI_BASE_URL", sandbox.baseUrl("people-ai")).env("GTM_INBOX_QUIET", "0s")
                .env("GTM_ONLY_CHANGED_JDBC_URL", postgres.url()).env("GTM_ONLY_CHANGED_JDBC_USER", "gtm");
        Files.writeString(home.resolve("routes/flows/calls.yaml"), """
                - route:
                    id: calls
                    from:
                      uri: kamelet:inbox-source
                      parameters: {flow: calls}
                      steps:
                        - to:
                            uri: kamelet:people-ai-push-batch-call-activities-sink
                            parameters: {onlyChanged: n, maxInFlight: 4}
                """);
        return program;
    }

    private static String calls(int count, int version) {
        StringBuilder calls = new StringBuilder();
        for (int i = 0; i < count; i++) {
            calls.append("{\"n\":").append(i).append(",\"version\":").append(version).append("}\n");
        }
        return calls.toString();
    }

    private static void drop(Program program, String name, String calls) {
        new DataDirectory(program.resolve("data")).drop("calls", name, calls);
    }

    private static Path done(Program program, String name) {
        return program.resolve("data/inbox/calls/.done/" + name);
    }

    private static void awaitDone(Program program, String name) {
        await().atMost(LONG).until(() -> Files.exists(done(program, name)));
    }

    private static void deliver(Program program, String name, String calls) {
        drop(program, name, calls);
        awaitDone(program, name);
    }

    @Test
    void whatOneProgramDeliveredTheOtherDoesNotSend() throws Exception {
        one.start();
        two.start();
        deliver(one, "one.ndjson", calls(300, 1));
        deliver(two, "one.ndjson", calls(300, 1));
        assertThat(arrivals.records()).isEqualTo(300);
        two.awaitLine("one.ndjson: 300 records read, 0 delivered in 0 requests, 0 rejected, 300 unchanged");
        deliver(two, "two.ndjson", calls(30, 2));
        deliver(one, "two.ndjson", calls(30, 2));
        deliver(one, "three.ndjson", calls(30, 1));
        assertThat(arrivals.records()).isEqualTo(360);

        Ended list = two.run("only-changed", "list");
        assertThat(list.out()).as(list.err()).contains("calls", " 300 ", " n ", "people-ai-push-batch-call-activities");
        assertThat(one.run("only-changed", "export", "calls").out().lines()).hasSize(300)
                .allMatch(each -> each.matches("\\{\"key\":\"[0-9a-f]{32}\",\"form\":\"[0-9a-f]{16}\"}"));
        assertThat(two.run("only-changed", "reset", "calls", "--key", "7").status()).isZero();
        deliver(one, "four.ndjson", calls(300, 1));
        assertThat(arrivals.records()).isEqualTo(361);
        assertThat(get(one, "/api/only-changed")).contains("\"records\":300");
        String destination = "/api/only-changed/calls/people-ai-push-batch-call-activities";
        assertThat(get(two, destination + "/records").lines()).hasSize(300);
        assertThat(HttpClient.newHttpClient().send(HttpRequest.newBuilder(uri(one.port(), destination + "/reset"))
                .header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString("{}")).build(),
                BodyHandlers.ofString()).body()).contains("\"records\":0");
        deliver(two, "five.ndjson", calls(300, 1));
        assertThat(arrivals.records()).isEqualTo(661);
    }

    @Test
    void afterKillMinusNineAtMostWhatWasInFlightArrivesTwice() throws Exception {
        two.start();
        drop(one, "one.ndjson", calls(COUNT, 1));
        one.start();
        await().atMost(LONG).until(() -> arrivals.different() > COUNT / 3);
        one.kill();
        assertThat(done(one, "one.ndjson")).doesNotExist();

        deliver(two, "one.ndjson", calls(COUNT, 1));
        assertThat(arrivals.different()).isEqualTo(COUNT);
        assertThat(arrivals.records() - COUNT).isLessThanOrEqualTo(IN_FLIGHT);
        long before = arrivals.records();
        one.start();
        awaitDone(one, "one.ndjson");
        assertThat(arrivals.records() - before).isLessThanOrEqualTo(IN_FLIGHT);
    }

    @Tag("long")
    @Test
    void whileTheDatabaseIsNotThereRecordsWait() throws Exception {
        drop(one, "one.ndjson", calls(COUNT, 1));
        one.start();
        await().atMost(LONG).until(() -> arrivals.different() > COUNT / 3);
        postgres.stop();
        try {
            ProgramApi api = new ProgramApi(one.port());
            await().atMost(LONG).until(() -> api.counts().get("calls").state().startsWith("waiting-for-disk"));
            assertThat(api.counts().get("calls").state()).contains("database 127.0.0.1", "of Only Changed cannot be used");
            assertThat(HttpClient.newHttpClient().send(HttpRequest.newBuilder(uri(one.managementPort(),
                    "/observe/health/group/flows")).build(), BodyHandlers.ofString()).body()).contains("DOWN", "database");
            HttpResponse<String> listed = HttpClient.newHttpClient().send(
                    HttpRequest.newBuilder(uri(one.port(), "/api/only-changed")).build(), BodyHandlers.ofString());
            assertThat(listed.statusCode()).isEqualTo(503);
            assertThat(listed.body()).contains("of Only Changed cannot be used");
            // What had left arrives, and nothing else.
            await().during(Duration.ofSeconds(2)).atMost(LONG).until(new Settled(arrivals)::isStill);
            // A start without the database.
            two.start().awaitStarted();
            drop(two, "one.ndjson", calls(COUNT, 1));
            two.awaitLine("paused, so its records wait: the database");
            assertThat(arrivals.different()).isLessThan(COUNT);
        } finally {
            postgres.start();
        }
        awaitDone(one, "one.ndjson");
        awaitDone(two, "one.ndjson");

        assertThat(arrivals.different()).isEqualTo(COUNT);
        assertThat(one.lines("data/dead-letters/calls")).isEmpty();
        for (Program each : List.of(one, two)) {
            assertThat(each.output()).filteredOn(line -> line.contains("records wait: the database")).hasSize(1);
            assertThat(each.output()).noneMatch(line -> line.contains("Exception"));
        }
        await().atMost(LONG).until(() -> new ProgramApi(one.port()).counts().get("calls").state().startsWith("active"));
    }

    /** Whether the number of arrived records is what it was before. */
    private static final class Settled {

        private final Arrivals arrivals;
        private long before;

        private Settled(Arrivals arrivals) {
            this.arrivals = arrivals;
        }

        private boolean isStill() {
            long now = arrivals.records();
            boolean still = now == before;
            before = now;
            return still;
        }
    }

    private static URI uri(int port, String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    private static String get(Program program, String path) throws IOException, InterruptedException {
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(uri(program.port(), path)).build(),
                BodyHandlers.ofString()).body();
    }
}
