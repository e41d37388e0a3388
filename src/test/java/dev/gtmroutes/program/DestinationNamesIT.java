// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gtmroutes.delivery.TestWebhook;
import dev.gtmroutes.disk.Disk;
import dev.gtmroutes.progress.InputProgress.DestinationKey;
import dev.gtmroutes.progress.ProgressJournal;
import dev.gtmroutes.progress.ProgressLog;
import dev.gtmroutes.progress.Ranges;
import dev.gtmroutes.sandbox.Sandbox;
import dev.gtmroutes.sandbox.server.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Destinations keep what is theirs when steps come before them, and when an earlier version called them by numbers. */
class DestinationNamesIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String TEMPLATE = "people-ai-push-call-activity";

    @TempDir
    Path directory;
    private Sandbox sandbox;
    private TestWebhook webhook;
    private Program program;

    @BeforeEach
    void begin() throws IOException {
        sandbox = Sandbox.start(0).accept("people-ai", "names-key");
        webhook = new TestWebhook(0);
        program = Program.in(directory).env("PEOPLE_AI_API_KEY", "names-key").env("GTM_INBOX_QUIET", "0s")
                .env("PEOPLE_AI_BASE_URL", sandbox.baseUrl("people-ai")).env("PEOPLE_AI_RATE_LIMIT", "none")
                .env("TOLD_WEBHOOK", webhook.url());
    }

    @AfterEach
    void end() throws Exception {
        program.close();
        webhook.close();
        sandbox.close();
    }

    /** A step whose requests tell of it in a header. */
    private static String step(String id, String mark, String more) {
        return """
                        - to:
                %s            uri: kamelet:%s-sink
                            parameters: {maxInFlight: 1, requestHeaders: "X-Mark:%s"%s}
                """.formatted(id.isEmpty() ? "" : "            id: " + id + "\n", TEMPLATE, mark, more);
    }

    private void flow(String... steps) throws IOException {
        Path file = directory.resolve("routes/flows/calls.yaml");
        Path part = Files.writeString(file.resolveSibling(".part"), """
                - route:
                    id: calls
                    from:
                      uri: kamelet:inbox-source
                      parameters: {flow: calls}
                      steps:
                """ + String.join("", steps));
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static String records(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "{\"external_id\":\"r%03d\"}\n".formatted(i))
                .collect(Collectors.joining());
    }

    /** How often each record arrived, by the mark of the step. */
    private Map<String, Map<String, Long>> arrived() {
        return sandbox.requests().stream().filter(each -> each.header("X-Mark") != null && each.accepted() > 0)
                .collect(Collectors.groupingBy(each -> each.header("X-Mark"), TreeMap::new,
                        Collectors.groupingBy(DestinationNamesIT::id, TreeMap::new, Collectors.counting())));
    }

    private static String id(RecordedRequest request) {
        try {
            return JSON.readTree(request.body()).path("external_id").asText();
        } catch (IOException e) {
            return new String(request.body(), StandardCharsets.UTF_8);
        }
    }

    private int arrivedAt(String mark) {
        return arrived().getOrDefault(mark, Map.of()).size();
    }

    private void awaitDone(String name) {
        await().atMost(SOON).until(() -> Files.exists(directory.resolve("data/inbox/calls/.done").resolve(name)));
    }

    private void assertOnce(String mark, int records) {
        assertThat(arrived().get(mark)).as(mark).hasSize(records)
                .allSatisfy((id, times) -> assertThat(times).as(id).isOne());
    }

    private boolean waits(String outbox) throws IOException {
        try (Stream<Path> files = Files.walk(directory.resolve("data/responses").resolve(outbox))) {
            return files.anyMatch(each -> each.getFileName().toString().startsWith("intake-")
                    || each.getFileName().toString().startsWith("open"));
        }
    }

    @Test
    void stepsThatComeBeforeADestinationTakeNothingFromIt() throws Exception {
        String one = step("one", "one", ", responseWebhook: \"RAW({{told.webhook}})\"");
        String two = step("two", "two", "");
        webhook.answer(() -> 503);
        flow(one, two);
        // Names are those of one flow: another one may have the same.
        Path calls = directory.resolve("routes/flows/calls.yaml");
        Files.writeString(calls.resolveSibling("others.yaml"), Files.readString(calls).replace("calls", "others"));
        Files.createDirectories(directory.resolve("data/inbox/calls"));
        Files.writeString(directory.resolve("data/inbox/calls/a.ndjson"), records(0, 150));
        sandbox.latencyMs(10);
        program.start();
        await().atMost(SOON).until(() -> arrivedAt("two") > 20);
        program.terminate();
        assertThat(arrivedAt("two")).isLessThan(150);
        assertThat(waits("calls.one")).isTrue();
        assertThat(program.output()).noneMatch(each -> each.contains("others.yaml"));

        // Before the restart one comes, and another one while the rest of the file is being delivered.
        flow(step("zero", "zero", ""), one, two);
        program.start();
        await().atMost(SOON).until(() -> arrivedAt("zero") > 20);
        flow(step("minus", "minus", ""), step("zero", "zero", ""), one, two);
        await().atMost(SOON).until(() -> arrivedAt("minus") > 20);
        flow(step("minus", "minus", ""), step("zero", "zero", ""), two, one);
        webhook.answer(() -> 204);
        awaitDone("a.ndjson");

        for (String each : List.of("minus", "zero", "one", "two")) {
            assertOnce(each, 150);
        }
        await().atMost(SOON).until(() -> webhook.events().size() >= 150);
        assertThat(webhook.events()).hasSize(150).extracting(each -> each.path("template").asText()).containsOnly(TEMPLATE);
    }

    @Test
    void whatNumbersNamedIsTakenOverOnce() throws Exception {
        String first = step("", "first", "");
        String second = step("", "second", ", responseWebhook: \"RAW({{told.webhook}})\"");
        flow(first, second);
        leaveBehindAsAnEarlierVersionDoes();

        program.start();
        awaitDone("a.ndjson");
        await().atMost(SOON).until(() -> webhook.events().stream().anyMatch(each -> each.path("old").asBoolean()));
        assertThat(arrived().get("first").keySet()).containsExactly("r006", "r007", "r008", "r009");
        assertThat(arrived().get("second").keySet()).containsExactly("r003", "r004", "r005", "r006", "r007", "r008", "r009");
        assertOnce("first", 4);
        assertOnce("second", 7);
        Path data = directory.resolve("data");
        assertThat(data.resolve("VERSION")).hasContent("2");
        assertThat(data.resolve("responses/calls.1")).doesNotExist();
        assertThat(data.resolve("responses/calls.2")).doesNotExist();
        assertThat(data.resolve("dead-letters/calls." + TEMPLATE + "-2-responses/2026-11-01.ndjson")).exists();
        assertThat(data.resolve("dead-letters/calls.2-responses")).doesNotExist();
        program.terminate();

        // What the numbers meant is known from then on, whatever comes before these steps.
        flow(step("zero", "zero", ""), step(TEMPLATE, "first", ""), step(TEMPLATE + "-2", "second",
                ", responseWebhook: \"RAW({{told.webhook}})\""));
        program.start().awaitStarted();
        assertThat(program.run("dead-letters", "replay", "calls", "--all").out()).contains("1 record queued");
        assertThat(program.run("dead-letters", "replay", "calls." + TEMPLATE + "-2-responses", "--all").out())
                .contains("1 record queued");
        await().atMost(SOON).until(() -> arrived().get("second").containsKey("letter"));
        await().atMost(SOON).until(() -> webhook.events().stream().anyMatch(each -> each.path("letter").asBoolean()));
        assertThat(arrived()).doesNotContainKey("zero");
        assertThat(arrived().get("first")).doesNotContainKey("letter");
    }

    @Test
    void eventsOfADestinationThatGotAnotherIdAreTold() throws Exception {
        webhook.answer(() -> 503);
        flow(step("one", "one", ", responseWebhook: \"RAW({{told.webhook}})\""));
        program.start().awaitStarted();
        Files.createDirectories(directory.resolve("data/inbox/calls"));
        Files.writeString(directory.resolve("data/inbox/calls/a.ndjson"), records(0, 1));
        awaitDone("a.ndjson");
        await().atMost(SOON).until(() -> !program.lines("data/responses/calls.one").isEmpty());
        flow(step("uno", "one", ", responseWebhook: \"RAW({{told.webhook}})\""));
        program.awaitLine("calls: response events wait in ").awaitLine("data/responses/calls.one, and the flow has no "
                + "destination of this name. To send them, give the step its id again");
        webhook.answer(() -> 204);
        flow(step("one", "one", ", responseWebhook: \"RAW({{told.webhook}})\""));
        await().atMost(SOON).until(() -> webhook.events().size() == 1);
    }

    @Test
    void aPauseOfANumberedDestinationStays() throws Exception {
        flow(step("", "first", ""), step("", "second", ""));
        Path data = directory.resolve("data");
        Files.createDirectories(data.resolve("state/paused"));
        Files.writeString(data.resolve("state/paused/calls%3A2-delivery.json"),
                "{\"version\":1,\"reason\":\"20 records in a row\",\"since\":\"2026-11-28T10:00:00Z\"}");
        program.start().awaitStarted();
        program.awaitLine("calls:" + TEMPLATE + "-2-delivery: still paused since 2026-11-28T10:00:00Z");
        assertThat(data.resolve("state/paused/calls%3A2-delivery.json")).doesNotExist();
    }

    private void leaveBehindAsAnEarlierVersionDoes() throws IOException {
        Path data = directory.resolve("data");
        Path inbox = Files.createDirectories(data.resolve("inbox/calls"));
        Files.writeString(data.resolve("VERSION"), "1\n");
        Path file = Files.writeString(inbox.resolve("a.ndjson"), records(0, 10));
        ProgressJournal journal = ProgressJournal.open(file, new Disk());
        journal.settled().note(ProgressLog.Note.SETTLED, new DestinationKey("calls:1-delivery", TEMPLATE, 2),
                Ranges.of(0, 1, 2, 3, 4, 5));
        journal.settled().note(ProgressLog.Note.SETTLED, new DestinationKey("calls:2-delivery", TEMPLATE, 2),
                Ranges.of(0, 1, 2));
        journal.keep();
        Path outbox = Files.createDirectories(data.resolve("responses/calls.2"));
        Files.writeString(outbox.resolve("intake-1.ndjson"), "{\"old\":true}\n");
        letter(data, "calls", "calls:2-delivery", TEMPLATE, "{\"external_id\":\"letter\"}");
        letter(data, "calls.2-responses", "calls.2-responses:delivery", "response-webhook", "{\"letter\":true}");
    }

    private static void letter(Path data, String flow, String destination, String template, String record)
            throws IOException {
        Path folder = Files.createDirectories(data.resolve("dead-letters").resolve(flow));
        Files.writeString(folder.resolve("2026-11-01.ndjson"), ("{\"record\":%s,\"state\":\"rejected\",\"reason\":\"r\","
                + "\"status\":422,\"answer\":\"\",\"flow\":\"%s\",\"destination\":\"%s\",\"template\":\"%s\","
                + "\"sourceFile\":\"x\",\"line\":1,\"time\":\"2026-11-01T10:00:00Z\"}%n")
                .formatted(record, flow, destination, template));
    }
}
