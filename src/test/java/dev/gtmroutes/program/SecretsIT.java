// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.gtmroutes.DataDirectory;
import dev.gtmroutes.delivery.TestWebhook;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The packaged program with secrets in every place that takes a setting, at a vendor and a webhook that repeat all they get:
 * none of them is in the log, in the data directory, in events, traces, metrics, pages or the API.
 */
class SecretsIT {

    private static final Duration LONG = Duration.ofSeconds(60);
    /** Names as in the environment. The words around the numbers are unlike any other text. */
    private static final Map<String, String> SECRETS = Map.of("SALESLOFT_ACCESS_TOKEN", "salesloft+tok/en-4711==",
            "CRM_ACCOUNT_TOKEN", "query-t0ken-4712", "CRM_HEADER_KEY", "header-k3y-4713", "CRM_LOGIN", "b0dy-l0gin-4714",
            "CRM_ENV_SECRET", "env-s3cret-4715", "GTM_INTAKE_TOKENS_OTHER", "intake-t0ken-4716",
            "CRM_PASSWORD", "hunter");

    @TempDir
    Path directory;

    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final AtomicInteger requests = new AtomicInteger();
    private HttpServer vendor;

    @BeforeEach
    void startVendor() throws IOException {
        vendor = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        vendor.createContext("/", this::repeat);
        vendor.start();
    }

    @AfterEach
    void stopVendor() {
        vendor.stop(0);
    }

