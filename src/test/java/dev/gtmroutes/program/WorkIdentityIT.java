// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.gtmroutes.sandbox.Sandbox;
import dev.gtmroutes.sandbox.faults.Misbehaviour;
import dev.gtmroutes.sandbox.server.RecordedRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file in work is known by what it is, not by its name, nor by a sample of its bytes, also after kill -9. */
class WorkIdentityIT {

    private static final String KEY = "identity-key-41c7";
    /** Files with more than 64 KB in front of their middle and behind it. */
    private static final int RECORDS = 240;
    private static final int SAME_AT_EDGES = 30;
    private static final String PADDING = "x".repeat(3000);
    private static final int BATCH = 5;
    private static final int IN_FLIGHT = 4;
    private static final Map<String, String> SINKS = Map.of(
            "batch", "people-ai-push-batch-call-activities-sink, parameters: {batchSize: 5, maxInFlight: 1}",
            "single", "people-ai-push-call-activity-sink",
            "once", "people-ai-request-sink, parameters: {url: /activities/call, onceOnly: true}");
    private static final List<String> CASES = List.of("renamed", "replaced", "edited");
    private static final Pattern RECORD = Pattern.compile("\"id\":\"([^\"]+)\"");

    @TempDir
    Path directory;

    private final Map<String, Integer> arrived = new ConcurrentHashMap<>();

    private void count(RecordedRequest request) {
        if (request.accepted() > 0) {
            Matcher ids = RECORD.matcher(new String(request.body(), StandardCharsets.ISO_8859_1));
            while (ids.find()) {
                arrived.merge(ids.group(1), 1, Integer::sum);
            }
        }
    }

    /** How often the records arrived whose ids begin like this. */
    private Map<String, Integer> arrived(String prefix) {
        Map<String, Integer> found = new TreeMap<>(arrived);
        found.keySet().removeIf(each -> !each.startsWith(prefix));
        return found;
    }

    private Path inbox(String flow) throws IOException {
        return Files.createDirectories(directory.resolve("data/inbox").resolve(flow));
    }

