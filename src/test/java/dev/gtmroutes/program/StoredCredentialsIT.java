// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.gtmroutes.DataDirectory;
import dev.gtmroutes.delivery.TestWebhook;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program stores credentials, at a vendor that repeats all it gets: nobody reads them, and they last. */
class StoredCredentialsIT {

    private static final String FIRST = "st0red+tok/en-5811==";
    private static final String SECOND = "an0ther+tok/en-5812==";
    private static final String TRIED = "tri3d+tok/en-5813==";
    /** The vendor does not know this one. */
    private static final String UNKNOWN = "unkn0wn+tok/en-5814==";
    private static final String KEY = Base64.getEncoder().encodeToString(new byte[32]).replace("AAAA", "s3cK");

    @TempDir
    Path directory;

    private final HttpClient client = HttpClient.newHttpClient();
    private final List<String> seen = new CopyOnWriteArrayList<>();
    private HttpServer vendor;
    private TestWebhook webhook;

    @BeforeEach
    void start() throws IOException {
        vendor = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        vendor.createContext("/", this::repeat);
        vendor.start();
        webhook = new TestWebhook(0);
    }

    @AfterEach
    void stop() {
        vendor.stop(0);
        webhook.close();
    }

    /** Rejects each record, and repeats all of the request: in headers, in the reason, and wherever that is cut off. */
    private void repeat(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        String token = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")).replace("Bearer ", "");
        String encoded = URLEncoder.encode(token, StandardCharsets.UTF_8);
        byte[] answer = ("refused: " + exchange.getRequestHeaders().entrySet() + " " + encoded + " "
                + Base64.getEncoder().encodeToString(token.getBytes(StandardCharsets.UTF_8)) + (" " + token).repeat(500))
                .getBytes(StandardCharsets.UTF_8);
        for (String each : List.of("X-Request-Id", "WWW-Authenticate", "Content-Language", "X-Seen")) {
            exchange.getResponseHeaders().set(each, token);
        }
        exchange.getResponseHeaders().set("Link", "</next?token=" + encoded + ">; rel=\"next\"");
        boolean isFirst = !seen.contains(token);
        seen.add(token);
        exchange.sendResponseHeaders(token.equals(UNKNOWN) ? 401 : isFirst ? 503 : 422, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    private Program program() throws IOException {
        Program program = Program.in(directory);
        Files.writeString(directory.resolve("routes/flows/kept.yaml"), """
                - route:
                    id: kept
                    from:
                      uri: kamelet:inbox-source
                      parameters: {flow: kept}
                      steps:
                        - to:
                            uri: kamelet:salesloft-request-sink
                            parameters:
                              url: "RAW(/echo/{n})"
                              credential: kept
                              responseWebhook: "RAW({{told.webhook}})"
                """);
        return program.env("SALESLOFT_BASE_URL", "http://127.0.0.1:" + vendor.getAddress().getPort())
                .env("SALESLOFT_RATE_LIMIT", "none").env("GTM_RETRY_MAX_DELAY", "500ms").env("GTM_CREDENTIALS_KEY", KEY)
                .env("TOLD_WEBHOOK", webhook.url());
    }

    private HttpResponse<String> send(Program program, String method, String path, String body) throws Exception {
        return client.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + program.port() + path))
                .header("Content-Type", "application/json").method(method, BodyPublishers.ofString(body)).build(),
                BodyHandlers.ofString());
    }

    private int put(Program program, String token) throws Exception {
        return send(program, "PUT", "/api/credentials/salesloft/kept", "{\"values\":{\"access-token\":\"" + token + "\"}}")
                .statusCode();
    }

    private void drop(String file) throws IOException {
        new DataDirectory(directory.resolve("data")).drop("kept", file, "{\"n\":1}\n");
    }

    private void arrives(String token) {
        await("the request with " + token).until(() -> !seen.isEmpty() && seen.get(seen.size() - 1).equals(token));
    }

    @Test
    void nobodyReadsThem() throws Exception {
        Map<String, String> places = new TreeMap<>();
        try (TraceReceiver traces = new TraceReceiver(); Program program = program().env("QUARKUS_LOG_LEVEL", "DEBUG")
                .env("QUARKUS_LOG_CATEGORY__ORG_APACHE_HC__LEVEL", "DEBUG")
                .env("QUARKUS_LOG_CATEGORY__ORG_APACHE_CAMEL__LEVEL", "DEBUG")
                .env("QUARKUS_LOG_CATEGORY__IO_VERTX__LEVEL", "DEBUG").env("QUARKUS_OTEL_SDK_DISABLED", "false")
                .env("QUARKUS_OTEL_EXPORTER_OTLP_ENDPOINT", traces.url()).env("QUARKUS_OTEL_BSP_SCHEDULE_DELAY", "100ms")) {
            program.start().awaitStarted();
            drop("one.ndjson");
            beforeTheyAreStored(program, places);
            assertThat(put(program, FIRST)).isEqualTo(201);
            rejected(program, "one.ndjson");
            assertThat(put(program, SECOND)).isEqualTo(204);
            drop("two.ndjson");
            rejected(program, "two.ndjson");
            places.put("test", send(program, "POST", "/api/credentials/salesloft/kept/test", "").body());
            assertThat(put(program, UNKNOWN)).isEqualTo(204);
            drop("three.ndjson");
            program.awaitLine("kept: paused, so its records wait:");
            pages(program, places);
            assertThat(places.get("/api/audit")).contains("created credential", "replaced credential", "salesloft/kept");
            assertThat(places.get("/api/dead-letters")).contains("***");
            assertThat(places.get("/api/credentials")).contains("\"state\":\"refused\"");
            assertThat(places.get("trial")).contains("\"works\":false").contains("***");
            await("events").until(() -> webhook.events().size() >= 2);
            await("spans").until(() -> traces.spans("request", "kept").size() >= 4);
            places.put("events", webhook.events().toString());
            places.put("traces", traces.spans().toString());
            program.terminate();
            places.put("log", String.join("\n", program.output()));
        }
        files(places);
        assertThat(places.keySet()).anyMatch(each -> each.endsWith("credentials.json"));
        assertThat(places.get("log")).contains("DEBUG");
        places.forEach(StoredCredentialsIT::assertNoSecret);
    }

    private static ConditionFactory await(String what) {
        return Awaitility.await(what).atMost(Duration.ofSeconds(60));
    }

    private void rejected(Program program, String file) {
        program.awaitLine("kept: " + file + ": 1 records read, 0 delivered");
    }

    private void beforeTheyAreStored(Program program, Map<String, String> places) throws Exception {
        String path = "/api/credentials/salesloft/kept";
        places.put("trial", send(program, "POST", path + "/trial", "{\"values\":{\"access-token\":\"" + TRIED + "\"}}")
                .body());
        for (String wrong : List.of("{\"values\":\"" + TRIED + "\"}", "{\"values\":{\"api-key\":\"" + TRIED + "\"}}",
                "{\"values\":{\"" + TRIED + "\":\"x\"}}", "{\"values\":{\"access-token\":\"" + TRIED + " and more\"}}",
                "{\"values\":{\"access-token\":\"" + TRIED, "\"" + TRIED + "\"")) {
            HttpResponse<String> refused = send(program, "PUT", path, wrong);
            assertThat(refused.statusCode()).as(wrong).isIn(400, 422);
            places.put("refused: " + wrong.replace(TRIED, "T"), refused.body());
        }
        String form = "vendor=salesloft&name=not+a+name&value.access-token=" + URLEncoder.encode(TRIED,
                StandardCharsets.UTF_8);
        for (String each : List.of("/credentials", "/credentials/trial")) {
            HttpResponse<String> refused = client.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:"
                    + program.port() + each)).header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(BodyPublishers.ofString(form)).build(), BodyHandlers.ofString());
            assertThat(refused.statusCode()).as(each).isEqualTo(422);
            places.put("form: " + each, refused.body());
        }
    }

    private void pages(Program program, Map<String, String> places) throws Exception {
        for (String each : List.of("/", "/flows", "/flows/kept", "/flows/kept/requests", "/flows/kept/edit",
                "/flows/kept/history", "/requests", "/credentials", "/credentials/dialog?vendor=salesloft&name=kept",
                "/dead-letters", "/audit", "/api/credentials", "/api/dead-letters", "/api/requests", "/api/flows",
                "/api/flows/kept", "/api/audit")) {
            HttpResponse<String> page = send(program, "GET", each, "");
            assertThat(page.statusCode()).as(each).isEqualTo(200);
            places.put(each, page.headers().map() + page.body());
        }
        for (String each : List.of("metrics", "health")) {
            places.put(each, client.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + program.managementPort()
                    + "/observe/" + each)).build(), BodyHandlers.ofString()).body());
        }
    }

    private void files(Map<String, String> places) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path each : files.filter(Files::isRegularFile).toList()) {
                places.put(each.toString(), Files.readString(each, StandardCharsets.ISO_8859_1));
            }
        }
    }

    private static void assertNoSecret(String place, String text) {
        for (String secret : List.of(FIRST, SECOND, TRIED, UNKNOWN, KEY)) {
            byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
            int half = secret.length() / 2;
            for (String form : List.of(secret.substring(0, half), secret.substring(half),
                    URLEncoder.encode(secret, StandardCharsets.UTF_8),
                    Base64.getEncoder().withoutPadding().encodeToString(bytes), HexFormat.of().formatHex(bytes),
                    secret.replace("+", "\\u002B").replace("=", "\\u003D"), secret.replace("/", "\\/"))) {
                int at = text.indexOf(form);
                assertThat(at).as(() -> place + " contains " + form + ": " + text.substring(Math.max(0, at - 200),
                        Math.min(text.length(), at + 100))).isNegative();
            }
        }
    }

    @Test
    void theyOutliveARestartAndTheEnvironmentWins() throws Exception {
        try (Program program = program()) {
            program.start().awaitStarted();
            assertThat(put(program, FIRST)).isEqualTo(201);
            program.terminate();
        }
        drop("one.ndjson");
        try (Program program = program()) {
            program.start().awaitStarted();
            arrives(FIRST);
            program.terminate();
        }
        try (Program program = program().env("SALESLOFT_KEPT_ACCESS_TOKEN", "from-the-environment-1")) {
            program.start().awaitStarted();
            drop("two.ndjson");
            arrives("from-the-environment-1");
            assertThat(send(program, "GET", "/api/credentials", "").body()).contains("\"storedIn\":\"environment\"");
            HttpResponse<String> refused = send(program, "PUT", "/api/credentials/salesloft/kept",
                    "{\"values\":{\"access-token\":\"x-1234567\"}}");
            assertThat(refused.statusCode()).isEqualTo(409);
            assertThat(refused.body()).contains("read-only here", "environment variables");
            assertThat(send(program, "GET", "/credentials", "").body()).contains("Stored value not used");

            // What is of no use any more need not stay.
            assertThat(send(program, "DELETE", "/api/credentials/salesloft/kept", "").statusCode()).isEqualTo(204);
            assertThat(send(program, "DELETE", "/api/credentials/salesloft/kept", "").statusCode()).isEqualTo(409);
            drop("three.ndjson");
            await("the one of the environment").until(() -> Collections.frequency(seen, "from-the-environment-1") > 2);
            program.terminate();
        }
    }

    /** The program starts, the flow waits, the reason is one line, and nothing is overwritten. */
    @Test
    void withAnotherKeyTheFlowWaits() throws Exception {
        try (Program program = program()) {
            program.start().awaitStarted();
            assertThat(put(program, FIRST)).isEqualTo(201);
            program.terminate();
        }
        drop("one.ndjson");
        String before = Files.readString(directory.resolve("data/credentials/credentials.json"));
        try (Program program = program().env("GTM_CREDENTIALS_KEY", Base64.getEncoder().encodeToString(new byte[32]))) {
            program.start().awaitStarted();
            program.awaitLine("kept: paused, so its records wait:");
            assertThat(program.output()).filteredOn(each -> each.contains("it was encrypted with another key")
                    && each.contains("CredentialVault")).hasSize(1);
            assertThat(put(program, SECOND)).isEqualTo(503);
            assertThat(send(program, "GET", "/credentials", "").body()).contains("Stored credentials cannot be used");
            program.terminate();
        }
        assertThat(seen).isEmpty();
        assertThat(directory.resolve("data/credentials/credentials.json")).hasContent(before);
    }

    @Test
    void aViewerSeesThemAndChangesNone() throws Exception {
        try (Program program = program().env("GTM_CONSOLE_OPERATOR_PASSWORD", "operator-1234")
                .env("GTM_CONSOLE_VIEWER_PASSWORD", "viewer-123456")) {
            program.start().awaitStarted();
            assertThat(as(program, "viewer:viewer-123456", "GET", "/api/credentials")).isEqualTo(200);
            for (String each : List.of("PUT /api/credentials/salesloft/kept", "DELETE /api/credentials/salesloft/kept",
                    "POST /api/credentials/salesloft/kept/trial", "POST /api/credentials/salesloft/kept/test")) {
                String[] words = each.split(" ");
                assertThat(as(program, "viewer:viewer-123456", words[0], words[1])).as(each).isEqualTo(403);
            }
            assertThat(as(program, "operator:operator-1234", "PUT", "/api/credentials/salesloft/kept")).isEqualTo(201);
            program.terminate();
        }
    }

    private int as(Program program, String user, String method, String path) throws Exception {
        return client.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + program.port() + path))
                .header("Content-Type", "application/json").header("Authorization", "Basic "
                        + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8)))
                .method(method, BodyPublishers.ofString("{\"values\":{\"access-token\":\"" + FIRST + "\"}}")).build(),
                BodyHandlers.ofString()).statusCode();
    }
}
