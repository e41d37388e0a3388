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
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.gtmroutes.DataDirectory;
import dev.gtmroutes.SmallDisk;
import dev.gtmroutes.TestDestination;
import dev.gtmroutes.delivery.TestWebhook;
import dev.gtmroutes.sandbox.Sandbox;
import dev.gtmroutes.sandbox.faults.Misbehaviour;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program on a disk that is really full: a small tmpfs. Skipped where nothing may be mounted. */
class FullDiskIT {

    private static final String KEY = "disk-key-3b7e";
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final int RECORDS = 40;

    @TempDir
    Path directory;

    private Path data;
    private SmallDisk disk;

    @BeforeEach
    void mountASmallDisk() throws Exception {
        data = directory.resolve("data");
        disk = SmallDisk.at(data);
    }

    @AfterEach
    void unmount() throws Exception {
        if (disk != null) {
            disk.close();
        }
    }

    private Program program(Sandbox sandbox, TestWebhook webhook) throws IOException {
        Program program = Program.in(directory).env("PEOPLE_AI_API_KEY", KEY)
                .env("PEOPLE_AI_BASE_URL", sandbox.baseUrl("people-ai")).env("PEOPLE_AI_RATE_LIMIT", "none")
                .env("GTM_RETRY_MAX_DELAY", "500ms").env("TOLD_WEBHOOK", webhook.url());
        Files.writeString(directory.resolve("routes/flows/told.yaml"), """
                - route:
                    id: told
                    from:
                      uri: kamelet:inbox-source
                      parameters: {flow: told}
                      steps:
                        - to:
                            uri: kamelet:people-ai-push-call-activity-sink
                            parameters: {maxInFlight: 2, responseWebhook: "RAW({{told.webhook}})"}
                """);
        return program;
    }

    private static int post(Program program, String body) throws Exception {
        return answer(program, body).statusCode();
    }

