// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
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
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gtmroutes.sandbox.Sandbox;
import dev.gtmroutes.sandbox.faults.Misbehaviour;
import dev.gtmroutes.sandbox.server.RecordedRequest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** CSV by each way into the packaged program, and what it becomes at the vendor. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CsvIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String KEY = "csv-key-5ce8";
    private static final String CALL = "people-ai-push-call-activity";
    private static final Map<String, String> VENDORS = Map.of("people-ai", "PEOPLE_AI", "customerly", "CUSTOMERLY",
            "salesloft", "SALESLOFT");

    @TempDir
    static Path directory;
    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private Sandbox sandbox;
    private Program program;

    @BeforeAll
    void start() throws Exception {
        sandbox = Sandbox.start(0);
        program = Program.in(directory).env("GTM_INBOX_QUIET", "0s");
        for (Map.Entry<String, String> each : VENDORS.entrySet()) {
            sandbox.accept(each.getKey(), KEY);
            program.env(each.getValue() + "_BASE_URL", sandbox.baseUrl(each.getKey()));
            program.env(each.getValue() + (each.getKey().equals("people-ai") ? "_API_KEY" : "_ACCESS_TOKEN"), KEY);
        }
        flow("accounts", "", "salesloft-update-account-sink", "");
        flow("articles", "", "customerly-update-knowledge-base-article-sink", "");
        flow("calls", "", CALL + "-sink", "");
        flow("typed", ", csvTypes: auto", CALL + "-sink", "");
        flow("nested", ", csvTypes: auto", "people-ai-request-sink",
                "method: PUT, url: \"/users/{owner.id}\", excludeAttributes: owner.secret, onceOnly: false");
        flow("kept", ", csvEmpty: text", CALL + "-sink", "");
        program.start().awaitStarted();
    }

    @AfterAll
    void end() throws Exception {
        program.close();
        sandbox.close();
    }

    private void flow(String id, String source, String template, String parameters) throws IOException {
        Files.writeString(Files.createDirectories(directory.resolve("routes/flows")).resolve(id + ".yaml"), """
                - route:
                    id: %s
                    from:
                      uri: kamelet:inbox-source
                      parameters: {flow: %s%s}
                      steps:
                        - to: {uri: "kamelet:%s", parameters: {%s}}
                """.formatted(id, id, source, template, parameters));
    }

    private void drop(String flow, String name, String text) throws IOException {
        Path inbox = Files.createDirectories(directory.resolve("data/inbox").resolve(flow));
        Files.writeString(inbox.resolve(".part"), text);
        Files.move(inbox.resolve(".part"), inbox.resolve(name));
    }

    /** The bodies of the requests whose path ends like this, in the order of their texts. */
    private List<String> bodies(String path) {
        return sandbox.requests().stream().filter(each -> each.path().endsWith(path)).map(RecordedRequest::body)
                .map(String::new).sorted().toList();
    }

    private HttpResponse<String> post(String path, String type, String body) throws Exception {
        return client.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + program.port() + path))
                .header("Content-Type", type).POST(BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
    }

    private static String form(Map<String, String> values) {
        return values.entrySet().stream().map(each -> each.getKey() + "="
                + URLEncoder.encode(each.getValue(), StandardCharsets.UTF_8)).collect(Collectors.joining("&"));
    }

    @Test
    void aSparseTableClearsNothing() throws Exception {
        drop("accounts", "a.csv", "id,name,domain,city\n41,Acme,,Berlin\n42,,x.example,\n43,\"\",,\"\"\n");
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            assertThat(bodies("/accounts/41")).containsExactly("{\"name\":\"Acme\",\"city\":\"Berlin\"}");
            assertThat(bodies("/accounts/42")).containsExactly("{\"domain\":\"x.example\"}");
            assertThat(bodies("/accounts/43")).containsExactly("{}");
        });
        drop("articles", "a.csv", "knowledge_base_article_id;title;body\n71;New;\n");
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(sandbox.requests().stream()
                .filter(each -> each.path().contains("71") && each.path().contains("article"))
                .map(each -> new String(each.body(), StandardCharsets.UTF_8)))
                .singleElement().asString().contains("New").doesNotContain("body", "\"\""));
    }

    @Test
    void eachWayInHasTheTypesOfTheFlow() throws Exception {
        String csv = "\uFEFFexternal_id;owner.id;duration;n;tags.0\n%s;007;12.50;12345678901234567890;\n";
        drop("calls", "a.csv", csv.formatted("text-file"));
        drop("typed", "a.csv", csv.formatted("typed-file"));
        drop("kept", "a.csv", csv.formatted("kept-file"));
        assertThat(post("/intake/calls", "text/csv", csv.formatted("text-post")).statusCode()).isEqualTo(202);
        assertThat(post("/intake/typed", "text/csv", csv.formatted("typed-post")).statusCode()).isEqualTo(202);
        String text = "\"owner.id\":\"007\",\"duration\":\"12.50\",\"n\":\"12345678901234567890\"";
        String auto = "\"owner\":{\"id\":\"007\"},\"duration\":12.50,\"n\":\"12345678901234567890\"";
        for (String wanted : List.of("{\"external_id\":\"text-file\"," + text + "}",
                "{\"external_id\":\"text-post\"," + text + "}",
                "{\"external_id\":\"typed-file\"," + auto + "}", "{\"external_id\":\"typed-post\"," + auto + "}",
                "{\"external_id\":\"kept-file\"," + text + ",\"tags.0\":\"\"}")) {
            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(sandbox.requests()
                    .stream().map(each -> new String(each.body(), StandardCharsets.UTF_8))).contains(wanted));
        }
    }

    @Test
    void urlAndExclusionSeeTheNestedAttributes() throws Exception {
        drop("nested", "a.csv", "owner.id,owner.secret,owner.name,empty.a,empty.b\n5,s3,Ann,,\n");
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(bodies("/users/5"))
                .containsExactly("{\"owner\":{\"name\":\"Ann\"}}"));
    }

    @Test
    void aContradictionMovesTheFileToFailedWithTheReason() throws Exception {
        drop("typed", "bad.csv", "owner,owner.id\n1,2\n");
        Path failed = directory.resolve("data/inbox/typed/.failed");
        await().atMost(Duration.ofSeconds(30)).until(() -> Files.isDirectory(failed)
                && program.lines("data/inbox/typed/.failed").stream().anyMatch(each -> each.contains("makes it an object")));
    }

    @Test
    void aDeadLetterHoldsTheTypedRecordAndReplaysTheSameRequest() throws Exception {
        sandbox.misbehave(Misbehaviour.forEver().endpoint(CALL).poison("external_id", "letter-9").status(422));
        drop("typed", "letter.csv", "external_id,duration,owner.id,empty\nletter-9,60,7,\n");
        String record = "{\"external_id\":\"letter-9\",\"duration\":60,\"owner\":{\"id\":7}}";
        await().atMost(Duration.ofSeconds(30)).until(() -> program.lines("data/dead-letters/typed").stream()
                .anyMatch(each -> each.contains("\"record\":" + record)));
        sandbox.clearMisbehaviours();
        assertThat(program.run("dead-letters", "replay", "typed", "--all").out()).contains("1 record queued");
        await().atMost(Duration.ofSeconds(30)).until(() -> sandbox.requests().stream()
                .filter(each -> new String(each.body(), StandardCharsets.UTF_8).equals(record)).count() == 2);
    }

    /** The file is appended to as well, so that the program compares what it has delivered with what is there. */
    @Tag("long")
    @Test
    void anEditOfTheTypesInTheMiddleOfAFileSendsNoRowTwice() throws Exception {
        String rows = IntStream.range(0, 200).mapToObj(i -> "e%d,%d,\n".formatted(i, i)).collect(Collectors.joining());
        flow("edited", "", CALL + "-sink", "maxInFlight: 1, requestHeaders: \"X-Mark:edited\"");
        sandbox.latencyMs(10);
        drop("edited", "a.csv", "external_id,n,empty\n" + rows);
        await().atMost(Duration.ofSeconds(60)).until(() -> marked().size() > 20);
        Files.writeString(directory.resolve("data/inbox/edited/a.csv"), "e200,200,\n", StandardOpenOption.APPEND);
        flow("edited", ", csvTypes: auto", CALL + "-sink", "maxInFlight: 1, requestHeaders: \"X-Mark:edited\"");
        await().atMost(Duration.ofSeconds(60)).until(() -> marked().contains("{\"external_id\":\"e200\",\"n\":200}"));
        sandbox.clearMisbehaviours();

        assertThat(marked()).hasSize(201).contains("{\"external_id\":\"e0\",\"n\":\"0\"}",
                "{\"external_id\":\"e199\",\"n\":199}");
        assertThat(marked().stream().map(each -> each.replace("\"", ""))).doesNotHaveDuplicates();
    }

    private List<String> marked() {
        return sandbox.requests().stream().filter(each -> "edited".equals(each.header("X-Mark"))).map(RecordedRequest::body)
                .map(String::new).toList();
    }

    @Test
    void previewsHaveTheTypesOfTheFlow() throws Exception {
        String csv = "external_id,duration,owner.id,x\na,60,7,\n";
        String auto = "{\"external_id\":\"a\",\"duration\":60,\"owner\":{\"id\":7}}";
        HttpResponse<String> typed = post("/api/samples", "application/json", JSON.writeValueAsString(
                Map.of("template", CALL + "-sink", "records", csv, "csvTypes", "auto")));
        assertThat(JSON.readTree(typed.body()).at("/requests/0/body").asText()).isEqualTo(auto);
        HttpResponse<String> usual = post("/api/samples", "application/json", JSON.writeValueAsString(
                Map.of("template", CALL + "-sink", "records", csv, "csvEmpty", "text")));
        assertThat(JSON.readTree(usual.body()).at("/requests/0/body").asText())
                .isEqualTo("{\"external_id\":\"a\",\"duration\":\"60\",\"owner.id\":\"7\",\"x\":\"\"}");
        HttpResponse<String> refused = post("/api/samples", "application/json", JSON.writeValueAsString(
                Map.of("template", CALL + "-sink", "records", csv, "csvTypes", "{{people-ai.api-key}}")));
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("csvTypes: '{{people-ai.api-key}}' is not allowed. Enter text or auto")
                .doesNotContain(KEY);
        HttpResponse<String> page = post("/flows/samples", "application/x-www-form-urlencoded", form(Map.of("id", "new",
                "source", "inbox-source", "source.csvTypes", "auto", "template", CALL + "-sink", "sample", "pasted",
                "pasted", csv)));
        assertThat(page.body()).contains("&quot;duration&quot;: 60", "&quot;owner&quot;: {");
    }

    @Test
    void aMistakeIsOneLineAlikeByEachWay() throws Exception {
        String why = "CSV Types: 'automatic' is not allowed. Enter text or auto";
        flow("mistaken", ", csvTypes: automatic", CALL + "-sink", "");
        program.awaitLine(why);
        assertThat(program.output().stream().filter(each -> each.contains(why))).hasSize(1);
        Program.Ended validate = program.run("validate", "routes");
        assertThat((validate.out() + validate.err()).lines().filter(each -> each.contains(why))).hasSize(1);
        Files.delete(directory.resolve("routes/flows/mistaken.yaml"));
        HttpResponse<String> page = post("/flows/samples", "application/x-www-form-urlencoded", form(Map.of("id", "new",
                "seen", "true", "source", "inbox-source", "source.csvTypes", "automatic", "template", CALL + "-sink")));
        assertThat(page.body()).contains("is not allowed. Enter text or auto");
    }
}
