// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console;

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
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

import com.sun.net.httpserver.HttpServer;
import dev.gtmroutes.AppWithSandbox;
import dev.gtmroutes.DataDirectory;
import dev.gtmroutes.TestDestination;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An operator of the console who is not the person that writes files and settings: over HTTP, as a browser does. */
@QuarkusTest
@QuarkusTestResource(AppWithSandbox.class)
class ConsoleFlowsTrustTest {

    private static final String ID = "thief";
    private static final String SINK = "people-ai-request-sink";
    private static final HttpClient CLIENT = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @TestHTTPResource("/")
    URI program;

    DataDirectory data;
    private final List<String> stolen = new CopyOnWriteArrayList<>();
    private HttpServer thief;

    @BeforeEach
    void start() throws IOException {
        thief = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        thief.createContext("/", exchange -> {
            stolen.add(exchange.getRequestHeaders().entrySet() + " " + exchange.getRequestURI());
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        thief.start();
    }

    @AfterEach
    void stop() throws IOException {
        System.clearProperty("gtm.console.flows");
        System.clearProperty("gtm.console.allowed-hosts");
        thief.stop(0);
        Files.deleteIfExists(flow(ID));
        Files.deleteIfExists(flow("copy"));
        await().until(() -> Watcher.get(program.resolve("/api/flows/" + ID)).statusCode() == 404);
    }

    private Path flow(String id) {
        return data.path().resolveSibling("routes").resolve("flows/" + id + ".yaml");
    }

    private String url() {
        return "http://127.0.0.1:" + thief.getAddress().getPort() + "/";
    }

    private HttpResponse<String> send(String method, String path, String type, String body) throws Exception {
        return CLIENT.send(HttpRequest.newBuilder(program.resolve(path)).header("Content-Type", type)
                .method(method, BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> form(String path, String... fields) throws Exception {
        Map<String, String> sent = new TreeMap<>(Map.of("id", ID, "source", "inbox-source", "template", SINK));
        for (int i = 0; i < fields.length; i += 2) {
            sent.put(fields[i], fields[i + 1]);
        }
        return send("POST", path, "application/x-www-form-urlencoded",
                sent.entrySet().stream().map(each -> each.getKey() + "="
                        + URLEncoder.encode(each.getValue(), StandardCharsets.UTF_8)).collect(Collectors.joining("&")));
    }

    private static String yaml(String parameters) {
        return """
                - route:
                    id: thief
                    autoStartup: true
                    from:
                      uri: kamelet:inbox-source
                      parameters: {flow: thief, quiet: 0s}
                      steps:
                        - to:
                            uri: kamelet:people-ai-request-sink
                            parameters: {%s}
                """.formatted(parameters);
    }

    /** What happened before there were limits: the form alone makes the flow, and the intake has it send the secret. */
    @Test
    void theFormSendsNoSettingToAnotherHost() throws Exception {
        HttpResponse<String> answer = form("/flows", "sink.url", url(), "sink.requestHeaders",
                "X-Stolen:{{people-ai.api-key}}", "source.quiet", "0s", "activate", "true");
        if (Files.exists(flow(ID))) {
            data.deliver(ID, "steal.ndjson", "{\"id\":1}\n");
        }

        assertThat(stolen).isEmpty();
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("id=\"sink-requestHeaders-error\"", "This placeholder is not allowed",
                "id=\"sink-url-error\"", "gtm.console.allowed-hosts").doesNotContain(AppWithSandbox.KEY);
        assertThat(flow(ID)).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            sink.requestHeaders   | X-A:{{env:PATH}}
            sink.requestHeaders   | X-A:{{gtm.console.operator-password}}
            sink.body             | {"a": "{{people-ai.api-key}}"}
            sink.responseWebhook  | http://evil.example/
            sink.sendCredentialTo | evil.example
            source.data           | /etc
            source.folder         | ../../..
            description           | {{env:PATH}}
            """)
    void noFieldOfTheFormLeadsOut(String field, String value) throws Exception {
        assertThat(form("/flows", "sink.url", "/x", field, value).statusCode()).isEqualTo(422);
        assertThat(flow(ID)).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"url: /x, requestHeaders: 'X-A:{{env:PATH}}'", "url: 'http://evil.example/'",
            "url: /x, exceptionHandler: '#class:java.io.File'",
            "url: /x, responseWebhook: 'RAW(http://evil.example/?a=1&b=2)'"})
    void noYamlThatIsPutLeadsOut(String parameters) throws Exception {
        HttpResponse<String> answer = send("PUT", "/api/flows/" + ID, "text/yaml", yaml(parameters));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
        assertThat(answer.body()).contains("line 10: ");
        assertThat(flow(ID)).doesNotExist();
    }

    @Test
    void noBeanIsMadeOfYamlThatIsRefused() throws Exception {
        Path made = data.path().resolveSibling("made-by-a-bean");
        HttpResponse<String> answer = send("PUT", "/api/flows/" + ID, "text/yaml", """
                - beans:
                    - name: bean
                      type: "#class:java.util.logging.FileHandler"
                      constructors: {"0": "%s"}
                """.formatted(made) + yaml("url: /x"));

        assertThat(made).doesNotExist();
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("gtm.console.flows=any");
        assertThat(flow(ID)).doesNotExist();
    }

    @Test
    void samplesAndTestsHaveTheSameLimits() throws Exception {
        String sample = """
                {"template": "%s", "records": "{}", "confirmation": "send", "parameters": {%s}}""";
        for (String path : List.of("/api/samples", "/api/tests")) {
            for (String parameters : List.of("\"url\": \"/x\", \"requestHeaders\": \"X-A:{{people-ai.api-key}}\"",
                    "\"url\": \"" + url() + "\"", "\"url\": \"/x\", \"sendCredentialTo\": \"evil.example\"")) {
                HttpResponse<String> answer = send("POST", path, "application/json", sample.formatted(SINK, parameters));
                assertThat(answer.statusCode()).as(path + parameters).isEqualTo(422);
                assertThat(answer.body()).doesNotContain(AppWithSandbox.KEY);
            }
            assertThat(send("POST", path, "application/json", sample.formatted("http-delivery-sink",
                    "\"api\": \"log:x\", \"method\": \"POST\", \"path\": \"/\", \"template\": \"x\"")).body())
                    .contains("choose a template");
        }
        assertThat(form("/flows/samples/test", "sink.url", url(), "test-confirm", "send").body()).contains("Not sent: ");
        assertThat(stolen).isEmpty();
    }

    /** A file with more in it is shown and runs, but an edit would keep what the console may not write. */
    @Test
    void aFileOfAnotherPersonRunsButIsNotSaved() throws Exception {
        String text = yaml("url: /x, requestHeaders: \"X-A:{{gtm.data}}\"").replace("autoStartup: true",
                "autoStartup: false");
        Files.writeString(flow(ID), text);
        await().until(() -> Watcher.get(program.resolve("/api/flows/" + ID)).body().contains("\"paused\""));
        assertThat(Watcher.get(program.resolve("/flows/" + ID + "/edit")).body()).contains("X-A:{{gtm.data}}");

        HttpResponse<String> edited = send("PUT", "/api/flows/" + ID, "application/json", """
                {"source": "inbox-source", "sourceParameters": {"flow": "thief"}, "template": "%s",
                 "templateParameters": {"url": "/y", "requestHeaders": "X-A:{{gtm.data}}"}}""".formatted(SINK));
        assertThat(edited.statusCode()).isEqualTo(422);
        assertThat(edited.body()).contains("sink.requestHeaders", "This placeholder is not allowed");
        assertThat(form("/flows/" + ID + "/duplicate", "id", "copy").statusCode()).isEqualTo(422);
        assertThat(flow("copy")).doesNotExist();
        assertThat(flow(ID)).hasContent(text);

        assertThat(send("POST", "/api/flows/" + ID + "/activate", "application/json", "").body()).contains("\"active\"");
        assertThat(flow(ID)).hasContent(text.replace("autoStartup: false", "autoStartup: true"));
        assertThat(send("POST", "/api/flows/" + ID + "/pause", "application/json", "").body()).contains("\"paused\"");
    }

    @Test
    void theRequestOfADeadLetterIsShownForAnyFile() throws Exception {
        Files.writeString(flow(ID), yaml("url: '/x/{id}', requestHeaders: 'X-A:{{gtm.data}}'"));
        await().until(() -> Watcher.get(program.resolve("/api/flows/" + ID)).body().contains("\"active\""));
        data.deliver(ID, "unfit.ndjson", "{\"no\":1}\n");
        await().until(() -> !data.deadLetters(ID, "unfit.ndjson").isEmpty());
        String id = TestDestination.json(Watcher.get(program.resolve("/api/dead-letters?flow=" + ID)).body())
                .at("/letters/0/id").asText();

        assertThat(Watcher.get(program.resolve("/dead-letters/" + ID + "/" + id + "/request")).body())
                .contains("This record cannot be sent: ").doesNotContain("is not allowed");
    }

    @Test
    void withAnyTheConsoleSavesWhatAFileCanBe() throws Exception {
        System.setProperty("gtm.console.flows", "any");

        assertThat(send("PUT", "/api/flows/" + ID, "text/yaml", yaml("url: '" + url() + "', requestHeaders: "
                + "'X-Chosen:{{people-ai.rate-limit}}'")).statusCode()).isEqualTo(204);
        data.deliver(ID, "chosen.ndjson", "{\"id\":1}\n");
        assertThat(stolen).singleElement().asString().contains("X-chosen=[none]");
    }

    @Test
    void aHostThatASettingAllowsGetsRecords() throws Exception {
        System.setProperty("gtm.console.allowed-hosts", "127.0.0.1:" + thief.getAddress().getPort());

        assertThat(form("/flows", "sink.url", url() + "x", "source.quiet", "0s", "activate", "true").statusCode())
                .isEqualTo(303);
        data.deliver(ID, "allowed.ndjson", "{\"id\":1}\n");
        assertThat(stolen).singleElement().asString().endsWith(" /x").doesNotContain(AppWithSandbox.KEY);
    }

    @Test
    void withNoneFlowsAreOnlySeenStartedAndPaused() throws Exception {
        Files.writeString(flow(ID), yaml("url: /x"));
        await().until(() -> Watcher.get(program.resolve("/api/flows/" + ID)).body().contains("\"active\""));
        System.setProperty("gtm.console.flows", "none");
        String json = "{\"id\": \"copy\", \"source\": \"inbox-source\", \"template\": \"" + SINK + "\"}";

        assertThat(List.of(send("POST", "/api/flows", "application/json", json),
                send("PUT", "/api/flows/" + ID, "application/json", json),
                send("PUT", "/api/flows/" + ID, "text/yaml", yaml("url: /y")),
                send("DELETE", "/api/flows/" + ID, "a/b", "")))
                .allSatisfy(each -> {
                    assertThat(each.statusCode()).isEqualTo(403);
                    assertThat(each.body()).contains("gtm.console.flows is none");
                });
        for (String path : List.of("", "/" + ID, "/" + ID + "/duplicate", "/" + ID + "/delete")) {
            assertThat(form("/flows" + path, "id", "copy", "sink.url", "/x").statusCode()).as(path).isEqualTo(403);
        }
        assertThat(flow(ID)).hasContent(yaml("url: /x"));
        assertThat(flow("copy")).doesNotExist();
        assertThat(Watcher.get(program.resolve("/flows")).body()).doesNotContain("New flow").contains("Pause");
        assertThat(Watcher.get(program.resolve("/flows/" + ID + "/edit")).body())
                .contains("<fieldset class=\"wizard-fields\" disabled>", "Pause")
                .doesNotContain(">Delete<", ">Duplicate<", "id=\"samples\"");
        assertThat(send("POST", "/api/flows/" + ID + "/pause", "a/b", "").body()).contains("\"paused\"");
        assertThat(send("POST", "/api/flows/" + ID + "/activate", "a/b", "").body()).contains("\"active\"");
    }

    @Test
    void aNumberOfAMillionDigitsIsAMistakeOfTheSender() throws Exception {
        HttpResponse<String> answer = send("POST", "/api/samples", "application/json",
                "{\"n\":" + "9".repeat(1_000_000) + "}");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("a number, name or text that is too long");
    }

    @Test
    void yamlThatWouldOverflowAStackIsOneMistakeAndNoThreadEnds() throws Exception {
        String deep = "[".repeat(20_000);
        HttpResponse<String> answer = send("PUT", "/api/flows/" + ID, "text/yaml", deep);
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("line 1: not valid YAML: the file is nested more than 100 levels deep");

        Files.writeString(flow(ID), deep);
        await().until(() -> Watcher.get(program.resolve("/api/flows/" + ID)).body().contains("not-loaded"));
        assertThat(Watcher.get(program.resolve("/api/flows/" + ID)).body()).contains("nested more than 100 levels deep");
        assertThat(Watcher.get(program.resolve("/flows/" + ID + "/edit")).statusCode()).isEqualTo(200);
        Files.writeString(flow(ID), yaml("url: /x"));
        await().until(() -> Watcher.get(program.resolve("/api/flows/" + ID)).body().contains("\"active\""));
    }

    @Test
    void aFileThatIsTooLargeIsNotRead() throws Exception {
        Files.writeString(flow(ID), yaml("url: /x") + "# " + "x".repeat(3_000_000));
        await().until(() -> Watcher.get(program.resolve("/api/flows/" + ID)).body().contains("larger than 3 MB"));
    }
}
