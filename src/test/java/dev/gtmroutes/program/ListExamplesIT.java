// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gtmroutes.DataDirectory;
import dev.gtmroutes.TestDestination;
import dev.gtmroutes.kafka.Broker;
import dev.gtmroutes.lint.Lint;
import dev.gtmroutes.lint.flow.Settings;
import dev.gtmroutes.sandbox.Sandbox;
import dev.gtmroutes.sandbox.server.RecordedRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The flows of examples/salesloft-lists, as they are but for their times. */
class ListExamplesIT {

    private static final Path FLOWS = Path.of("examples/salesloft-lists/routes");
    private static final String TOKEN = "lists-token-93ab";
    private static final Duration LONG = Duration.ofSeconds(90);

    @TempDir
    Path directory;

    private final List<RecordedRequest> requests = new CopyOnWriteArrayList<>();
    private final HttpClient client = HttpClient.newHttpClient();

    private void copyFlows() throws Exception {
        Path to = Files.createDirectories(directory.resolve("routes/flows"));
        try (Stream<Path> files = Files.list(FLOWS.resolve("flows"))) {
            for (Path each : files.toList()) {
                Files.writeString(to.resolve(each.getFileName()), Files.readString(each)
                        .replace("period: 15m", "period: 2s").replace("waitFor: 20m", "waitFor: 8s")
                        .replace("autoStartup: false", "autoStartup: true"));
            }
        }
    }

    private String control(Sandbox sandbox, String method, String path) throws Exception {
        URI base = URI.create(sandbox.baseUrl("salesloft"));
        return client.send(HttpRequest.newBuilder(base.resolve("/sandbox/lists/" + path))
                .method(method, BodyPublishers.noBody()).build(), BodyHandlers.ofString()).body();
    }

    /** By their ids, the last one of each that arrived. */
    private static Map<Integer, JsonNode> byId(Stream<String> lines) {
        Map<Integer, JsonNode> records = new TreeMap<>();
        lines.map(TestDestination::json).map(each -> each.has("record") ? each.get("record") : each)
                .forEach(each -> records.put(each.path("id").asInt(), each));
        return records;
    }

    private Map<Integer, JsonNode> content(Sandbox sandbox, String list) throws Exception {
        return byId(control(sandbox, "GET", list + "/content?form=records").lines());
    }

    private List<JsonNode> sent(String path) {
        return requests.stream().filter(each -> each.path().endsWith(path) && each.accepted() > 0)
                .map(each -> TestDestination.json(TestDestination.text(each))).toList();
    }

    private static String enrolment(JsonNode person) {
        return person.path("email_address").asText().toUpperCase(Locale.ROOT) + ",300001\n";
    }

    @Test
    void theyPassTheLinter() {
        assertThat(new Lint(FLOWS, Settings.UNKNOWN).check()).isEmpty();
    }

    @Test
    void eachRecordOfAListArrivesAndEachEnrolmentHasItsPerson() throws Exception {
        copyFlows();
        try (Broker broker = new Broker();
                Sandbox sandbox = Sandbox.start(0).accept("salesloft", TOKEN).accept("customerly", TOKEN)
                        .onRequest(requests::add);
                Program program = Program.in(directory).recorded().env("SALESLOFT_ACCESS_TOKEN", TOKEN)
                        .env("SALESLOFT_BASE_URL", sandbox.baseUrl("salesloft")).env("CUSTOMERLY_ACCESS_TOKEN", TOKEN)
                        .env("CUSTOMERLY_BASE_URL", sandbox.baseUrl("customerly"))
                        .env("GTM_KAFKA_BROKERS", broker.address()).env("GTM_INBOX_QUIET", "0s")) {
            broker.createTopic("salesloft-accounts", 3);
            Map<Integer, JsonNode> accounts = content(sandbox, "salesloft-accounts");
            Map<Integer, JsonNode> people = content(sandbox, "salesloft-people");
            assertThat(accounts).hasSizeGreaterThan(100);
            program.start();

            await().atMost(LONG).untilAsserted(() -> assertThat(byId(program.lines("data/accounts").stream()))
                    .isEqualTo(accounts));
            await().atMost(LONG).untilAsserted(() -> assertThat(broker.messages("salesloft-accounts"))
                    .hasSize(accounts.size()));
            assertThat(broker.messages("salesloft-accounts")).allSatisfy(each -> assertThat(TestDestination.json(
                    each.value()).path("id").asText()).isEqualTo(each.key()));
            await().atMost(LONG).until(() -> sent("/leads").size() == people.size());

            control(sandbox, "PUT", "salesloft-people?change=3&add=1");
            await().atMost(LONG).until(() -> sent("/leads").size() == people.size() + 4);
            Map<Integer, JsonNode> now = content(sandbox, "salesloft-people");
            JsonNode newcomer = now.values().stream().filter(each -> !people.containsKey(each.path("id").asInt())).findAny()
                    .orElseThrow();
            JsonNode known = people.values().iterator().next();
            DataDirectory data = new DataDirectory(directory.resolve("data"));
            data.deliver("enrolments", "some.csv", "email,cadence_id\n" + enrolment(known) + "no.one@example.com,300001\n"
                    + enrolment(newcomer));

            assertThat(sent("/cadence_memberships")).extracting(each -> each.path("person_id").asInt())
                    .containsExactlyInAnyOrder(known.path("id").asInt(), newcomer.path("id").asInt());
            assertThat(data.deadLetters("enrolments", "some.csv")).singleElement()
                    .satisfies(each -> assertThat(each.path("line").asInt()).isEqualTo(3));
            assertThat(program.output()).noneMatch(each -> each.matches("^\\s+at .*"));
        }
    }
}
