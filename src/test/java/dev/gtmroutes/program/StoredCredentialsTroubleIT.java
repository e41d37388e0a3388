// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import com.sun.net.httpserver.HttpServer;
import dev.gtmroutes.DataDirectory;
import dev.gtmroutes.SmallDisk;
import dev.gtmroutes.peopleai.ExportApi;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program stores credentials, and something is in its way: kill -9, the disk, another program, the key. */
class StoredCredentialsTroubleIT {

    private static final String FIRST = "st0red-token-6811";
    private static final String SECOND = "an0ther-token-6812";

    @TempDir
    Path directory;

    private final HttpClient client = HttpClient.newHttpClient();
    private final List<String> seen = new CopyOnWriteArrayList<>();
    private HttpServer vendor;

    @BeforeEach
    void start() throws IOException {
        vendor = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        vendor.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            seen.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")).replace("Bearer ", ""));
            byte[] answer = "{\"data\":[],\"metadata\":{}}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        vendor.start();
    }

    @AfterEach
    void stop() {
        vendor.stop(0);
    }

    private Program program() throws IOException {
        Program program = Program.in(directory);
        flow("kept", """
                    from:
                      uri: kamelet:inbox-source
                      parameters: {flow: kept}
                      steps:
                        - to:
                            uri: kamelet:salesloft-request-sink
                            parameters: {url: "RAW(/echo/{n})", credential: kept}
                """);
        return program.env("SALESLOFT_BASE_URL", "http://127.0.0.1:" + vendor.getAddress().getPort())
                .env("SALESLOFT_RATE_LIMIT", "none").env("GTM_RETRY_MAX_DELAY", "500ms");
    }

    private void flow(String id, String rest) throws IOException {
        Files.writeString(directory.resolve("routes/flows/" + id + ".yaml"), "- route:\n    id: " + id + "\n" + rest);
    }