    private void repeat(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String all = exchange.getRequestURI() + "\n" + exchange.getRequestHeaders().entrySet() + "\n" + body;
        byte[] answer = all.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("X-Seen", exchange.getRequestURI().getRawQuery());
        exchange.sendResponseHeaders(requests.incrementAndGet() == 1 ? 503 : 422, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    private static void flow(Path flows) throws IOException {
        Files.writeString(flows.resolve("told.yaml"), """
                - route:
                    id: told
                    from:
                      uri: kamelet:inbox-source
                      parameters: {flow: told}
                      steps:
                        - to:
                            uri: kamelet:salesloft-request-sink
                            parameters:
                              url: "RAW(/echo/{n}?account={{crm.account-token}})"
                              requestHeaders: "RAW(X-Key:{{crm.header-key}},X-E:{{env:CRM_ENV_SECRET}},X-P:{{crm.password}})"
                              body: 'RAW({"login": "{{crm.login}}", "data": "{*}"})'
                              responseWebhook: "RAW({{crm.webhook}})"
                """);
    }

    @ParameterizedTest
    @ValueSource(strings = {"INFO", "DEBUG"})
    void noSecretIsReadAnywhere(String level) throws Exception {
        try (TestWebhook webhook = new TestWebhook(0); TraceReceiver traces = new TraceReceiver();
                Program program = Program.in(directory)) {
            AtomicInteger told = new AtomicInteger();
            // The first answer, which repeats the URL, is a failure that is logged.
            webhook.answer(() -> told.getAndIncrement() == 0 ? 500 : 204);
            SECRETS.forEach(program::env);
            program.env("SALESLOFT_BASE_URL", "http://127.0.0.1:" + vendor.getAddress().getPort())
                    .env("SALESLOFT_RATE_LIMIT", "none").env("CRM_WEBHOOK", webhook.url()).env("QUARKUS_LOG_LEVEL", level)
                    .env("QUARKUS_OTEL_SDK_DISABLED", "false").env("GTM_CONSOLE_FLOWS", "any")
                    .env("QUARKUS_OTEL_EXPORTER_OTLP_ENDPOINT", traces.url())
                    .env("QUARKUS_OTEL_BSP_SCHEDULE_DELAY", "100ms");
            if (level.equals("DEBUG")) {
                // A person who looks for a fault turns on what prints each byte.
                for (String each : List.of("ORG_APACHE_CAMEL", "ORG_APACHE_HC", "ORG_APACHE_KAFKA")) {
                    program.env("QUARKUS_LOG_CATEGORY__" + each + "__LEVEL", level);
                }
            }
            flow(directory.resolve("routes/flows"));
            program.start().awaitStarted();
            for (int i = 0; i < 220; i++) {
                preview("http://127.0.0.1:" + program.port(), "some-0ther-key-" + i);
            }
            new DataDirectory(directory.resolve("data")).drop("told", "some.ndjson", "{\"n\":1}\n{\"n\":2}\n");
            await().atMost(LONG).until(() -> webhook.events().size() >= 3);
            program.awaitLine("told: some.ndjson: 2 records read, 0 delivered");
            await().atMost(LONG).until(() -> traces.spans("request", "told").size() >= 3);

            Map<String, String> places = places(program, webhook, traces);
            program.terminate();

            places.put("log", String.join("\n", program.output()));
            assertThat(places.get("dead letters")).contains("echo", "***");
            assertThat(places.get("events")).contains("echo", "***");
            if (level.equals("INFO")) {
                assertThat(places.get("log")).as("URLs in the log").doesNotContain("?account");
            } else {
                assertThat(places.get("log")).as("the log at DEBUG").contains("DEBUG");
            }
            places.forEach(SecretsIT::assertNoSecret);
        }
    }

    private Map<String, String> places(Program program, TestWebhook webhook, TraceReceiver traces) throws Exception {
        Map<String, String> places = new TreeMap<>();
        places.put("events", webhook.events().toString());
        places.put("traces", traces.spans().toString());
        StringBuilder data = new StringBuilder();
        try (Stream<Path> files = Files.walk(directory.resolve("data"))) {
            for (Path each : files.filter(Files::isRegularFile).toList()) {
                data.append(each).append('\n').append(Files.readString(each, StandardCharsets.ISO_8859_1)).append('\n');
            }
        }
        places.put("data directory", data.toString());
        places.put("dead letters", String.join("\n", program.lines("data/dead-letters/told")));
        String api = "http://127.0.0.1:" + program.port();
        for (String each : List.of("/flows", "/requests", "/flows/told", "/flows/told/edit", "/flows/told/history",
                "/flows/told/requests", "/dead-letters", "/credentials", "/api/flows", "/api/flows/told",
                "/api/requests", "/api/dead-letters", "/api/credentials",
                "/api/templates")) {
            places.put(each, get(api + each));
        }
        String management = "http://127.0.0.1:" + program.managementPort();
        places.put("metrics", get(management + "/observe/metrics"));
        places.put("health", get(management + "/observe/health"));
        places.put("preview", preview(api, "header-k3y-4713"));
        return places;
    }

    /** Where somebody writes a secret into the form itself. */
    private String preview(String api, String key) throws Exception {
        String document = new ObjectMapper().writeValueAsString(Map.of("template", "salesloft-request-sink", "parameters",
                Map.of("url", "/echo?key={{crm.account-token}}", "requestHeaders", "X-Api-Key:" + key,
                        "body", "{\"login\": \"{{crm.login}}\"}"),
                "records", "{\"n\":1}"));
        HttpResponse<String> answer = client.send(HttpRequest.newBuilder(URI.create(api + "/api/samples"))
                .header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(document)).build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }

    private String get(String url) throws Exception {
        HttpResponse<String> answer = client.send(HttpRequest.newBuilder(URI.create(url)).build(),
                HttpResponse.BodyHandlers.ofString());
        // Health is DOWN: other flows have no credential.
        assertThat(answer.statusCode()).as(url + ": " + answer.body()).isIn(200, 303, 503);
        return answer.body();
    }

    private static void assertNoSecret(String place, String text) {
        for (String line : text.split("\n")) {
            SECRETS.forEach((name, secret) -> assertThat(line).as("%s, %s", place, name).doesNotContain(secret)
                    .doesNotContain(URLEncoder.encode(secret, StandardCharsets.UTF_8)));
            assertThat(line).as("%s, the webhook", place).doesNotContain(TestWebhook.SECRET);
        }
    }

    @Test
    void theProgramStillTellsWhatItDoes() throws Exception {
        try (Program program = Program.in(directory)) {
            program.env("GTM_DATA", directory.resolve("data").toString()).env("CRM_REGION", "europe").env("CRM_PORT",
                    "8443");
            program.start().awaitStarted();
            program.terminate();

            assertThat(String.join("\n", program.output())).doesNotContain("***");
        }
    }
}
