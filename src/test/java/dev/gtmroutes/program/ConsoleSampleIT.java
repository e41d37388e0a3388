// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.support.ui.Select;

/** In a browser: the requests for sample records beside the form, and one of them sent to the sandbox as a test. */
@Tag("browser")
class ConsoleSampleIT {

    private static final String EVIL = "<script>document.title='got in'</script><img src=x onerror='document.title=1'>";
    private static final String LEAD = "customerly-create-lead-sink";
    private static final HttpClient CLIENT = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private static final Program program = DemoConsole.program();
    private static final Browser browser = DemoConsole.browser();

    @Test
    void theRequestsFollowTheForm() {
        browser.open("/flows/new?template=people-ai-push-batch-call-activities-sink").awaitText("1 request for the records");
        assertThat(request()).contains("PUT", "/people-ai/v0/public/activities/call/_bulk", "X-API-Key\nhidden",
                "\"duration\": 1260", "\"name\": \"Priya Nair\"");
        new FormSteps(browser).click("#more-of-template summary");
        browser.check("samples");

        fill("sink-batchSize", "1");
        browser.awaitText("2 requests for the records");
        fill("sink-excludeAttributes", "participants");
        Awaitility.await().until(() -> !request().contains("Priya Nair"));
        fill("sink-batchSize", "many");
        browser.awaitText("Correct the marked fields to preview the requests.");
        assertThat(browser.text("#sink-batchSize-error")).contains("not a whole number");
        assertThat(browser.attribute("#sink-batchSize", "aria-invalid")).isEqualTo("true");
        browser.check("samples-finding");
        fill("sink-batchSize", "");
        browser.awaitText("1 request for the records");
        assertThat(browser.text("#sink-batchSize-error")).isEmpty();
        assertThat(program.output()).noneMatch(each -> each.contains("preview"));
    }

    /** Measured, not asserted: CI is busy. The delay of 50 ms after a key is part of it. */
    @Test
    void theyAreThereInAMoment() {
        browser.open("/flows/new?template=people-ai-push-batch-call-activities-sink").awaitText("1 request for the records");
        Object millis = browser.driver().executeAsyncScript("""
                const done = arguments[0], field = document.getElementById('sink-batchSize'), times = [];
                let start;
                function type() {
                  field.value = times.length + 1;
                  start = performance.now();
                  field.dispatchEvent(new Event('input', {bubbles: true}));
                }
                document.addEventListener('htmx:afterSettle', event => {
                  if (event.target.closest('#sample-requests') && start) {
                    times.push(Math.round(performance.now() - start));
                    start = 0;
                    times.length < 10 ? setTimeout(type, 50) : done(times.join(' '));
                  }
                });
                type();""");
        System.out.println("Milliseconds from a key to the requests: " + millis);
        assertThat((String) millis).matches("\\d+( \\d+){9}");
    }

    @Test
    void recordsOfOnesOwnAreTriedAndSentAsATest() throws Exception {
        browser.open("/flows/new?template=people-ai-push-call-activity-sink").awaitText("for the records");
        choose("sample", "pasted");
        browser.find("#pasted");
        assertThat(browser.find("#pasted").getDomProperty("value")).contains("external_id");
        fill("pasted", "{\"external_id\": \"" + EVIL + "\", \"duration\": 60}\n{\"duration\"");
        browser.awaitText("Records that cannot be sent").awaitText("Record in line 2");
        assertThat(request()).contains(EVIL);
        browser.press("Send test of request 1").awaitText("Status 200")
                .awaitText("save the flow first").check("samples-tested");
        DemoConsole.misbehave("{\"times\": 1, \"endpoint\": \"people-ai-push-call-activity\", \"status\": 503, "
                + "\"body\": \"" + EVIL + "\"}");
        browser.press("Send test of request 1").awaitText("Status 503").picture("samples-refused");
        assertThat(browser.text("#answer-0")).contains(EVIL);
        assertThat(browser.driver().getTitle()).isEqualTo("New flow – GTM Routes");
        assertThat(browser.driver().getPageSource()).doesNotContain("sandbox-key");
    }

    @Test
    void whatHasAnEffectEachTimeAsksFirst() {
        browser.open("/flows/new?template=customerly-send-message-sink")
                .awaitText("setting customerly.access-token is missing").picture("samples-no-credential");
        assertThat(request()).contains("Authentication\nhidden").doesNotContain("Send test", "Edit payload");
        FormSteps steps = new FormSteps(browser).go("vendor");
        choose("sink-credential", "acme");
        Awaitility.await().until(() -> steps.state("vendor").equals("Customerly · acme"));
        steps.go("configure");
        browser.awaitText("This request goes to the sandbox.").press("Send test of request 1").awaitText("Not sent: ")
                .awaitText("type the word send").check("samples-confirm");
        assertThat(browser.text()).doesNotContain("takes effect at the vendor");
        fill("confirm-0", "send");
        browser.press("Send test of request 1").awaitText("Status ");
    }

