// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.gtmroutes.PlainCamel;
import dev.gtmroutes.credential.Secrets;
import dev.gtmroutes.delivery.sample.SamplePayloads;
import dev.gtmroutes.delivery.sample.SampleRequest;
import dev.gtmroutes.flow.files.LoadProblem;
import dev.gtmroutes.lint.flow.FlowLint;
import dev.gtmroutes.lint.flow.SampleFiles;
import dev.gtmroutes.lint.flow.Settings;
import dev.gtmroutes.lint.kamelet.BeanParameters;
import dev.gtmroutes.lint.kamelet.Kamelets;
import dev.gtmroutes.lint.yaml.YamlFile;
import dev.gtmroutes.parameter.NastyTexts;
import dev.gtmroutes.parameter.ParameterText;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stands in a file of flows is what arrives, character by character, whatever it is. */
class FlowValuesTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Kamelets KNOWN = Kamelets.in(Path.of("routes/kamelets"));
    private static final int FLOWS = 60;

    private record Arrived(URI uri, Map<String, String> headers, String body) {
    }

    private final ConcurrentLinkedQueue<Arrived> arrived = new ConcurrentLinkedQueue<>();
    private static final FlowValuesTest TEST = new FlowValuesTest();
    private static HttpServer server;
    private static CamelContext camel;
    private static FlowLoader loader;
    private static Map<String, String> texts;

    @BeforeAll
    static void start(@TempDir Path data) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.get(0)));
            TEST.arrived.add(new Arrived(exchange.getRequestURI(), headers,
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        Properties settings = new Properties();
        settings.put("gtm.data", data.toString());
        settings.put("people-ai.api-key", "a-key");
        settings.put("people-ai.base-url", url());
        settings.put("people-ai.rate-limit", "none");
        settings.put("camel.component.https.connections-per-route", "200");
        settings.put("flow.query", "a=1&b=2");
        settings.put("flow.token", "s3cr3tvalue42");
        settings.put("flow.pin", "s3cr");
        camel = PlainCamel.create();
        camel.getPropertiesComponent().setOverrideProperties(settings);
        Templates templates = new Templates();
        templates.serve(camel);
        loader = new FlowLoader(camel, templates);
        camel.start();
        texts = new TreeMap<>();
        KNOWN.all().forEach(each -> texts.put(each.fileName(), each.file().text()));
    }

    @AfterAll
    static void stop() {
        camel.stop();
        server.stop(0);
    }

    private static String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private static String flow(String id, String parameters) {
        return """
                - route:
                    id: %s
                    from:
                      uri: direct:%s
                      steps:
                        - to:
                            uri: kamelet:people-ai-request-sink
                            parameters:
                %s""".formatted(id, id, parameters.indent(14));
    }

    /** Loads it as the program does, after the linter has found nothing, and sends a record through it. */
    private static Arrived send(String id, String text, String record) throws Exception {
        Path path = Path.of(id + ".yaml");
        assertThat(new FlowLint(KNOWN, Settings.of(each -> each.startsWith("flow.")), SampleFiles.NONE)
                .check(YamlFile.of(path, text))).as(text).noneMatch(each -> !each.isWarning());
        FlowLoader.Loaded loaded = loader.load(new FlowVersion(path, text, Set.of(id), texts, Map.of()), null, Map.of());
        try (ProducerTemplate producer = camel.createProducerTemplate()) {
            TEST.arrived.clear();
            producer.sendBody("direct:" + id, record);
            assertThat(TEST.arrived).as(text).hasSize(1);
            return TEST.arrived.peek();
        } finally {
            loader.drain(loaded);
            loader.remove(loaded);
        }
    }

    @Test
    void valuesWithoutAMeaningAreRefusedWithTheirLines(@TempDir Path folder) throws IOException {
        refused(folder, "maxInFlight: 9999", "refused.yaml:10: ", "maxInFlight is 9999", "Enter at most 200");
        refused(folder, "orderBy: ','", "refused.yaml:10: ", "orderBy is ','", "names no attribute");
        refused(folder, "credential: 'a b'", "refused.yaml", "'a b' is not a valid name of a credential");
    }

    @Test
    void theValueOfASettingIsNotTold(@TempDir Path folder) throws IOException {
        refused(folder, "maxInFlight: '{{flow.token}}'",
                "refused.yaml:10: maxInFlight: the value of the setting flow.token is not valid here");
        refused(folder, "maxInFlight: '{{flow.pin:4}}'",
                "refused.yaml:10: maxInFlight: the value of the setting flow.pin is not valid here");
        refused(folder, "itemResults: '{{flow.token}}'", "refused.yaml:10: itemResults");
        refused(folder, "credential: 'a {{flow.token}}'", "refused.yaml", "is not a valid name of a credential");
    }

    private static void refused(Path folder, String parameter, String... said) throws IOException {
        String text = flow("refused", "url: /x\n" + parameter);
        Path path = Files.writeString(folder.resolve("refused.yaml"), text);
        assertThatThrownBy(
                () -> loader.load(new FlowVersion(path, text, Set.of("refused"), texts, Map.of()), null, Map.of()))
                .satisfies(each -> assertThat(new LoadProblem(path, Secrets.of(camel)).explain(each)).contains(said)
                        .doesNotContain("\n", "s3cr"));
    }

    private static String quoted(String text) throws IOException {
        return JSON.writeValueAsString(text);
    }

    @Test
    void nastyTextsArriveUnchangedFromAFileAndInAPreview() throws Exception {
        Random random = new Random(20261129);
        for (int i = 0; i < FLOWS; i++) {
            // What is no attribute of the record.
            String inBody = NastyTexts.text(random, 14).replaceAll("\\{(?=[^{}]+})", "(");
            // What is no variable of the URL template.
            String inUrl = NastyTexts.text(random, 8).replaceAll("[{}\n<>\"|^`\\\\ \\[\\]]", "%7B");
            inUrl = inUrl.replaceAll("%(?![0-9A-F]{2})", "%25").replace("#", ")&");
            String inHeader = NastyTexts.text(random, 8).replaceAll("[^\\x20-\\x7e]", "&").strip();
            String excluded = NastyTexts.text(random, 3).replaceAll("[,.\n]|^\\s+|\\s+$", "");
            String part = i % 2 == 0 ? "{n}" : "{*}";
            String body = "{\"constant\":" + JSON.writeValueAsString(inBody) + ",\"o\":{\"p\":{\"q\":\"" + part + "\"}}}";
            String header = "X-Nasty:" + inHeader.replace(",", "\\,");
            Map<String, String> values = new TreeMap<>(Map.of("url", "/x/n-{n}?c=" + inUrl, "method", "POST", "body", body,
                    "requestHeaders", header, "excludeAttributes", excluded, "maxInFlight", "1"));
            StringBuilder parameters = new StringBuilder();
            for (Map.Entry<String, String> each : values.entrySet()) {
                parameters.append(each.getKey()).append(": ").append(quoted(each.getValue())).append('\n');
            }
            String record = "{\"n\":7" + (excluded.isEmpty() ? "" : "," + JSON.writeValueAsString(excluded) + ":\"secret\"")
                    + "}";

            Arrived sent = send("nasty-" + i, flow("nasty-" + i, parameters.toString()), record);

            JsonNode got = JSON.readTree(sent.body);
            assertThat(got.get("constant").textValue()).isEqualTo(inBody);
            assertThat(got.get("o").at("/p/q")).hasToString(i % 2 == 0 ? "7" : "{\"n\":7}");
            assertThat(sent.headers.getOrDefault("X-Nasty", "")).isEqualTo(inHeader);
            assertThat(sent.uri.toString()).startsWith("/x/n-7?c=");
            assertThat(URLDecoder.decode(sent.uri.getRawQuery(), StandardCharsets.UTF_8))
                    .isEqualTo("c=" + URLDecoder.decode(inUrl, StandardCharsets.UTF_8));
            // As the console hands them over.
            values.replaceAll((name, value) -> ParameterText.encode(value));
            SampleRequest shown = new SamplePayloads(camel).of("people-ai-request-sink", values,
                    record.getBytes(StandardCharsets.UTF_8)).requests().get(0);
            assertThat(new String(shown.body(), StandardCharsets.UTF_8)).isEqualTo(sent.body);
            assertThat(shown.url()).isEqualTo(url() + sent.uri);
            assertThat(shown.headers().getOrDefault("X-Nasty", "")).isEqualTo(inHeader);
        }
    }

    @Test
    void allNotationsOfAFileMeanTheSame() throws Exception {
        String expected = "{\"a\":{\"b\":\"&)}\"},\"n\":7}";
        String raw = "{\"a\":{\"b\":\"&)}\"},\"n\":\"{n}\"}";
        for (String body : List.of("body: '" + raw + "'", "body: \"RAW(" + raw.replace("\"", "\\\"") + ")\"",
                "body: 'RAW{" + raw + "}'", "body: |-\n  " + raw, "body: >-\n  {\"a\":{\"b\":\"&)}\"},\n  \"n\":\"{n}\"}",
                "body: \"{\\\"a\\\":{\\\"b\\\":\\\n  \\\"&)}\\\"},\\\"n\\\":\\\"{n}\\\"}\"")) {
            assertThat(send("noted", flow("noted", "url: /x\n" + body + "\nmethod: POST\n"), "{\"n\":7}").body)
                    .as(body).isEqualToIgnoringWhitespace(expected);
        }
        String inBraces = """
                - route: {id: noted, from: {uri: "direct:noted", steps: [{to: {uri: kamelet:people-ai-request-sink,
                    parameters: {url: /x, body: '%s', method: POST}}}]}}
                """.formatted(raw);
        assertThat(send("noted", inBraces, "{\"n\":7}").body).isEqualTo(expected);
        String inQuery = """
                - route:
                    id: noted
                    from:
                      uri: direct:noted
                      steps:
                        - to:
                            uri: 'kamelet:people-ai-request-sink?url=RAW(/x?a=1&b=2)&method=POST&body=%s'
                """.formatted(java.net.URLEncoder.encode(raw, StandardCharsets.UTF_8));
        Arrived queried = send("noted", inQuery, "{\"n\":7}");
        assertThat(queried.body).isEqualTo(expected);
        assertThat(queried.uri).hasToString("/x?a=1&b=2");
    }

    @Test
    void whatASettingGivesStaysAPlaceholderAmongTheText() throws Exception {
        assertThat(send("set",
                flow("set", "url: '/x?{{flow.query}}&q=eq({n})&{{flow.query}}'\nbody: '{\"{{flow.none:a&b}}\":\"}}\"}'\n"),
                "{\"n\":7}"))
                .satisfies(each -> assertThat(each.uri).hasToString("/x?a=1&b=2&q=eq(7)&a=1&b=2"))
                .satisfies(each -> assertThat(each.body).isEqualTo("{\"a&b\":\"}}\"}"));
    }

    @Test
    void aWordThatIsTheNameOfABeanIsAWord() throws Exception {
        assertThat(send("word", flow("word", "url: /x\nexcludeAttributes: sender\n"),
                "{\"n\":7,\"sender\":1,\"shape\":2}").body)
                .isEqualTo("{\"n\":7,\"shape\":2}");
        assertThat(send("word", flow("word", "url: /x\nexcludeAttributes: RAW(shape)\n"),
                "{\"n\":7,\"sender\":1,\"shape\":2}").body)
                .isEqualTo("{\"n\":7,\"sender\":1}");
    }

    @Test
    void linesStayWhereTheyAre() {
        String text = flow("lines",
                "url: /x\nbody: |\n  {\"a\":{\"b\":1}}\n  \n\nmethod: POST\nrequestHeaders: \"A:1,\n  B:&\"\n");
        List<String> before = new ArrayList<>(text.lines().toList());
        List<String> after = EncodedFlow.of(text, new BeanParameters(KNOWN)).lines().toList();

        assertThat(after).hasSameSizeAs(before);
        for (String each : List.of("url: /x", "method: POST", "uri: kamelet:people-ai-request-sink")) {
            assertThat(after.stream().map(String::strip).toList().indexOf(each)).as(each).isPositive()
                    .isEqualTo(before.stream().map(String::strip).toList().indexOf(each));
        }
        assertThat(after).noneMatch(each -> each.contains("&"));
    }

    @Test
    void aProblemIsToldInThePersonsWords() {
        String text = flow("told", "url: /x\nbody: '{\"a\":{\"b\":{}}'\n");
        Path path = Path.of("told.yaml");
        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> loader.load(
                new FlowVersion(path, text, Set.of("told"), texts, Map.of()), null, Map.of())))
                .satisfies(each -> assertThat(new LoadProblem(path, Secrets.of(camel)).explain(each)).startsWith("told.yaml")
                        .contains("body")
                        .doesNotContain("gtm~"));
    }
}
