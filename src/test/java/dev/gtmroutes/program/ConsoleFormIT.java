// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
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

/** Flows made, changed, duplicated and deleted in a browser; their files are what a person would write. */
@Tag("browser")
class ConsoleFormIT {

    private static final String RECORD = """
            {"external_id": "call-1", "subject": "Renewal", "direction": "inbound", "timestamp": 1793607420,
            "duration": 60,
            "participants": [{"name": "A", "email": "a@example.com"}, {"name": "B", "email": "b@example.com"}]}""";

    private static final HttpClient CLIENT = HttpClient.newBuilder().version(Version.HTTP_1_1).build();

    private static final Program program = DemoConsole.program();
    private static final Browser browser = DemoConsole.browser();
    private static final FormSteps steps = new FormSteps(browser);

    @Test
    void oneIsMadeMendedActivatedAndDelivers() throws Exception {
        browser.open("/flows").press("New flow").check("form-new");
        steps.endpoint("people-ai-request-sink");
        fill("id", "Not a name");
        browser.find("#sink-url");
        steps.click("#more-of-template summary");
        fill("sink-requestHeaders", "Authorization: Bearer abcdefgh");
        fill("sink-maxInFlight", "many");
        browser.press("Save").awaitText("Nothing was saved");
        assertThat(error("id")).contains("lower-case letters");
        assertThat(error("sink-url")).contains("Enter a value.");
        assertThat(error("sink-requestHeaders")).contains("secret as plain text");
        assertThat(error("sink-maxInFlight")).contains("not a whole number");
        browser.check("form-errors");

        fill("id", "new-calls");
        fill("description", "Calls & more");
        fill("sink-requestHeaders", "");
        fill("sink-maxInFlight", "2");
        steps.endpoint("people-ai-push-call-activity-sink");
        browser.press("Save").awaitText("Saved.").awaitText("Not activated").check("form-saved");
        assertThat(Files.readString(flow("new-calls"))).contains("description: \"Calls & more\"", "autoStartup: false",
                "maxInFlight: 2");

        browser.press("Save and activate").awaitText("Saved. The flow runs with it.");
        assertThat(Files.readString(flow("new-calls"))).contains("autoStartup: true");
        assertThat(send("POST", "/intake/new-calls", "application/json", RECORD).statusCode()).isEqualTo(202);
        Awaitility.await().atMost(Duration.ofSeconds(30))
                .until(() -> get("/api/flows/new-calls").contains("\"delivered\":1"));
    }

    @Test
    void aMappingHasALineForEachField() throws Exception {
        browser.open("/flows/new?template=people-ai-push-call-activity-sink").find("#sink-map");
        fill("id", "mapped-calls");
        assertThat(browser.attribute("#sink-map", "placeholder")).contains("name = {Company}\nowner.id");
        browser.press("Text");
        fill("sink-map", "# Calls\nminutes = {duration:numbr}\nsubject {subject}\n");
        browser.press("Save").awaitText("Nothing was saved");
        assertThat(error("sink-map")).contains("Map: line 2, column 21: 'numbr' is not a type: did you mean number?")
                .contains("Map: line 3, column 9: write = between");
        browser.check("form-mapping");
        fill("sink-map", "# Calls\nminutes = {duration:number/60}\nkind = Q&A {external_id|\"}}\"}\n");
        browser.awaitText("\"minutes\": 21").awaitText("Q&A call-20261102-0141");
        browser.press("Save").awaitText("Saved.");
        String written = Files.readString(flow("mapped-calls"));
        assertThat(written).contains("              map: |-\n                # Calls\n"
                + "                minutes = {duration:number/60}\n"
                + "                kind = Q&A {external_id|\"}}\"}\n");
        browser.press("Save").awaitText("Saved.");
        assertThat(Files.readString(flow("mapped-calls"))).isEqualTo(written);
    }

    @Test
    void anEditKeepsTheRestOfTheFileAndIsRefusedIfAnotherCameBetween() throws Exception {
        String before = Files.readString(flow("calls"));
        browser.open("/flows/calls/edit");
        fill("sink-batchSize", "20");
        browser.press("Save").awaitText("Saved.");
        assertThat(Files.readString(flow("calls"))).isEqualTo(before.replace("batchSize: 100", "batchSize: 20"));

        Files.writeString(flow("calls"), before);
        fill("sink-batchSize", "30");
        browser.press("Save").awaitText("calls.yaml has changed since you opened it");
        assertThat(Files.readString(flow("calls"))).isEqualTo(before);
    }