    @Test
    void aFileInTheInboxStaysAndATestBecomesTheSample() throws Exception {
        Path kamelet = program.resolve("routes/kamelets/own-lead-sink.kamelet.yaml");
        Files.createDirectories(kamelet.getParent());
        Files.writeString(kamelet, Files.readString(Path.of("routes/kamelets/customerly/" + LEAD + ".kamelet.yaml"))
                .replace("name: " + LEAD, "name: own-lead-sink")
                .replace("template: customerly-create-lead", "template: own-lead")
                // Otherwise a test would ask for a word first.
                .replaceAll("(onceOnly: \\{.*default: )true", "$1false"));
        Files.writeString(kamelet.resolveSibling("own-both-sink.kamelet.yaml"), Files.readString(kamelet)
                .replace("name: own-lead-sink", "name: own-both-sink")
                .replace("      steps:\n", "      steps:\n        - to: {uri: \"file:data/of-a-preview\"}\n"));
        Files.writeString(DemoConsole.flow("sampled"), """
                - route:
                    id: sampled
                    autoStartup: false
                    from:
                      uri: kamelet:inbox-source
                      parameters: {flow: sampled}
                      steps:
                        - to:
                            uri: kamelet:own-lead-sink
                            parameters: {credential: acme}
                """);
        Path waiting = program.resolve("data/demo/inbox/sampled/leads.ndjson");
        Files.createDirectories(waiting.getParent());
        Files.writeString(waiting, "{\"email\": \"waiting@example.com\"}\n");
        Awaitility.await("the flow").atMost(Duration.ofSeconds(30)).until(() -> get("/api/flows").contains("sampled"));

        browser.open("/flows/sampled/edit").awaitText("which remains in the inbox");
        browser.picture("samples-inbox");
        assertThat(request()).contains("waiting@example.com");
        Files.writeString(waiting, "{\"email\": \"unseen@example.com\"}\n");
        browser.press("Send test of request 1").awaitText("Not sent: the records have changed");
        Files.writeString(waiting, "{\"email\": \"waiting@example.com\"}\n");
        browser.press("Update the preview").awaitNoText("Not sent: ");
        browser.press("Send test of request 1").awaitText("Status 2");
        browser.press("Save as sample of sampled").awaitText("may contain data of customers").check("samples-ask");
        browser.press("Cancel");
        Path sample = DemoConsole.flow("sampled").resolveSibling("sampled.sample.json");
        assertThat(sample).doesNotExist();
        browser.press("Save as sample of sampled").press("Save sample").awaitText("Saved in ");
        assertThat(sample).hasContent("[{\"email\": \"waiting@example.com\"}]");
        assertThat(kamelet.resolveSibling("own-lead-sink.sample.json")).doesNotExist();
        assertThat(waiting).hasContent("{\"email\": \"waiting@example.com\"}");
        assertThat(get("/api/flows/sampled")).contains("\"delivered\":0");
        assertThat(get("/flows/sampled/edit/state?duplicate=true")).contains("id=\"edit-state\"", "Duplicate")
                .doesNotContain("<html");

        choose("sample", "flow");
        browser.awaitText("1 request for the records from the sample of the flow");
        choose("sample", "pasted");
        browser.find("#pasted");
        fill("pasted", "email,name\nof-a-table@example.com,Ada");
        Awaitility.await().until(() -> request().contains("of-a-table@example.com"));
        browser.press("Send test of request 1").awaitText("Status 2");
        browser.press("Save as sample of sampled").press("Save sample").awaitText("Saved in ");
        assertThat(sample).hasContent("[{\"email\":\"of-a-table@example.com\",\"name\":\"Ada\"}]");
        assertThat(post("/api/samples", "{\"template\": \"own-both-sink\"}")).contains("sends no HTTP requests");
    }