    private HttpResponse<String> send(Program program, String method, String path, String body) throws Exception {
        return client.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + program.port() + path))
                .timeout(Duration.ofSeconds(60)).header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> put(Program program, String token) throws Exception {
        return put(program, "kept", token);
    }

    private HttpResponse<String> put(Program program, String name, String token) throws Exception {
        return send(program, "PUT", "/api/credentials/salesloft/" + name,
                "{\"values\":{\"access-token\":\"" + token + "\"}}");
    }

    private void drop(String file) throws IOException {
        new DataDirectory(directory.resolve("data")).drop("kept", file, "{\"n\":1}\n");
    }

    private void arrives(String token) {
        await("the request with " + token).until(() -> !seen.isEmpty() && seen.get(seen.size() - 1).equals(token));
    }

    private static ConditionFactory await(String what) {
        return Awaitility.await(what).atMost(Duration.ofSeconds(60));
    }

    private Path stored(String file) {
        return directory.resolve("data/credentials/" + file);
    }

    /** Whatever was answered before is there, and what was under way is there or not, but never half. */
    @Test
    void killMinusNineInTheMiddleOfSavingLosesNothing() throws Exception {
        int kept = 0;
        for (int run = 0; run < 3; run++) {
            try (Program program = program()) {
                program.start().awaitStarted();
                areThere(program, kept);
                kept = storeUntilKilled(program, kept, 200 + 150 * run);
            }
        }
        try (Program program = program()) {
            program.start().awaitStarted();
            areThere(program, kept);
            assertThat(put(program, FIRST).statusCode()).isEqualTo(201);
            drop("one.ndjson");
            arrives(FIRST);
            program.terminate();
            assertThat(program.output()).noneMatch(each -> each.contains("cannot be used"));
        }
    }

    private void areThere(Program program, int kept) throws Exception {
        String all = send(program, "GET", "/api/credentials", "").body();
        assertThat(all).doesNotContain("\"state\":\"unreadable\"");
        for (int i = 0; i < kept; i++) {
            assertThat(all).contains("\"name\":\"n" + i + "\"");
        }
    }

    /** @return how many were answered */
    private int storeUntilKilled(Program program, int from, int millis) throws Exception {
        Thread killer = new Thread(() -> {
            try {
                Thread.sleep(millis);
                program.kill();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        killer.start();
        int stored = from;
        try {
            // At most 200 are stored in all.
            while (stored < from + 50 && put(program, "n" + stored, FIRST + stored).statusCode() == 201) {
                stored++;
            }
            while (put(program, "n0", SECOND).statusCode() < 300) {
                // The same again, until the end.
            }
        } catch (IOException e) {
            // It was killed.
        }
        killer.join();
        return stored;
    }

    @Test
    void aFullDiskAndOneThatCannotBeWrittenKeepWhatIsInUse() throws Exception {
        try (SmallDisk disk = SmallDisk.at(directory.resolve("data/credentials")); Program program = program()) {
            program.start().awaitStarted();
            assertThat(put(program, FIRST).statusCode()).isEqualTo(201);
            disk.fill();
            HttpResponse<String> full = put(program, SECOND);
            assertThat(full.statusCode()).as(full.body()).isEqualTo(503);
            assertThat(full.body()).contains("cannot be stored in").doesNotContain(SECOND, "Exception");
            drop("one.ndjson");
            arrives(FIRST);

            disk.free();
            disk.makeReadOnly();
            HttpResponse<String> locked = put(program, SECOND);
            assertThat(locked.statusCode()).isEqualTo(503);
            assertThat(locked.body()).contains("cannot be stored in").doesNotContain(SECOND, "Exception");
            assertThat(send(program, "DELETE", "/api/credentials/salesloft/kept", "").statusCode()).isEqualTo(503);
            drop("two.ndjson");
            await("both").until(() -> seen.size() == 2);
            arrives(FIRST);
            program.terminate();
            assertNoSecret(program);
        }
    }

    private static void assertNoSecret(Program program) {
        assertThat(program.output()).noneMatch(each -> each.contains(FIRST) || each.contains(SECOND)
                || each.startsWith("\tat "));
    }

    /** The second one must neither start nor change what the first one stores. */
    @Test
    void twoProgramsOnOneDirectory() throws Exception {
        try (Program first = program(); Program second = program()) {
            first.start().awaitStarted();
            assertThat(put(first, FIRST).statusCode()).isEqualTo(201);
            String before = Files.readString(stored("credentials.json"));

            second.start();
            assertThat(second.awaitExit()).isNotZero();
            assertThat(second.output()).anyMatch(each -> each.contains("(gtm.data)"))
                    .noneMatch(each -> each.startsWith("\tat "));
            assertThat(stored("credentials.json")).hasContent(before);
            drop("one.ndjson");
            arrives(FIRST);
        }
    }

    /** While it runs it has its key; afterwards it says what is missing, starts, and makes no other key. */
    @Test
    void aDeletedKeyIsTold() throws Exception {
        byte[] key;
        try (Program program = program()) {
            program.start().awaitStarted();
            assertThat(put(program, FIRST).statusCode()).isEqualTo(201);
            key = Files.readAllBytes(stored("credentials.key"));
            Files.delete(stored("credentials.key"));
            assertThat(put(program, SECOND).statusCode()).isEqualTo(204);
            program.terminate();
        }
        try (Program program = program()) {
            program.start().awaitStarted();
            assertThat(send(program, "GET", "/credentials", "").body()).contains("credentials.key is missing");
            assertThat(put(program, FIRST).statusCode()).isEqualTo(503);
            drop("one.ndjson");
            program.awaitLine("kept: paused, so its records wait:").terminate();
            assertThat(stored("credentials.key")).doesNotExist();
            assertThat(seen).isEmpty();
            assertNoSecret(program);
        }
        Files.write(stored("credentials.key"), key);
        try (Program program = program()) {
            program.start().awaitStarted();
            arrives(SECOND);
            program.terminate();
        }
    }

    /** Reads that wait for a credential: of a list, page by page, and an export. */
    @Test
    void readsGoOnAtOnce() throws Exception {
        try (ExportApi api = new ExportApi().fragments(1); Program program = program()) {
            program.env("PEOPLE_AI_PULL_URL", api.pullUrl()).env("PEOPLE_AI_TOKEN_URL", api.tokenUrl())
                    .env("PEOPLE_AI_RATE_LIMIT", "none").env("GTM_RETRY_MAX_DELAY", "10m");
            flow("history", """
                        from:
                          uri: kamelet:people-ai-export-activities-source
                          parameters: {startDate: "2026-01-01", endDate: "2026-01-02", credential: later, period: 200}
                          steps:
                            - to: {uri: "kamelet:record-file-sink", parameters: {directory: data/activities}}
                    """);
            flow("people", """
                        from:
                          uri: kamelet:salesloft-people-source
                          parameters: {credential: later}
                          steps:
                            - to: {uri: "kamelet:record-file-sink", parameters: {directory: data/people}}
                    """);
            program.start().awaitStarted();
            assertThat(api.asked).isEmpty();
            assertThat(seen).isEmpty();
            assertThat(put(program, "later", FIRST).statusCode()).isEqualTo(201);
            assertThat(send(program, "PUT", "/api/credentials/people-ai-pull/later",
                    "{\"values\":{\"client-id\":\"key\",\"client-secret\":\"" + SECOND + "\"}}").statusCode())
                    .isEqualTo(201);
            Awaitility.await("the list").atMost(Duration.ofSeconds(20)).until(() -> seen.contains(FIRST));
            Awaitility.await("the export").atMost(Duration.ofSeconds(20)).until(() -> !api.starts().isEmpty());
            program.terminate();
            assertNoSecret(program);
        }
    }
}