    @Test
    void itsDuplicateIsDeletedAndWhatWaitsForItStays() throws Exception {
        browser.open("/flows/single-calls/edit").press("Duplicate").check("form-duplicate");
        fill("id", "calls");
        browser.press("Duplicate").awaitText("A flow with this name exists");
        fill("id", "twin");
        browser.press("Duplicate").awaitText("Saved.").awaitText("Not activated");
        assertThat(Files.readString(flow("twin"))).isEqualTo(Files.readString(flow("single-calls"))
                .replace("id: single-calls", "id: twin").replace("flow: single-calls", "flow: twin"));

        assertThat(send("POST", "/intake/twin", "application/json", RECORD).statusCode()).isEqualTo(202);
        Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            browser.open("/flows/twin/delete");
            assertThat(browser.text()).contains("Its inbox contains 1 file with 1 record");
        });
        browser.check("form-delete").press("Delete twin").awaitText("single-calls");
        assertThat(flow("twin")).doesNotExist();
        assertThat(send("GET", "/flows/twin/edit", null, null).statusCode()).isEqualTo(404);
        assertThat(program.resolve("data/demo/inbox/twin")).isDirectoryContaining("glob:**intake-*");
    }

    @Test
    void oneThatAFormCannotShowIsShownAsText() throws Exception {
        Files.writeString(flow("by-hand"), """
                - route:
                    id: by-hand
                    description: Two <b>steps</b>
                    autoStartup: false
                    from:
                      uri: kamelet:inbox-source
                      parameters:
                        flow: by-hand
                      steps:
                        - log: {message: "x"}
                        - to:
                            uri: kamelet:people-ai-push-call-activity-sink
                            parameters:
                              responseWebhook: https://hooks.example.com/nobody-sees-this
                """);
        Awaitility.await("the flow").until(() -> get("/api/flows").contains("\"by-hand\""));
        browser.open("/flows/by-hand/edit").awaitText("it has more than one step").check("form-text");
        assertThat(browser.text()).contains("Two <b>steps</b>", "- log:", "responseWebhook: ***")
                .doesNotContain("nobody-sees-this");
    }

    @Test
    void whatCannotBeUndoneIsConfirmedInWords() throws Exception {
        browser.open("/flows/new?template=salesloft-delete-account-sink");
        fill("id", "deletions");
        browser.press("Save").awaitText("cannot be undone");
        assertThat(error("confirm")).contains("type the word irreversible");
        assertThat(flow("deletions")).doesNotExist();
        fill("confirm", "irreversible");
        browser.check("form-irreversible").press("Save").awaitText("Saved.");
        assertThat(Files.readString(flow("deletions"))).contains("confirmIrreversible: true", "autoStartup: false");
    }

    @Test
    void programsDoTheSame() throws Exception {
        assertThat(get("/api/templates")).contains("\"name\":\"people-ai-request-sink\"", "\"irreversible\":true");
        String flow = """
                {"id": "by-api", "source": "inbox-source", "sourceParameters": {"flow": "by-api"},
                 "template": "people-ai-push-call-activity-sink", "templateParameters": {"%s": "a,b"}}""";
        assertThat(send("POST", "/api/flows", "application/json", flow.formatted("exclude")).body())
                .contains("\"status\":422", "\"field\":\"sink.exclude\"");
        assertThat(send("POST", "/api/flows", "application/json", flow.formatted("maxInFlight").replace("a,b", "0"))
                .body()).contains("\"field\":\"sink.maxInFlight\"", "Enter a number of at least 1");
        assertThat(send("POST", "/api/flows", "application/json", flow.formatted("excludeAttributes")).statusCode())
                .isEqualTo(201);
        String text = Files.readString(flow("by-api"));
        HttpResponse<String> yaml = request("GET", "/api/flows/by-api", null, null, "Accept", "text/yaml");
        assertThat(yaml.body()).isEqualTo(text);
        String version = yaml.headers().firstValue("ETag").orElseThrow();

        for (int expected : new int[] {204, 412}) {
            assertThat(request("PUT", "/api/flows/by-api", "text/yaml", text + "# More.\n", "If-Match", version)
                    .statusCode()).isEqualTo(expected);
        }
        assertThat(send("PUT", "/api/flows/by-api", "application/json", flow.formatted("orderBy")).statusCode())
                .isEqualTo(204);
        assertThat(Files.readString(flow("by-api"))).contains("orderBy: a,b", "# More.").doesNotContain("exclude");
        assertThat(send("PUT", "/api/flows/..%2Fkamelets%2Fx", "text/yaml", text).statusCode()).isEqualTo(422);
        assertThat(send("DELETE", "/api/flows/by-api", null, null).statusCode()).isEqualTo(204);
        assertThat(flow("by-api")).doesNotExist();
    }

    private static Path flow(String id) {
        return DemoConsole.flow(id);
    }

    private static void fill(String id, String value) {
        WebElement field = browser.find("#" + id);
        field.clear();
        field.sendKeys(value);
    }

    private static String error(String id) {
        browser.find("#" + id + "[aria-invalid=true]");
        return browser.text("#" + id + "-error");
    }

    private static String get(String path) throws IOException, InterruptedException {
        return send("GET", path, null, null).body();
    }

    private static HttpResponse<String> send(String method, String path, String type, String body)
            throws IOException, InterruptedException {
        return request(method, path, type, body, "X-Nothing", "more");
    }

    private static HttpResponse<String> request(String method, String path, String type, String body, String header,
            String value) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + program.port() + path))
                .header(header, value)
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (type != null) {
            request.header("Content-Type", type);
        }
        return CLIENT.send(request.build(), BodyHandlers.ofString());
    }
}
