// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
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
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gtmroutes.sandbox.Sandbox;
import dev.gtmroutes.sandbox.faults.Misbehaviour;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the audit log holds of changes and log-ins, and who sees it. */
class AuditIT {

    private static final String KEY = "audit-key-2f19";
    private static final String OPERATOR = "long-operator-password";
    private static final String VIEWER = "long-viewer-password";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @TempDir
    static Path directory;

    private static Sandbox sandbox;
    private static Program program;

    @BeforeAll
    static void start() throws Exception {
        sandbox = Sandbox.start(0).accept("people-ai", KEY);
        program = Program.in(directory).recorded().env("GTM_CONSOLE_OPERATOR_PASSWORD", OPERATOR)
                .env("GTM_CONSOLE_VIEWER_PASSWORD", VIEWER).env("PEOPLE_AI_API_KEY", KEY)
                .env("PEOPLE_AI_BASE_URL", sandbox.baseUrl("people-ai")).start().awaitStarted();
    }

    @AfterAll
    static void stop() throws InterruptedException {
        program.close();
        sandbox.close();
    }

    private static String basic(String name, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((name + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    private static HttpResponse<String> send(Program to, String method, String path, String body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + to.port() + path))
                .method(method, BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return CLIENT.send(request.build(), BodyHandlers.ofString());
    }

    private static HttpResponse<String> operator(String method, String path, String body, String... headers)
            throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of(headers));
        Collections.addAll(all, "Authorization", basic("operator", OPERATOR));
        return send(program, method, path, body, all.toArray(String[]::new));
    }

    private static List<String> lines() {
        return program.lines("data/audit");
    }

    /** The lines since the first so many, as "account action subject count". */
    private static List<String> linesSince(int known) throws IOException {
        List<String> lines = new ArrayList<>();
        for (String each : lines().subList(known, lines().size())) {
            JsonNode line = JSON.readTree(each);
            assertThat(line.path("address").asText())
                    .isEqualTo(line.path("account").asText().endsWith(" (command line)") ? "local" : "127.0.0.1");
            assertThat(line.path("at").asText()).startsWith("20").endsWith("Z");
            lines.add("%s %s %s %d".formatted(line.path("account").asText(), line.path("action").asText(),
                    line.path("subject").asText(), line.path("count").asLong()));
        }
        return lines;
    }

    private static String letter() throws IOException, InterruptedException {
        JsonNode found = JSON.readTree(operator("GET", "/api/dead-letters?flow=calls", "").body()).findValue("id");
        return found == null ? "" : found.asText();
    }

    private static void reject() throws IOException, InterruptedException {
        sandbox.misbehave(Misbehaviour.times(1).status(422));
        assertThat(operator("POST", "/intake/calls", """
                {"external_id": "c1", "subject": "s", "direction": "inbound", "timestamp": 1793607420, "duration": 60, \
                "participants": [{"name": "A", "email": "a@example.com"}, {"name": "B", "email": "b@example.com"}]}
                """, "Content-Type", "application/x-ndjson").statusCode()).isEqualTo(202);
        await("a dead letter").atMost(PATIENCE).until(() -> !letter().isEmpty());
    }

    @Test
    void commandsHaveLinesToo() throws Exception {
        reject();
        int known = lines().size();
        String id = program.run("dead-letters", "list", "calls").out().lines().skip(1).findFirst().orElseThrow()
                .split(" ")[0];
        assertThat(program.run("dead-letters", "edit", "calls", id, "--record", "{\"external_id\": \"c9\"}").status())
                .isZero();
        assertThat(program.run("dead-letters", "discard", "calls", id).status()).isZero();
        String account = System.getProperty("user.name") + " (command line)";
        assertThat(linesSince(known)).containsExactly(account + " edited record calls/" + id + " 1",
                account + " discarded calls 1");
    }

    @Test
    void eachChangeIsOnTheDiskWhenTheProgramAnswers() throws Exception {
        String[] json = {"Content-Type", "application/json"};
        String flow = "{\"id\": \"audited\", \"source\": \"inbox-source\", \"sourceParameters\": {\"flow\": \"audited\"}, "
                + "\"template\": "
                + "\"people-ai-push-batch-call-activities-sink\"}";
        operator("GET", "/api/flows", "");
        int known = lines().size();
        operator("POST", "/api/flows/calls/pause", "");
        assertThat(linesSince(known)).containsExactly("operator paused calls 1");
        operator("POST", "/api/flows/calls/resume", "");
        operator("POST", "/api/flows/calls/activate", "");
        assertThat(operator("POST", "/api/flows", flow, json).statusCode()).isEqualTo(201);
        operator("PUT", "/api/flows/audited", flow, json);
        operator("DELETE", "/api/flows/audited", "");
        operator("DELETE", "/api/flows/audited", "");
        operator("POST", "/api/credentials/people-ai/default/test", "");
        operator("POST", "/api/samples", "{\"template\": \"people-ai-push-call-activity-sink\"}", json);
        operator("POST", "/api/tests", "{\"template\": \"people-ai-push-call-activity-sink\"}", json);
        assertThat(linesSince(known + 1)).containsExactly("operator resumed calls 1", "operator activated calls 1",
                "operator created audited 1", "operator edited audited 1", "operator deleted audited 1",
                "operator tested people-ai/default 1", "operator tested people-ai-push-call-activity-sink 1");

        known = lines().size();
        reject();
        String edited = "/api/dead-letters/calls/" + letter() + "/record";
        assertThat(operator("PUT", edited, "{\"external_id\": \"c2\"}", json).statusCode()).isEqualTo(204);
        String id = letter();
        operator("POST", "/api/dead-letters/calls/replay", "{\"ids\": [\"" + id + "\"]}", json);
        reject();
        operator("POST", "/api/dead-letters/calls/discard", "{\"ids\": [\"" + letter() + "\"]}", json);
        assertThat(linesSince(known)).containsExactly("operator edited record calls/" + id + " 1",
                "operator replayed calls 1", "operator discarded calls 1");
        assertThat(lines()).noneMatch(each -> each.contains(KEY) || each.contains(OPERATOR));
    }

