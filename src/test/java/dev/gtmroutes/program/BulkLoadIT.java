// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gtmroutes.sandbox.Sandbox;
import dev.gtmroutes.sandbox.faults.Misbehaviour;
import dev.gtmroutes.sandbox.server.RecordedRequest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bulk jobs of Salesloft as one destination, in the packaged program. */
class BulkLoadIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LONG = Duration.ofSeconds(90);
    private static final int RECORDS = 12_000;
    private static final int BAD_EVERY = 100;

    @TempDir
    Path directory;

    @BeforeEach
    void flow() throws IOException {
        flow("jobPatience: 6h");
    }

    private void flow(String parameters) throws IOException {
        Path flows = Files.createDirectories(directory.resolve("routes/flows"));
        Files.writeString(flows.resolve("people.yaml"), """
                - route:
                    id: people
                    from:
                      uri: kamelet:inbox-source
                      parameters: {flow: people}
                      steps:
                        - to:
                            uri: kamelet:salesloft-bulk-load-sink
                            parameters: {jobWait: 1s, pollMaxDelay: 1s, %s}
                """.formatted(parameters));
    }

    private Program program(Sandbox sandbox) throws IOException {
        Program program = Program.in(directory).env("SALESLOFT_ACCESS_TOKEN", "sandbox-token")
                .env("SALESLOFT_RATE_LIMIT", "none").env("SALESLOFT_BASE_URL", sandbox.baseUrl("salesloft"));
        Files.delete(directory.resolve("routes/flows/calls.yaml"));
        Files.delete(directory.resolve("routes/flows/single-calls.yaml"));
        return program;
    }

    private void write(String name, int count) throws IOException {
        Path inbox = Files.createDirectories(directory.resolve("data/inbox/people"));
        Path hidden = inbox.resolve("." + name);
        try (BufferedWriter out = Files.newBufferedWriter(hidden)) {
            for (int i = 1; i <= count; i++) {
                out.write("{\"email_address\": \"" + (i % BAD_EVERY == 0 ? "bad-" + i : "p" + i + "@x.example")
                        + "\", \"score\": 1.50}\n");
            }
        }
        Files.move(hidden, inbox.resolve(name));
    }

    private Path done(int job) {
        return directory.resolve("data/bulk/people/salesloft-bulk-load/done/%06d.json".formatted(job));
    }

    private JsonNode awaitDone(Program program, int job) {
        await().atMost(LONG).until(() -> Files.exists(done(job)) || !program.isAlive());
        assertThat(done(job)).as("the state of a job that is over: %s", program.output()).exists();
        try {
            return JSON.readTree(done(job).toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<JsonNode> letters() throws IOException {
        List<JsonNode> letters = new ArrayList<>();
        Path folder = directory.resolve("data/dead-letters/people");
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.filter(each -> each.toString().endsWith(".ndjson")).toList()) {
                    for (String line : Files.readAllLines(file)) {
                        letters.add(JSON.readTree(line));
                    }
                }
            }
        }
        return letters;
    }

    /** One job, with each record once, and a dead letter for each bad one. */
    private void expectAllOnce(Sandbox sandbox, JsonNode state) throws IOException {
        assertThat(sandbox.bulkJobs().jobs()).hasSize(1);
        Set<String> sent = new HashSet<>();
        List<JsonNode> records = sandbox.bulkJobs().records(1);
        records.forEach(each -> sent.add(each.get("email_address").asText()));
        assertThat(records).hasSize(RECORDS);
        assertThat(sent).hasSize(RECORDS);
        assertThat(state.get("delivered").asInt()).isEqualTo(RECORDS - RECORDS / BAD_EVERY);
        assertThat(state.get("rejected").asInt()).isEqualTo(RECORDS / BAD_EVERY);
        List<JsonNode> letters = letters();
        assertThat(letters).extracting(each -> each.get("line").asInt()).doesNotHaveDuplicates()
                .hasSize(RECORDS / BAD_EVERY);
        assertThat(letters).allSatisfy(each -> {
            assertThat(each.get("line").asInt() % BAD_EVERY).isZero();
            assertThat(each.get("record").toString()).isEqualTo("{\"email_address\":\"bad-" + each.get("line")
                    + "\",\"score\":1.5}");
            assertThat(each.get("sourceFile").asText()).isEqualTo("people.ndjson");
            assertThat(each.get("state").asText()).isEqualTo("rejected");
            assertThat(each.get("reason").asText())
                    .isEqualTo("bulk job 1 reports an error for this record: Email address is invalid");
            assertThat(each.get("answer").asText()).contains("\"status\":\"error\"");
        });
    }

    @Test
    void aFileBecomesOneJobAndEachRecordGetsItsOutcome() throws Exception {
        try (Sandbox sandbox = Sandbox.start(0); Program program = program(sandbox).recorded()) {
            program.start().awaitStarted();
            write("people.ndjson", RECORDS);
            expectAllOnce(sandbox, awaitDone(program, 1));

            assertThat(sandbox.requests()).filteredOn(each -> "salesloft-create-bulk-job-data".equals(each.endpoint()))
                    .extracting(RecordedRequest::records).containsExactly(5000, 5000, 2000);
            ProgramApi.Counts counts = new ProgramApi(program.port()).counts().get("people");
            assertThat(counts.delivered()).isEqualTo(RECORDS - RECORDS / BAD_EVERY);
            assertThat(counts.rejected()).isEqualTo(RECORDS / BAD_EVERY);
            assertThat(sandbox.bulkJobs().records(1).get(0).toString())
                    .isEqualTo("{\"email_address\":\"p1@x.example\",\"score\":1.5,\"upsert_key\":\"email_address\"}");
        }
    }

    @Test
    @Tag("long")
    void killMinusNineAtAnyRequestMakesNoSecondJobAndSendsNoRecordTwice() throws Exception {
        List<String> endpoints = List.of("salesloft-create-bulk-job", "salesloft-create-bulk-job-data",
                "salesloft-bulk-job-data", "salesloft-start-bulk-job", "salesloft-bulk-job", "salesloft-bulk-job-results");
        try (Sandbox sandbox = Sandbox.start(0); Program program = program(sandbox)) {
            sandbox.bulkJobs().take(Duration.ofSeconds(1));
            String[] deadly = new String[1];
            AtomicInteger left = new AtomicInteger();
            sandbox.onRequest(request -> {
                if (deadly[0] != null && deadly[0].equals(request.endpoint()) && left.decrementAndGet() == 0) {
                    kill(program);
                }
            });
            write("people.ndjson", RECORDS);
            for (String each : endpoints) {
                for (boolean carriedOut : new boolean[] {false, true}) {
                    deadly[0] = each;
                    left.set(1);
                    if (!carriedOut) {
                        sandbox.misbehave(Misbehaviour.times(1).endpoint(each).close(Misbehaviour.Close.BEFORE));
                    }
                    program.start();
                    await().atMost(LONG).until(() -> !program.isAlive());
                    sandbox.clearMisbehaviours();
                }
            }
            deadly[0] = null;
            program.start();
            expectAllOnce(sandbox, awaitDone(program, 1));
        }
    }

    private static void kill(Program program) {
        try {
            program.kill();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void killMinusNineWhileRecordsAreSavedSavesNoneTwice() throws Exception {
        int many = 30_000;
        flow("jobSize: 100000");
        try (Sandbox sandbox = Sandbox.start(0); Program program = program(sandbox)) {
            write("people.ndjson", many);
            Path spool = directory.resolve("data/bulk/people/salesloft-bulk-load/000001.ndjson");
            program.start();
            await().atMost(LONG).pollInterval(Duration.ofMillis(2))
                    .until(() -> Files.exists(spool) && Files.size(spool) > 0);
            program.kill();
            program.start();
            Set<String> sent = new HashSet<>();
            int all = 0;
            // A slow start can make the rest a job of its own.
            for (int job = 1; all < many; job++) {
                awaitDone(program, job);
                List<JsonNode> records = sandbox.bulkJobs().records(job);
                all += records.size();
                records.forEach(each -> sent.add(each.get("email_address").asText()));
            }

            assertThat(all).isEqualTo(many);
            assertThat(sent).hasSize(many);
            assertThat(letters()).extracting(each -> each.get("line").asInt()).doesNotHaveDuplicates()
                    .hasSize(many / BAD_EVERY);
        }
    }

    @Tag("long")
    @Test
    void anOrderlyStopLeavesTheJobToTheNextRun() throws Exception {
        try (Sandbox sandbox = Sandbox.start(0); Program program = program(sandbox)) {
            sandbox.latencyMs(20);
            write("people.ndjson", RECORDS);
            program.start();
            await().atMost(LONG).until(() -> sandbox.requests().stream()
                    .filter(each -> "salesloft-bulk-job-data".equals(each.endpoint())).count() > 20);
            long begun = System.nanoTime();
            assertThat(program.terminate()).isIn(0, 143);
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(40));
            assertThat(done(1)).doesNotExist();

            program.start();
            expectAllOnce(sandbox, awaitDone(program, 1));
        }
    }

    @Test
    void aJobThatStallsIsToldAndGoesOnWhenItMoves() throws Exception {
        flow("jobPatience: 2s");
        try (Sandbox sandbox = Sandbox.start(0); Program program = program(sandbox)) {
            sandbox.bulkJobs().stall(true).take(Duration.ZERO);
            program.start().awaitStarted();
            ProgramApi api = new ProgramApi(program.port());
            write("people.ndjson", 200);
            await().atMost(LONG).until(() -> api.counts().get("people").state().startsWith("stalled"));

            assertThat(api.counts().get("people").state()).contains("bulk job 1 is executing: 100 of 200 records processed");
            assertThat(health(program)).contains("\"DOWN\"", "stalled");
            assertThat(api.counts().get("people").settled()).isZero();
            assertThat(program.output()).filteredOn(each -> each.contains("bulk.BulkWorker") && each.contains("no progress"))
                    .hasSize(1);

            sandbox.bulkJobs().stall(false);
            assertThat(awaitDone(program, 1).get("delivered").asInt()).isEqualTo(198);
            await().atMost(LONG).until(() -> api.counts().get("people").state().startsWith("active"));
        }
    }

    private static String health(Program program) throws IOException, InterruptedException {
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:"
                + program.managementPort() + "/observe/health/group/flows")).build(), BodyHandlers.ofString()).body();
    }

    @Test
    void recordsWithOneKeyGoIntoSuccessiveJobsAndUnfitOnesAreRejectedAtOnce() throws Exception {
        try (Sandbox sandbox = Sandbox.start(0); Program program = program(sandbox)) {
            program.start().awaitStarted();
            new ProgramApi(program.port()).intake("people", "application/x-ndjson", """
                    {"email_address": "ann@x.example", "title": "first"}
                    {"title": "nobody"}
                    {"email_address": "ben@x.example"}
                    {"email_address": "Ann@x.example", "title": "second"}
                    """);
            awaitDone(program, 2);

            assertThat(sandbox.bulkJobs().records(1)).extracting(each -> each.path("title").asText())
                    .containsExactly("first", "");
            assertThat(sandbox.bulkJobs().records(2)).extracting(each -> each.path("title").asText())
                    .containsExactly("second");
            assertThat(letters()).singleElement().satisfies(each -> {
                assertThat(each.get("line").asInt()).isEqualTo(2);
                assertThat(each.get("reason").asText()).contains("email_address");
            });
        }
    }

    @Test
    void aCredentialThatIsRefusedPausesTheJobAndNotMore() throws Exception {
        try (Sandbox sandbox = Sandbox.start(0).accept("salesloft", "another-token"); Program program = program(sandbox)) {
            program.start().awaitStarted();
            ProgramApi api = new ProgramApi(program.port());
            write("people.ndjson", 200);
            await().atMost(LONG).until(() -> api.counts().get("people").state().startsWith("waiting-for-credential"));
            assertThat(letters()).isEmpty();

            sandbox.accept("salesloft", "sandbox-token");
            assertThat(awaitDone(program, 1).get("delivered").asInt()).isEqualTo(198);
            assertThat(sandbox.bulkJobs().jobs()).hasSize(1);
        }
    }

    @Test
    void anEditOfTheFlowAndAPauseLeaveItsJobAlone() throws Exception {
        try (Sandbox sandbox = Sandbox.start(0); Program program = program(sandbox)) {
            sandbox.bulkJobs().stall(true).take(Duration.ZERO);
            program.start().awaitStarted();
            write("people.ndjson", 200);
            await().atMost(LONG).until(() -> requests(sandbox, "salesloft-start-bulk-job") == 1);

            flow("jobPatience: 5h, type: account/upsert");
            program.awaitLine("the job type 'account/upsert' is not one that this program knows");
            long looks = requests(sandbox, "salesloft-bulk-job");
            await().atMost(LONG).until(() -> requests(sandbox, "salesloft-bulk-job") > looks);
            switchFlow(program, "pause");
            sandbox.bulkJobs().stall(false);
            assertThat(done(1)).doesNotExist();
            switchFlow(program, "resume");

            assertThat(awaitDone(program, 1).get("delivered").asInt()).isEqualTo(198);
            assertThat(sandbox.bulkJobs().jobs()).hasSize(1);
            assertThat(sandbox.bulkJobs().jobs().get(0).get("type").asText()).isEqualTo("person/upsert");
        }
    }

    private static long requests(Sandbox sandbox, String endpoint) {
        return sandbox.requests().stream().filter(each -> endpoint.equals(each.endpoint())).count();
    }

    private static void switchFlow(Program program, String action) throws IOException, InterruptedException {
        assertThat(HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + program.port()
                + "/api/flows/people/" + action)).POST(HttpRequest.BodyPublishers.noBody()).build(),
                BodyHandlers.discarding()).statusCode()).isBetween(200, 299);
    }
}
