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
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.gtmroutes.parameter.NastyTexts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Values of settings in the packaged program: what arrives of them by each way in, and what is refused by each. */
class ValuesIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final String SINK = "people-ai-request-sink";

    /** @param told what every way in says; without the quotes that a page escapes */
    private record Bad(Map<String, String> settings, String field, String told) {
    }

    private static final List<Bad> BAD = List.of(
            bad("retryFor", "Enter a duration such as 30s, 15m, 24h or 7d.", "retryFor", "banana"),
            bad("retryFor", "Enter a duration such as 30s, 15m, 24h or 7d.", "retryFor", "24H"),
            bad("retryFor", "Enter a duration such as 30s, 15m, 24h or 7d.", "retryFor", "90"),
            bad("retryFor", "Enter a duration such as 30s, 15m, 24h or 7d.", "retryFor", "a,b"),
            bad("url", "URL: Enter a path that begins with /, or an absolute URL", "url", "activities/call"),
            bad("body", "Body: A form has no nested values.", "contentFormat", "form", "body", "{\"a\":{\"b\":\"{c}\"}}"),
            bad("batch", "Batching: A form holds one record.", "contentFormat", "form", "batch", "true"),
            bad("maxInFlight", "In Flight: Enter a number of at least 1; 0 is less.", "maxInFlight", "0"),
            bad("batchSize", "Batch Size: Enter a number of at least 1; -1 is less.", "batch", "true", "batchSize", "-1"),
            bad("map", "Map: line 2, column 14: ", "map", "# The calls.\na = {minutes:numbr}"),
            bad("map", "Map: line 3, column 1: line 1 assigns a already", "map", "a = {b}\n\na.c = {d}"),
            bad("mapOthers", "Keep Other Attributes: There is no line in Map", "mapOthers", "false"),
            bad("responseWebhook", "Response Webhook: Enter a URL such as", "responseWebhook", "hooks.example.com"));

    private static Bad bad(String field, String told, String... settings) {
        Map<String, String> map = new TreeMap<>(Map.of("url", "/x"));
        for (int i = 0; i < settings.length; i += 2) {
            map.put(settings[i], settings[i + 1]);
        }
        return new Bad(map, field, told);
    }

    @TempDir
    Path directory;

    private Program program;

    private static String flow(String id, Map<String, String> settings) throws IOException {
        StringBuilder parameters = new StringBuilder();
        for (Map.Entry<String, String> each : settings.entrySet()) {
            parameters.append("              ").append(each.getKey()).append(": ")
                    .append(JSON.writeValueAsString(each.getValue())).append('\n');
        }
        return """
                - route:
                    id: %s
                    autoStartup: true
                    from:
                      uri: kamelet:inbox-source
                      parameters: {flow: %s, quiet: 0s}
                      steps:
                        - to:
                            uri: kamelet:%s
                            parameters:
                %s""".formatted(id, id, SINK, parameters);
    }

    private void flowFile(String id, Map<String, String> settings) throws IOException {
        Files.writeString(program.resolve("routes/flows/" + id + ".yaml"), flow(id, settings));
    }

    private String json(String id, Map<String, String> settings) throws IOException {
        return JSON.writeValueAsString(Map.of("id", id, "autoStartup", "true", "source", "inbox-source", "sourceParameters",
                Map.of("flow", id, "quiet", "0s"), "template", SINK, "templateParameters", settings));
    }

    private static String form(String id, Map<String, String> settings) {
        Map<String, String> fields = new TreeMap<>(Map.of("id", id, "activate", "true", "source", "inbox-source",
                "source.quiet", "0s", "template", SINK));
        settings.forEach((name, value) -> fields.put("sink." + name, value));
        return fields.entrySet().stream().map(each -> each.getKey() + "="
                + URLEncoder.encode(each.getValue(), StandardCharsets.UTF_8)).collect(Collectors.joining("&"));
    }

    private String post(String path, String type, String body) throws IOException, InterruptedException {
        return CLIENT.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + program.port() + path))
                .header("Content-Type", type).POST(BodyPublishers.ofString(body)).build(), BodyHandlers.ofString()).body();
    }

    private String preview(Map<String, String> settings, String records) throws IOException, InterruptedException {
        return post("/api/samples", "application/json", JSON.writeValueAsString(Map.of("template", SINK, "parameters",
                settings, "records", records)));
    }

    @Test
    void whatMakesNoSenseIsRefusedInTheSameWordsByEachWayIn() throws Exception {
        try (Program started = Program.in(directory).env("PEOPLE_AI_API_KEY", "some-key-4f1d")) {
            program = started;
            for (int i = 0; i < BAD.size(); i++) {
                flowFile("bad-" + i, BAD.get(i).settings());
            }
            program.start().awaitStarted();
            String validated = program.run("validate").out();

            for (int i = 0; i < BAD.size(); i++) {
                Bad bad = BAD.get(i);
                String at = "bad-" + i + ".yaml:" + line("bad-" + i, bad.field()) + ": ";
                assertThat(program.output()).as("load of %s", bad)
                        .anyMatch(each -> each.contains(at) && each.contains(bad.told()));
                assertThat(validated.lines()).as("validate")
                        .anyMatch(each -> each.contains(at) && each.contains(bad.told()));
                assertThat(post("/api/flows", "application/json", json("new-" + i, bad.settings()))).as("API")
                        .contains("\"status\":422", "sink." + bad.field()).contains(bad.told());
                assertThat(post("/flows", "application/x-www-form-urlencoded", form("new-" + i, bad.settings()))).as("form")
                        .contains("sink-" + bad.field() + "-error", bad.told());
                assertThat(preview(bad.settings(), "{\"c\":1}")).as("preview").contains("\"status\":422", "sink."
                        + bad.field() + ": ", bad.told());
                assertThat(program.resolve("routes/flows/new-" + i + ".yaml")).doesNotExist();
            }
        }
    }

    private int line(String flow, String parameter) throws IOException {
        List<String> lines = Files.readAllLines(program.resolve("routes/flows/" + flow + ".yaml"));
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).strip().startsWith(parameter + ":")) {
                return i + 1;
            }
        }
        throw new AssertionError(parameter);
    }

    @Test
    void anyTextArrivesUnchangedByEachWayInAndIsNeverShownEncoded() throws Exception {
        Map<String, String> bodies = new ConcurrentHashMap<>();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            bodies.put(exchange.getRequestURI().toString(),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        String url = "http://127.0.0.1:" + server.getAddress().getPort();
        try (Program started = Program.in(directory).env("PEOPLE_AI_API_KEY", "some-key-4f1d")
                .env("PEOPLE_AI_BASE_URL", url)) {
            program = started;
            program.start().awaitStarted();
            Random random = new Random(5);
            for (int i = 0; i < 8; i++) {
                String text = NastyTexts.text(random, 30).replaceAll("\\{(?=[^{}]+})", "(");
                String body = "{\"a\":{\"b\":" + JSON.writeValueAsString(text) + ",\"n\":{\"n\":\"{n}\"}}}";
                String sent = body.replace("\"{n}\"", "7");
                for (String way : List.of("file", "api", "form")) {
                    String id = way + "-" + i;
                    String path = "/" + id + "?filter=eq({n})&limit=1&x}}";
                    Map<String, String> settings = Map.of("url", path.replace("}}", "%7D%7D"), "body", body, "method",
                            "POST", "excludeAttributes", "sender");
                    save(way, id, settings);
                    Path inbox = Files.createDirectories(program.resolve("data/inbox/" + id));
                    Files.writeString(inbox.resolve("a.ndjson"), "{\"n\":7,\"sender\":1}\n");
                    String arrives = "/" + id + "?filter=eq(7)&limit=1&x%7D%7D";
                    await(id).atMost(Duration.ofSeconds(60)).until(() -> bodies.containsKey(arrives));
                    assertThat(bodies.get(arrives)).as(id).isEqualTo(sent);
                    JsonNode shown = JSON.readTree(preview(settings, "{\"n\":7,\"sender\":1}")).at("/requests/0");
                    assertThat(shown.get("body").textValue()).isEqualTo(sent);
                    assertThat(shown.get("url").textValue()).isEqualTo(url + arrives);
                    assertThat(get("/api/flows/" + id)).contains("templateParameters").doesNotContain("gtm~eyJ");
                    assertThat(JSON.readTree(get("/api/flows/" + id)).at("/form/templateParameters/body").textValue())
                            .isEqualTo(body);
                }
            }
            assertThat(program.run("validate").out()).contains("no findings");
            assertThat(program.output()).noneMatch(each -> each.contains("gtm~eyJ"));
        } finally {
            server.stop(0);
        }
    }

    private void save(String way, String id, Map<String, String> settings) throws IOException, InterruptedException {
        switch (way) {
            case "file" -> flowFile(id, settings);
            case "api" -> assertThat(post("/api/flows", "application/json", json(id, settings))).isEmpty();
            default -> assertThat(post("/flows", "application/x-www-form-urlencoded", form(id, settings)))
                    .doesNotContain("-error\">");
        }
    }

    private String get(String path) throws IOException, InterruptedException {
        return CLIENT.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + program.port() + path))
                .header("Accept", "application/json").build(), BodyHandlers.ofString()).body();
    }
}
