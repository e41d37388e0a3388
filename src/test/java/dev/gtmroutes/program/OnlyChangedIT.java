// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;

import dev.gtmroutes.DataDirectory;
import dev.gtmroutes.program.Program.Ended;
import dev.gtmroutes.sandbox.Sandbox;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Only Changed in the packaged program: crashes, stops, edits, and what people do with what is remembered. */
class OnlyChangedIT {

    private static final String KEY = "changed-key-71aa";
    private static final int COUNT = 20_000;
    private static final String EDITED = "Flow calls: continues with the edited version";

    @TempDir
    Path directory;

    private DataDirectory data() {
        return new DataDirectory(directory.resolve("data"));
    }

    private Program program(Sandbox sandbox) throws Exception {
        return Program.in(directory).env("PEOPLE_AI_API_KEY", KEY).env("PEOPLE_AI_RATE_LIMIT", "none")
                .env("PEOPLE_AI_BASE_URL", sandbox.baseUrl("people-ai")).env("GTM_INBOX_QUIET", "0s");
    }

    private void flow(String sink, String parameters) throws Exception {
        Path file = directory.resolve("routes/flows/calls.yaml");
        Path part = Files.writeString(file.resolveSibling(".calls.part"), """
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
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static String calls(int count, int version) {
        StringBuilder calls = new StringBuilder();
        for (int i = 0; i < count; i++) {
            calls.append("{\"n\":").append(i).append(",\"version\":").append(version).append("}\n");
        }
        return calls.toString();
    }

    private Path done(String name) {
        return directory.resolve("data/inbox/calls/.done").resolve(name);
    }

    private void deliver(String name, String calls) {
        data().drop("calls", name, calls);
        await().atMost(Duration.ofSeconds(120)).until(() -> Files.exists(done(name)));
    }

    /** A single template sends fewer records, so that the test ends. */
    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
            "people-ai-push-batch-call-activities-sink; 'onlyChanged: n, maxInFlight: 4'; 400; 20000",
            "people-ai-push-call-activity-sink; 'onlyChanged: n, maxInFlight: 4'; 4; 1500"})
    void afterKillMinusNineAtMostWhatWasInFlightArrivesTwice(String sink, String parameters, int inFlight, int count)
            throws Exception {
        Arrivals arrivals = new Arrivals();
        try (Sandbox sandbox = Sandbox.start(0).accept("people-ai", KEY).onRequest(arrivals::count).latencyMs(5);
                Program program = program(sandbox)) {
            flow(sink, parameters);
            data().drop("calls", "one.ndjson", calls(count, 1));
            program.start();
            await().atMost(Duration.ofSeconds(120)).until(() -> arrivals.different() > count / 3);
            program.kill();
            assertThat(done("one.ndjson")).doesNotExist();
            program.start();
            await().atMost(Duration.ofSeconds(120)).until(() -> Files.exists(done("one.ndjson")));

            assertThat(arrivals.different()).isEqualTo(count);
            assertThat(arrivals.records() - count).isLessThanOrEqualTo(inFlight);
            long before = arrivals.records();
            // In the middle of a second file, of which each tenth record has changed.
            String second = calls(count / 10, 2) + calls(count, 1).substring(calls(count / 10, 1).length());
            data().drop("calls", "two.ndjson", second);
            await().atMost(Duration.ofSeconds(120)).until(() -> arrivals.records() > before);
            program.kill();
            program.start();
            await().atMost(Duration.ofSeconds(120)).until(() -> Files.exists(done("two.ndjson")));
            assertThat(arrivals.records() - before).isBetween((long) count / 10, (long) count / 10 + inFlight);

            long all = arrivals.records();
            deliver("three.ndjson", second);
            assertThat(arrivals.records()).isEqualTo(all);
            program.awaitLine("three.ndjson: " + count + " records read, 0 delivered in 0 requests, 0 rejected, " + count
                    + " unchanged");
        }
    }

    @Test
    void aStopRepeatsNothing() throws Exception {
        Arrivals arrivals = new Arrivals();
        try (Sandbox sandbox = Sandbox.start(0).accept("people-ai", KEY).onRequest(arrivals::count).latencyMs(5);
                Program program = program(sandbox)) {
            flow("people-ai-push-batch-call-activities-sink", "onlyChanged: n");
            data().drop("calls", "one.ndjson", calls(COUNT, 1));
            program.start();
            await().atMost(Duration.ofSeconds(120)).until(() -> arrivals.different() > COUNT / 4);
            program.terminate();
            assertThat(done("one.ndjson")).doesNotExist();
            program.start();
            await().atMost(Duration.ofSeconds(120)).until(() -> Files.exists(done("one.ndjson")));
            deliver("two.ndjson", calls(COUNT, 1));
            assertThat(arrivals.records()).isEqualTo(COUNT);
        }
    }

    @Test
    void peopleListExportAndResetWhatIsRemembered() throws Exception {
        Arrivals arrivals = new Arrivals();
        try (Sandbox sandbox = Sandbox.start(0).accept("people-ai", KEY).onRequest(arrivals::count);
                Program program = program(sandbox).recorded()) {
            flow("people-ai-push-batch-call-activities-sink", "onlyChanged: n");
            program.start().awaitStarted();
            deliver("one.ndjson", calls(300, 1));
            deliver("two.ndjson", calls(300, 1));
            assertThat(arrivals.records()).isEqualTo(300);
            assertThat(get(program.port(), "/api/flows")).contains("\"unchanged\":300");
            await().atMost(Duration.ofSeconds(30)).untilAsserted(
                    () -> assertThat(get(program.port(), "/flows")).contains(">300 unchanged<"));
            assertThat(get(program.managementPort(), "/observe/metrics"))
                    .containsPattern("gtm_records_unchanged_total\\{flow=\"calls\",[^}]*} 300.0");
            assertThat(get(program.port(), "/api/flows/calls/history")).contains("\"delivered\":0,\"unchanged\":300");

            Ended list = program.run("only-changed", "list");
            assertThat(list.status()).as(list.err()).isZero();
            assertThat(list.out()).contains("calls", " 300 ", " n ", "people-ai-push-batch-call-activities");
            assertThat(program.run("only-changed", "export", "calls").out().lines()).hasSize(300)
                    .allMatch(each -> each.matches("\\{\"key\":\"[0-9a-f]{32}\",\"form\":\"[0-9a-f]{16}\"}"));

            assertThat(program.run("only-changed", "reset", "calls", "--key", "7").status()).isZero();
            deliver("three.ndjson", calls(300, 1));
            assertThat(arrivals.records()).isEqualTo(301);
            assertThat(program.run("only-changed", "reset", "calls", "--destination", "people-ai-push-batch-call-activities",
                    "--all").status()).isZero();
            deliver("four.ndjson", calls(300, 1));
            assertThat(arrivals.records()).isEqualTo(601);

            String all = get(program.port(), "/api/only-changed");
            assertThat(all).contains("\"records\":300", "\"attributes\":[\"n\"]");
            String destination = "people-ai-push-batch-call-activities";
            assertThat(all).contains("\"destination\":\"" + destination + "\"");
            assertThat(get(program.port(), "/api/only-changed/calls/" + destination + "/records").lines()).hasSize(300);
            assertThat(post(program.port(), "/api/only-changed/calls/" + destination + "/reset", "{\"key\":[\"a\",\"b\"]}"))
                    .contains("400", "has 1 values (n), not 2");
            assertThat(post(program.port(), "/api/only-changed/calls/" + destination + "/reset", "{}"))
                    .contains("\"records\":0");
            deliver("five.ndjson", calls(300, 1));
            assertThat(arrivals.records()).isEqualTo(901);
            assertThat(get(program.port(), "/api/audit")).contains("forgot");

            // Without the program.
            program.terminate();
            assertThat(program.run("only-changed", "list", "calls").out()).contains(" 300 ");
            assertThat(program.run("only-changed", "reset", "calls", "--all").out()).contains("will be forgotten");
            assertThat(program.run("only-changed", "list").out()).contains(" 0 ", "A reset is waiting");
            assertThat(program.run("only-changed", "reset", "calls").status()).isEqualTo(2);
            assertThat(program.run("only-changed", "export", "others").err()).contains("flow others remembers nothing")
                    .hasLineCount(1);
            program.start();
            deliver("six.ndjson", calls(300, 1));
            assertThat(arrivals.records()).isEqualTo(1201);
        }
    }

    @Test
    void anEditOfARunningFlowChangesWhatIsCompared() throws Exception {
        Arrivals arrivals = new Arrivals();
        try (Sandbox sandbox = Sandbox.start(0).accept("people-ai", KEY).onRequest(arrivals::count);
                Program program = program(sandbox)) {
            flow("people-ai-push-batch-call-activities-sink", "onlyChanged: n");
            program.start().awaitStarted();
            deliver("one.ndjson", calls(200, 1));
            List<String> edits = List.of("onlyChanged: n, maxInFlight: 2", "onlyChanged: n, excludeAttributes: version",
                    "'onlyChanged': 'n,version'", "batchSize: 50", "onlyChanged: n");
            int[] sent = {0, 200, 200, 200, 200};
            for (int i = 0; i < edits.size(); i++) {
                long loaded = program.output().stream().filter(each -> each.contains(EDITED)).count();
                long before = arrivals.records();
                flow("people-ai-push-batch-call-activities-sink", edits.get(i));
                await().atMost(Duration.ofSeconds(60)).until(
                        () -> program.output().stream().filter(each -> each.contains(EDITED)).count() > loaded);
                deliver("edit" + i + ".ndjson", calls(200, 1));
                assertThat(arrivals.records() - before).as(edits.get(i)).isEqualTo(sent[i]);
            }
            deliver("last.ndjson", calls(200, 1));
            program.awaitLine("last.ndjson: 200 records read, 0 delivered");
        }
    }

    private static String get(int port, String path) throws Exception {
        return HttpClient.newHttpClient().send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(), BodyHandlers.ofString())
                .body();
    }

    private static String post(int port, String path, String body) throws Exception {
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Content-Type", "application/json").POST(BodyPublishers.ofString(body)).build(),
                BodyHandlers.ofString()).body();
    }
}