    @Test
    void aPersonIsNamedByAccountAndNotBySession() throws Exception {
        int known = lines().size();
        try (Browser browser = new Browser("http://127.0.0.1:" + program.port())) {
            browser.open("/flows").find("option[value=operator]").click();
            browser.find("input[type=password]").sendKeys(OPERATOR);
            browser.press("Log in").awaitText("Push Batch Call Activities").press("Actions for calls").press("Pause calls")
                    .awaitText("Flow calls paused.").press("Actions for calls").press("Activate calls")
                    .awaitText("Flow calls activated.");
            browser.press("Audit").awaitText("Changes and log-ins").awaitText("activated").check("audit");
            String session = browser.driver().manage().getCookieNamed("quarkus-credential").getValue();
            browser.press("Log out operator").awaitText("Password");
            assertThat(linesSince(known)).contains("operator logged in  1", "operator paused calls 1",
                    "operator activated calls 1", "operator logged out  1");
            assertThat(lines()).noneMatch(each -> each.contains(session)).allMatch(each -> each.contains("operator")
                    || each.contains("viewer") || each.contains("(command line)"));
        }
    }

    @Test
    void onlyOperatorsSeeIt() throws Exception {
        for (String path : List.of("/api/audit", "/audit", "/api/audit/", "//api/audit", "/audit?before=")) {
            assertThat(send(program, "GET", path, "", "Authorization", basic("viewer", VIEWER)).statusCode()).as(path)
                    .isIn(403, 404);
            assertThat(send(program, "GET", path, "").statusCode()).as(path).isIn(302, 401);
        }
        assertThat(send(program, "GET", "/flows", "", "Authorization", basic("viewer", VIEWER)).body())
                .doesNotContain("/audit");
        JsonNode lines = JSON.readTree(operator("GET", "/api/audit", "").body());
        assertThat(lines).isNotEmpty();
        String last = lines.get(lines.size() - 1).path("at").asText();
        assertThat(operator("GET", "/api/audit?before=" + last, "").body()).isEqualTo("[]");
        assertThat(operator("GET", "/api/audit?before=yesterday", "").statusCode()).isEqualTo(400);
    }

    @Test
    void strangersGuessWithoutFillingTheDisk(@TempDir Path other) throws Exception {
        try (Program guessed = Program.in(other).env("QUARKUS_HTTP_HOST", "0.0.0.0").env("PEOPLE_AI_API_KEY", KEY)
                .env("GTM_CONSOLE_OPERATOR_PASSWORD", OPERATOR).start().awaitStarted()) {
            RawHttp raw = new RawHttp(guessed.port());
            for (int i = 0; i < 60; i++) {
                raw.send("127.0.1." + (i / 4 + 1), "GET /api/flows",
                        "Authorization: " + basic("operator", "typed-password-" + i),
                        "User-Agent: \",\"action\":\"paused\"}");
                raw.send("127.0.0.1", "GET /api/flows", "Authorization: " + basic("a-password-typed-as-name", "x"));
            }
            guessed.terminate();
            List<String> lines = guessed.lines("data/audit");
            assertThat(lines).hasSize(31).allMatch(each -> each.contains("\"action\":\"log-in failed\""))
                    .noneMatch(each -> each.contains("typed") || each.contains("paused"));
            assertThat(lines).anyMatch(each -> each.contains("\"address\":\"127.0.1.1\""));
            assertThat(lines.get(30)).contains("\"count\":90");
        }
    }

    @Test
    void whereTheLogCannotBeWrittenAFlowPausesAndTheLogOfTheProgramHasTheLine(@TempDir Path other) throws Exception {
        try (Program full = Program.in(other).env("PEOPLE_AI_API_KEY", KEY)) {
            Files.createDirectories(full.resolve("data"));
            Files.writeString(full.resolve("data/audit"), "in the way");
            full.start().awaitStarted();
            assertThat(send(full, "POST", "/api/flows/calls/pause", "").statusCode()).isEqualTo(200);
            assertThat(full.output()).filteredOn(each -> each.contains("This line is missing in the audit log"))
                    .hasSize(1).first().asString()
                    .contains("\"account\":\"no password\"", "\"action\":\"paused\"", "\"subject\":\"calls\"");
        }
    }
}
