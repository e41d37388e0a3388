// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.peopleai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.gtmroutes.DataDirectory;
import dev.gtmroutes.sandbox.Sandbox;
import dev.gtmroutes.sandbox.server.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that is killed while a fragment or a page is being sent to a destination that must get each record once only:
 * the next one goes on inside it, and holds the record that was in flight.
 */
class OnceOnlyCrashTest {

    private static final Pattern UID = Pattern.compile("\"uid\":\"([^\"]*)\"");
    /** The request that is in flight when the process is killed: in the middle of a fragment, and of a page. */
    private static final int LAST = 8;

    @TempDir
    Path data;

    private final List<String> uids = new CopyOnWriteArrayList<>();
    private final CountDownLatch killed = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer destination;
    private Process program;

    @BeforeEach
    void begin() throws IOException {
        destination = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        destination.setExecutor(threads);
        destination.createContext("/", this::take);
        destination.start();
    }

    @AfterEach
    void end() throws InterruptedException {
        killed.countDown();
        program.destroyForcibly().waitFor();
        destination.stop(0);
        threads.shutdownNow();
    }

    /** What has arrived here is carried out, whoever gets to know of it. */
    private void take(HttpExchange request) throws IOException {
        Matcher uid = UID.matcher(new String(request.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        assertThat(uid.find()).isTrue();
        uids.add(uid.group(1));
        if (uids.size() == LAST) {
            try {
                killed.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        request.sendResponseHeaders(204, -1);
        request.close();
    }

    private void start(String source, String... settings) throws IOException {
        List<String> all = new ArrayList<>(List.of(settings));
        all.addAll(List.of("customerly.base-url", "http://127.0.0.1:" + destination.getAddress().getPort(),
                "customerly.access-token", "key", "customerly.rate-limit", "none", SourceProgram.DESTINATION,
                "customerly-request-sink?url=/once&method=POST&onceOnly=true&maxInFlight=1"));
        program = SourceProgram.start(data, source, 0, all.toArray(String[]::new));
    }

    /** As kill -9 does, once the request in flight has arrived. */
    private void killInMidChunk() throws InterruptedException {
        await().atMost(Duration.ofSeconds(60)).until(() -> uids.size() == LAST);
        program.destroyForcibly().waitFor();
        killed.countDown();
    }

    private void awaitText(Path state, String text) {
        await().atMost(Duration.ofSeconds(60)).until(() -> Files.exists(state) && Files.readString(state).contains(text));
    }

    private void assertOnceEach(int records) {
        assertThat(uids).doesNotHaveDuplicates().hasSize(records);
        List<JsonNode> held = new DataDirectory(data).deadLetters(SourceProgram.FLOW, each -> true);
        assertThat(held).singleElement().satisfies(letter -> {
            assertThat(letter.path("record").path("uid").asText()).isEqualTo(uids.get(LAST - 1));
            assertThat(letter.path("state").asText()).isEqualTo("held");
        });
    }

    private List<Path> leftIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).filter(each -> each.toString().endsWith("ndjson")
                    || each.toString().endsWith(".progress")).toList();
        }
    }

    @Test
    void aFragmentOfAnExport() throws Exception {
        int fragments = 3;
        try (ExportApi api = new ExportApi().fragments(fragments)) {
            String source = "people-ai-export-activities-source?period=50&parallelFragments=1"
                    + "&startDate=2026-02-01&endDate=2026-02-10&exportType=delta";
            String[] settings = {"people-ai.pull-url", api.pullUrl(), "people-ai.token-url", api.tokenUrl(),
                    "people-ai.client-id", "key", "people-ai.client-secret", "secret-secret"};
            Path folder = data.resolve("state/people-ai-export");
            start(source, settings);
            killInMidChunk();

            start(source, settings);
            awaitText(folder.resolve(SourceProgram.FLOW + ".json"), "\"watermark\" : \"2026-02-10\"");
            assertOnceEach(fragments * ExportApi.RECORDS_PER_FRAGMENT);
            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(leftIn(folder)).isEmpty());
        }
    }

    @Test
    void aPage() throws Exception {
        try (Sandbox sandbox = Sandbox.start(0)) {
            String source = "people-ai-activities-source?startDate=2025-01-01&endDate=2025-01-01&pageSize=5";
            String[] settings = {"people-ai.base-url", sandbox.baseUrl("people-ai"), "people-ai.api-key", "sandbox-key"};
            Path folder = data.resolve("state/people-ai-activities");
            start(source, settings);
            killInMidChunk();

            start(source, settings);
            awaitText(folder.resolve(SourceProgram.FLOW + ".json"), "\"begun\" : null");
            assertOnceEach(20);
            assertThat(new HashSet<>(sandbox.requests().stream().map(RecordedRequest::path).toList()))
                    .as("no page was asked for twice").hasSameSizeAs(sandbox.requests());
            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(leftIn(folder)).isEmpty());
        }
    }
}