    @Test
    void programsDoTheSame() throws Exception {
        String sample = """
                {"template": "people-ai-request-sink", "records": "{\\"id\\": 1.50}",
                 "parameters": {"url": "%s", "requestHeaders": "X-More:{{flow.more}}"}}""";
        assertThat(post("/api/samples", sample.formatted("/notes/{id}")))
                .contains("/people-ai/v0/public/notes/1.50\"", "\"X-API-Key\":\"***\"", "\"X-More\":\"***\"")
                .doesNotContain("sandbox-key", DemoConsole.HIDDEN);
        assertThat(post("/api/tests", sample.formatted("https://other.example/x"))).contains("\"status\":422",
                "gtm.console.allowed-hosts");
        assertThat(post("/api/tests", sample.formatted("/notes/{id}"))).contains("\"status\":404", "\"outcome\"")
                .doesNotContain("sandbox-key", DemoConsole.HIDDEN);
        assertThat(post("/api/samples", "{\"template\": \"record-file-sink\"}")).contains("sends no HTTP requests");
        assertThat(post("/api/samples", "{\"template\": \"salesloft-delete-account-sink\"}")).contains("\"DELETE\"");
        assertThat(post("/api/tests", "{\"template\": \"customerly-create-lead-sink\"}"))
                .contains("setting customerly.access-token is missing");
    }

    @Test
    void noParameterLeadsACredentialElsewhereOrShowsASecret() throws Exception {
        String call = "{\"template\": \"people-ai-push-call-activity-sink\", \"parameters\": {%s}}";
        String request = "{\"template\": \"people-ai-request-sink\", \"parameters\": {\"url\": \"/x\", %s}}";
        for (String path : new String[] {"/api/samples", "/api/tests"}) {
            assertThat(post(path, call.formatted("\"credential\": \"default?baseUrl=http://127.0.0.1:1\"")))
                    .contains("\"status\":422", "sink.credential: Credential: Enter a name of a credential");
            assertThat(post(path, call.formatted("\"baseUrl\": \"http://127.0.0.1:1\"")))
                    .contains("\"status\":422", "sink.baseUrl: ");
            assertThat(post(path, call.formatted("\"retryFor\": \"1h)&api=mock:x\"")))
                    .contains("\"status\":422", "sink.retryFor: ");
            assertThat(post(path, call.formatted("\"orderBy\": null"))).contains("\"status\":422", "sink.orderBy: ");
            assertThat(post(path, request.formatted("\"maxInFlight\": \"{{flow.more}}\"")))
                    .contains("sink.maxInFlight: the value of the setting").doesNotContain(DemoConsole.HIDDEN);
            assertThat(post(path, request.formatted("\"credential\": \"{{flow.more}}\"")))
                    .contains("no credential with the name").doesNotContain(DemoConsole.HIDDEN);
            assertThat(post(path, request.formatted("\"maxInFlight\": \"{{people-ai.api-key}}\"")))
                    .contains("sink.maxInFlight: ", "This placeholder is not allowed").doesNotContain("sandbox-key");
        }
        assertThat(post("/api/samples", request.formatted("""
                "body": "{\\"a\\": \\"{{flow.more}}\\"}\"""")))
                .contains("***").doesNotContain(DemoConsole.HIDDEN);
        assertThat(post("/api/samples", request.formatted("""
                "body": "{\\"a\\": \\"{{people-ai.api-key}}\\", \\"b\\": \\"{{gtm.data}}\\"}\"""")))
                .contains("\"status\":422").doesNotContain("sandbox-key", "data/demo");
        // It is the name of an attribute, and nothing else.
        assertThat(post("/api/samples", request.formatted("\"orderBy\": \"x)&api=mock:x\""))).contains("\"requests\":[{");
        assertThat(post("/api/samples", request.formatted("""
                "requestHeaders": "X-More:{{none:{{people-ai.api-key}}}}\"""")))
                .doesNotContain("sandbox-key");
    }

    /** All that a person sees of the first request, read at once: each change exchanges it. */
    private static String request() {
        return (String) browser.driver().executeScript(
                "const first = document.querySelector('details.request'); return first ? first.innerText : '';");
    }

    private static void fill(String id, String value) {
        WebElement field = browser.find("#" + id);
        browser.driver().executeScript("arguments[0].value = arguments[1];"
                + "arguments[0].dispatchEvent(new Event('input', {bubbles: true}))", field, value);
    }

    private static void choose(String id, String value) {
        new Select(browser.find("#" + id)).selectByValue(value);
    }

    private static String get(String path) throws IOException, InterruptedException {
        return CLIENT.send(HttpRequest.newBuilder(address(path)).build(), BodyHandlers.ofString()).body();
    }

    private static String post(String path, String json) throws IOException, InterruptedException {
        HttpResponse<String> answer = CLIENT.send(HttpRequest.newBuilder(address(path))
                .header("Content-Type", "application/json").POST(BodyPublishers.ofString(json)).build(),
                BodyHandlers.ofString());
        return answer.body();
    }

    private static URI address(String path) {
        return URI.create("http://127.0.0.1:" + program.port() + path);
    }
}