    private static HttpResponse<String> answer(Program program, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + program.port() + "/intake/told"))
                .header("Content-Type", "application/x-ndjson").POST(HttpRequest.BodyPublishers.ofString(body)).build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static String state(Program program) throws Exception {
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + program.port() + "/api/flows")).build(),
                HttpResponse.BodyHandlers.ofString()).body();
    }

    private static String lines(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "{\"external_id\":\"" + i + "\"}\n").collect(Collectors.joining());
    }

    /** Records are under way and the disk is full: nothing is taken, and nothing that was answered is forgotten. */
    private void getIntoTrouble(Sandbox sandbox, TestWebhook webhook, Program program) throws Exception {
        // What it took would make room.
        webhook.answer(() -> 503);
        sandbox.misbehave(Misbehaviour.forEver().status(503));
        assertThat(post(program, lines(0, RECORDS))).isEqualTo(202);
        await().atMost(LONG).until(() -> !sandbox.requests().isEmpty());
        disk.fill();
        sandbox.clearMisbehaviours();
        sandbox.misbehave(Misbehaviour.forEver().poison("external_id", "7").status(422));
        await().atMost(LONG).until(() -> state(program).contains("waiting-for-disk"));
        HttpResponse<String> refused = answer(program, lines(1000, 1001));
        assertThat(refused.statusCode()).isEqualTo(507);
        assertThat(refused.body()).contains("the data directory has no free bytes", "gtm.keep-done");
        HttpResponse<String> ready = HttpClient.newHttpClient().send(HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + program.managementPort() + "/observe/health/ready")).build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(ready.statusCode()).isEqualTo(503);
        assertThat(ready.body()).contains("no free bytes");
        assertThat(post(program, lines(2000, 12000))).isEqualTo(507);
    }

    private List<String> accepted(Sandbox sandbox) {
        return sandbox.requests().stream().filter(each -> each.accepted() > 0)
                .map(each -> TestDestination.json(TestDestination.text(each)).path("external_id").asText()).toList();
    }

    private static List<String> all() {
        return IntStream.range(0, RECORDS + 1).filter(each -> each != 7).mapToObj(String::valueOf).toList();
    }

    private void awaitEverything(Sandbox sandbox, TestWebhook webhook) {
        await().atMost(LONG).until(() -> accepted(sandbox).containsAll(all()));
        await().atMost(LONG).ignoreExceptions().until(() -> unfinished().isEmpty());
        await().atMost(LONG).until(() -> webhook.events().size() >= sandbox.requests().size());
    }

    /** Files that are neither delivered nor a note of the program. */
    private List<Path> unfinished() throws IOException {
        try (Stream<Path> files = Stream.concat(Files.walk(data.resolve("inbox")), Files.walk(data.resolve("responses")))) {
            return files.filter(Files::isRegularFile).filter(each -> !each.toString().contains("/.done/"))
                    .filter(each -> !each.getFileName().toString().equals(".intake.lock")).toList();
        }
    }

    @Test
    void whatWaitedGoesOnByItselfOnceThereIsRoom() throws Exception {
        try (Sandbox sandbox = Sandbox.start(0).accept("people-ai", KEY); TestWebhook webhook = new TestWebhook(0);
                Program program = program(sandbox, webhook)) {
            program.start().awaitStarted();
            getIntoTrouble(sandbox, webhook, program);

            disk.free();
            webhook.answer(() -> 204);
            await().atMost(LONG).until(() -> post(program, lines(RECORDS, RECORDS + 1)) == 202);
            awaitEverything(sandbox, webhook);

            assertThat(accepted(sandbox)).containsExactlyInAnyOrderElementsOf(all());
            assertThat(webhook.events()).hasSameSizeAs(sandbox.requests());
            assertThat(new DataDirectory(data).deadLetters("told", each -> true)).singleElement()
                    .extracting(each -> each.path("record").path("external_id").asText()).isEqualTo("7");
            assertThat(state(program)).doesNotContain("waiting-for-disk");
            assertThat(program.output()).noneMatch(each -> each.matches("^\\s+at .*"));
        }
    }

    /** At one record a second, a volume of 10 GiB once ran out of them within days, nearly empty. */
    @Test
    void withoutInodesTheSenderLearnsThatAndRecordsGoOnOnceThereAreSome() throws Exception {
        disk.close();
        disk = SmallDisk.withInodes(data, 400);
        try (Sandbox sandbox = Sandbox.start(0).accept("people-ai", KEY); TestWebhook webhook = new TestWebhook(0);
                Program program = program(sandbox, webhook)) {
            program.start().awaitStarted();
            disk.fillWithFiles();

            HttpResponse<String> refused = answer(program, lines(0, 1));
            assertThat(refused.statusCode()).isEqualTo(507);
            assertThat(refused.body()).contains("no free inodes", "gtm.keep-done");
            disk.freeFiles();
            assertThat(post(program, lines(0, 1))).isEqualTo(202);
            await().atMost(LONG).until(() -> accepted(sandbox).contains("0"));
        }
    }

    /** A later version wrote it: this one must not guess. */
    @Test
    void aDataDirectoryOfANewerVersionIsRefusedInOneLine() throws Exception {
        Files.writeString(data.resolve("VERSION"), "7\n");
        try (Sandbox sandbox = Sandbox.start(0); TestWebhook webhook = new TestWebhook(0);
                Program program = program(sandbox, webhook)) {
            program.start();

            assertThat(program.awaitExit()).isNotZero();
            assertThat(program.output()).filteredOn(each -> each.contains("data format 7 of a newer version")).hasSize(1);
            assertThat(program.output()).noneMatch(each -> each.matches("^\\s+at .*"));
        }
    }

    @Test
    void killedAndStartedOnAFullDiskItLosesNothing() throws Exception {
        try (Sandbox sandbox = Sandbox.start(0).accept("people-ai", KEY); TestWebhook webhook = new TestWebhook(0);
                Program program = program(sandbox, webhook); Program again = program(sandbox, webhook)) {
            program.start().awaitStarted();
            getIntoTrouble(sandbox, webhook, program);
            program.kill();
            again.start().awaitStarted();

            disk.free();
            webhook.answer(() -> 204);
            await().atMost(LONG).until(() -> post(again, lines(RECORDS, RECORDS + 1)) == 202);
            await().atMost(LONG).until(() -> accepted(sandbox).containsAll(all()));
            await().atMost(LONG).ignoreExceptions().until(() -> unfinished().isEmpty());

            // Nothing that was refused, and nothing in halves.
            assertThat(accepted(sandbox)).allMatch(all()::contains);
            assertThat(new DataDirectory(data).deadLetters("told", each -> true)).isNotEmpty()
                    .extracting(each -> each.path("record").path("external_id").asText()).containsOnly("7");
            assertThat(webhook.events()).extracting(each -> each.path("requestId").asText() + each.path("attempt").asText())
                    .doesNotHaveDuplicates();
        }
    }
}