    private Path write(String flow, String name, IntFunction<String> id) throws IOException {
        Path hidden = inbox(flow).resolve("." + name + ".new");
        Files.writeString(hidden, IntStream.range(0, RECORDS)
                .mapToObj(i -> "{\"id\":\"" + id.apply(i) + "\",\"subject\":\"" + PADDING + "\"}\n")
                .collect(Collectors.joining()));
        return Files.move(hidden, inbox(flow).resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    private static String id(String flow, String file, int record) {
        return "%s/%s/%03d".formatted(flow, file, record);
    }

    private void flows() throws IOException {
        Path flows = Files.createDirectories(directory.resolve("routes/flows"));
        try (Stream<Path> files = Files.list(flows)) {
            for (Path each : files.toList()) {
                Files.delete(each);
            }
        }
        for (String flow : flowIds()) {
            Files.writeString(flows.resolve(flow + ".yaml"), """
                    - route:
                        id: %1$s
                        from:
                          uri: kamelet:inbox-source
                          parameters: {flow: %1$s}
                          steps:
                            - to: {uri: kamelet:%2$s}
                    """.formatted(flow, SINKS.get(flow.substring(0, flow.indexOf('-')))));
        }
    }

    private static List<String> flowIds() {
        return SINKS.keySet().stream().flatMap(sink -> CASES.stream().map(each -> sink + "-" + each)).sorted().toList();
    }

    private List<String> held(String flow) throws IOException {
        Path folder = directory.resolve("data/dead-letters").resolve(flow);
        if (Files.notExists(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(each -> each.getFileName().toString().matches("\\d.*\\.ndjson"))
                    .flatMap(WorkIdentityIT::lines).filter(each -> each.contains("\"held\"")).map(RECORD::matcher)
                    .filter(Matcher::find)
                    .map(each -> each.group(1)).sorted().toList();
        }
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitDone(String flow, String name) {
        await(flow + " " + name).atMost(Duration.ofSeconds(60))
                .until(() -> Files.exists(inbox(flow).resolve(".done").resolve(name)));
    }

    @Test
    void aFileInWorkGoesOnUnderAnotherNameAndAnotherFileIsAnotherOne() throws Exception {
        try (Sandbox sandbox = Sandbox.start(0).accept("people-ai", KEY).onRequest(this::count);
                Program program = Program.in(directory).env("PEOPLE_AI_API_KEY", KEY).env("PEOPLE_AI_RATE_LIMIT", "none")
                        .env("GTM_INBOX_QUIET", "0s").env("PEOPLE_AI_BASE_URL", sandbox.baseUrl("people-ai"))) {
            flows();
            for (String flow : flowIds()) {
                write(flow, "first.ndjson", i -> id(flow, "first", i));
            }
            sandbox.misbehave(Misbehaviour.forEver().delayMs(150));
            program.start();
            await().atMost(Duration.ofSeconds(60)).until(() -> flowIds().stream()
                    .allMatch(each -> arrived(each + "/first").size() > 2 * SAME_AT_EDGES));
            program.kill();
            Map<String, Set<String>> before = flowIds().stream()
                    .collect(Collectors.toMap(each -> each, each -> new TreeSet<>(arrived(each + "/first").keySet())));
            assertThat(before.values()).allMatch(each -> each.size() < RECORDS - SAME_AT_EDGES);

            for (String sink : SINKS.keySet()) {
                Path file = inbox(sink + "-renamed").resolve("first.ndjson");
                Files.move(file, file.resolveSibling("second.ndjson"));
                // Another file takes the name, and its turn is the first.
                Path next = write(sink + "-renamed", "first.ndjson", i -> id(sink + "-renamed", "taker", i));
                Files.setLastModifiedTime(next, FileTime.from(Instant.now().minus(Duration.ofDays(1))));
                String flow = sink + "-replaced";
                write(flow, "first.ndjson", i -> id(flow, isEdge(i) ? "first" : "other", i));
            }
            for (String sink : SINKS.keySet()) {
                String flow = sink + "-edited";
                write(flow, "first.ndjson", i -> id(flow, i < RECORDS - SAME_AT_EDGES ? "first" : "other", i));
            }
            sandbox.clearMisbehaviours();
            program.start();
            for (String sink : SINKS.keySet()) {
                awaitDone(sink + "-edited", "first.ndjson");
                assertThat(arrived(sink + "-edited/other").values()).as(sink).hasSize(SAME_AT_EDGES).containsOnly(1);
                wentOn(sink + "-edited", RECORDS - SAME_AT_EDGES);
                awaitDone(sink + "-renamed", "second.ndjson");
                assertThat(arrived(sink + "-renamed/taker").values()).as(sink).hasSize(RECORDS).containsOnly(1);
                awaitDone(sink + "-replaced", "first.ndjson");
                wentOn(sink + "-renamed", RECORDS);
                wasSent(sink + "-replaced", before.get(sink + "-replaced"));
            }
            renamedWhileItRuns(sandbox);
            for (String flow : flowIds()) {
                assertThat(inbox(flow)).isDirectoryNotContaining("glob:**/.*.progress");
            }
        }
    }

    private static boolean isEdge(int record) {
        return record < SAME_AT_EDGES || record >= RECORDS - SAME_AT_EDGES;
    }

    /** Each record arrived, and only those twice that were in flight; of records that are sent only once, none. */
    private void wentOn(String flow, int records) throws IOException {
        Map<String, Integer> all = arrived(flow + "/first");
        Set<String> known = new TreeSet<>(all.keySet());
        known.addAll(held(flow));
        assertThat(known).as(flow).hasSize(records);
        int twice = all.values().stream().mapToInt(each -> each - 1).sum();
        assertThat(twice).as(flow + " sent twice").isLessThanOrEqualTo(
                flow.startsWith("batch") ? BATCH : flow.startsWith("single") ? IN_FLIGHT : 0);
        assertThat(held(flow)).as(flow).hasSizeLessThanOrEqualTo(flow.startsWith("once") ? IN_FLIGHT : 0);
    }

    /** Each record of the new file arrived; where records are sent only once, but those equal to one sent before. */
    private void wasSent(String flow, Set<String> before) throws IOException {
        assertThat(arrived(flow + "/other").values()).as(flow).hasSize(RECORDS - 2 * SAME_AT_EDGES).containsOnly(1);
        List<String> expected = IntStream.range(0, RECORDS).filter(WorkIdentityIT::isEdge)
                .mapToObj(i -> id(flow, "first", i)).toList();
        assertThat(arrived(flow + "/first")).as(flow).containsKeys(expected.toArray(String[]::new));
        if (flow.startsWith("once")) {
            assertThat(arrived(flow + "/first").values()).as(flow).containsOnly(1);
            List<String> sentBefore = expected.stream().filter(before::contains).toList();
            assertThat(held(flow)).as(flow).isEqualTo(sentBefore).hasSize(SAME_AT_EDGES);
        } else {
            assertThat(held(flow)).as(flow).isEmpty();
        }
    }

    private void renamedWhileItRuns(Sandbox sandbox) throws IOException {
        sandbox.misbehave(Misbehaviour.forEver().delayMs(150));
        for (String sink : SINKS.keySet()) {
            String flow = sink + "-renamed";
            write(flow, "a.ndjson", i -> id(flow, "running", i));
        }
        for (String sink : SINKS.keySet()) {
            String flow = sink + "-renamed";
            await().atMost(Duration.ofSeconds(60)).until(() -> arrived(flow + "/running").size() > SAME_AT_EDGES);
            Files.move(inbox(flow).resolve("a.ndjson"), inbox(flow).resolve("b.ndjson"));
            assertThat(arrived(flow + "/running")).hasSizeLessThan(RECORDS);
            // Another file takes the name at once.
            write(flow, "a.ndjson", i -> id(flow, "next", i));
        }
        sandbox.clearMisbehaviours();
        for (String sink : SINKS.keySet()) {
            awaitDone(sink + "-renamed", "a.ndjson");
            awaitDone(sink + "-renamed", "b.ndjson");
            for (String file : List.of("/running", "/next")) {
                assertThat(arrived(sink + "-renamed" + file).values()).as(sink + file).hasSize(RECORDS).containsOnly(1);
            }
        }
    }
}
