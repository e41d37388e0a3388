// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gtmroutes.sandbox.Sandbox;
import dev.gtmroutes.sandbox.server.RecordedRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A mapping in the packaged program: from a table of calls to activities, with a mistake that is mended. */
class MappingIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final String KEY = "map-key-77d1";
    private static final String SINK = "people-ai-push-batch-call-activities";
    private static final Duration LONG = Duration.ofSeconds(60);

    private static final String CALLS = """
            Call ID;Started;Minutes;Rep;Buyer 1;Buyer 2;Notes
            c-1;03.04.2026 14:30;12;rep@acme.example;ana@umbrella.example;tom@umbrella.example;"Said ""yes"", {maybe} & more"
            c-2;25.12.2026 09:05;1,5;rep@acme.example;;tom@umbrella.example;
            c-3;24.12.2026 09:05;0.5;rep@acme.example;;;
            """;
    private static final String MAP = """
            # Calls of the phone system.
            external_id = {Call ID}
            timestamp = {Started:epoch dd.MM.yyyy HH:mm Europe/Berlin}
            duration = {Minutes:number*60}
            participants[].email = {Rep}
            participants[].email = {Buyer 1}
            participants[].email = {Buyer 2}
            participants[].role = host
            participants[].role = guest
            participants[].role = guest
            subject = Call {Call ID} & more: "{Rep}"
            notes = {Notes|drop}
            source.file = {file}
            source.line = {line}
            """;

    @TempDir
    Path directory;

    private Program program(Sandbox sandbox) throws Exception {
        return Program.in(directory).env("PEOPLE_AI_API_KEY", KEY).env("PEOPLE_AI_BASE_URL", sandbox.baseUrl("people-ai"))
                .env("GTM_INBOX_QUIET", "0s");
    }

    private Path flow(String map) throws Exception {
        Path written = Files.writeString(directory.resolve("routes/flows/.phone.yaml"), """
                - route:
                    id: phone
                    from:
                      uri: kamelet:inbox-source
                      parameters: {flow: phone}
                      steps:
                        - to:
                            uri: kamelet:people-ai-push-batch-call-activities-sink
                            parameters:
                              mapOthers: false
                              map: |
                """ + map.indent(16));
        return Files.move(written, directory.resolve("routes/flows/phone.yaml"),
                StandardCopyOption.REPLACE_EXISTING);
    }

    private static List<String> bodies(Sandbox sandbox) {
        return sandbox.requests().stream().filter(each -> SINK.equals(each.endpoint()) && each.accepted() > 0)
                .map(RecordedRequest::body).map(String::new).toList();
    }

    @Test
    void aTableOfCallsBecomesActivities() throws Exception {
        try (Sandbox sandbox = Sandbox.start(0).accept("people-ai", KEY); Program program = program(sandbox)) {
            flow(MAP);
            program.recorded().start().awaitStarted();
            Files.writeString(Files.createDirectories(directory.resolve("data/inbox/phone")).resolve("calls.csv"), CALLS);
            await().atMost(LONG).until(() -> bodies(sandbox).size() == 1);

            assertThat(bodies(sandbox).get(0))
                    .isEqualTo("[{\"external_id\":\"c-1\",\"timestamp\":1775219400,\"duration\":720,"
                            + "\"participants\":[{\"email\":\"rep@acme.example\",\"role\":\"host\"},"
                            + "{\"email\":\"ana@umbrella.example\","
                            + "\"role\":\"guest\"},{\"email\":\"tom@umbrella.example\",\"role\":\"guest\"}],"
                            + "\"subject\":\"Call c-1 & more: \\\"rep@acme.example\\\"\","
                            + "\"notes\":\"Said \\\"yes\\\", {maybe} & more\","
                            + "\"source\":{\"file\":\"calls.csv\",\"line\":2}},"
                            + "{\"external_id\":\"c-3\",\"timestamp\":1798099500,\"duration\":30,"
                            + "\"participants\":[{\"email\":"
                            + "\"rep@acme.example\",\"role\":\"host\"}],"
                            + "\"subject\":\"Call c-3 & more: \\\"rep@acme.example\\\"\","
                            + "\"source\":{\"file\":\"calls.csv\",\"line\":4}}]");

            await().atMost(LONG).until(() -> program.run("dead-letters", "list", "phone").out().contains("calls.csv:3"));
            String list = program.run("dead-letters", "list", "phone").out();
            String id = list.lines().skip(1).findFirst().orElseThrow().split(" ")[0];
            assertThat(program.run("dead-letters", "show", "phone", id).out()).contains(
                    "the attribute Minutes, from which the mapping makes duration, is not a number", "\"Minutes\":\"1,5\"",
                    "\"Buyer 2\":\"tom@umbrella.example\"");

            // A live edit with a mistake changes nothing; a mended mapping and a replay deliver the record.
            flow(MAP.replace("number*60", "numbr*60"));
            program.awaitLine("phone.yaml:15: Map: line 4, column 21: 'numbr' is not a type: did you mean number?");
            assertThat(program.run("validate").out()).contains(
                    "phone.yaml:15: Map: line 4, column 21: 'numbr' is not a type: did you mean number? [value]");
            flow(MAP.replace("duration = {Minutes:number*60}", "duration_text = {Minutes} minutes"));
            program.awaitLine("Flow phone: continues with the edited version");
            program.run("dead-letters", "replay", "phone", id);
            await().atMost(LONG).until(() -> bodies(sandbox).size() == 2);

            JsonNode mended = JSON.readTree(bodies(sandbox).get(1)).get(0);
            assertThat(mended.get("external_id").asText()).isEqualTo("c-2");
            assertThat(mended.get("duration_text").asText()).isEqualTo("1,5 minutes");
            assertThat(mended.get("participants")).hasSize(2);
            assertThat(mended.at("/participants/1/email").asText()).isEqualTo("tom@umbrella.example");
            assertThat(program.run("dead-letters", "list", "phone").out()).doesNotContain("calls.csv:3");

            samplesShowTheMappedRequest(program, sandbox);
        }
    }

    private void samplesShowTheMappedRequest(Program program, Sandbox sandbox) throws Exception {
        Map<String, String> parameters = Map.of("map", "id = {uuid}\nat = {now}\nkey = gtm~x~ {a}"
                + "\nn = {n:number|\"0\"}");
        Map<String, Object> sample = Map.of("template", "people-ai-push-call-activity-sink", "parameters", parameters,
                "records",
                "{\"a\":\"x\",\"n\":\"007\"}\n{\"a\":\"x\",\"n\":\"z\"}");
        JsonNode shown = post(program, "/api/samples", sample);

        assertThat(shown.path("requests")).hasSize(1);
        assertThat(shown.at("/requests/0/body").asText()).startsWith("{\"a\":\"x\",\"id\":\"").endsWith(
                "Z\",\"key\":\"gtm~x~ x\",\"n\":7}");
        assertThat(shown.at("/refused/0/line").asInt()).isEqualTo(2);
        assertThat(shown.at("/refused/0/reason").asText()).contains("the attribute n, from which the mapping makes n");
        JsonNode tested = post(program, "/api/tests", sample);
        assertThat(tested.at("/outcome/status").asInt()).isEqualTo(200);
        assertThat(sandbox.requests()).last().satisfies(each -> assertThat(new String(each.body()))
                .isEqualTo(shown.at("/requests/0/body").asText()));
        assertThat(post(program, "/api/samples", Map.of("template", "people-ai-push-call-activity-sink", "parameters",
                Map.of("map", "a = {b:numbr}"), "records", "{}")).path("detail").asText())
                .contains("Map: line 1, column 8: 'numbr' is not a type: did you mean number?");
    }

    private static JsonNode post(Program program, String path, Object body) throws Exception {
        HttpResponse<String> response = CLIENT.send(HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + program.port() + path)).header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(JSON.writeValueAsString(body))).build(), BodyHandlers.ofString());
        return JSON.readTree(response.body());
    }
}
