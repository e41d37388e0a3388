// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** Dead letters in a browser: found, mended, replayed and discarded. */
@Tag("browser")
class ConsoleLettersIT {

    private static final String EVIL = "<script>document.title='got in'</script><img src=x onerror='document.title=1'>";
    private static final HttpClient CLIENT = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Program program = DemoConsole.program();
    private static final Browser browser = DemoConsole.browser();

    @BeforeAll
    static void flowsThatFail() throws Exception {
        for (String[] each : new String[][] {{"mended", "people-ai-push-call-activity-sink"},
                {"messages", "customerly-send-message-sink"}}) {
            Files.writeString(DemoConsole.flow(each[0]), """
                    - route:
                        id: %1$s
                        from:
                          uri: kamelet:inbox-source
                          parameters: {flow: %1$s}
                          steps:
                            - to:
                                uri: kamelet:%2$s
                                parameters: {maxInFlight: 1%3$s}
                    """.formatted(each[0], each[1], each[0].equals("messages") ? ", credential: acme" : ""));
        }
        Awaitility.await("the flows").atMost(Duration.ofSeconds(30))
                .until(() -> get("/api/flows/mended").contains("active")
                        && get("/api/flows/messages").contains("active"));
    }

    private static String get(String path) throws Exception {
        return send("GET", "http://127.0.0.1:" + program.port() + path, "").body();
    }

    private static HttpResponse<String> post(String path, String body) throws Exception {
        return send("POST", "http://127.0.0.1:" + program.port() + path, body);
    }

    private static int form(String path, String body) throws Exception {
        return CLIENT.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + program.port() + path))
                .header("Content-Type", "application/x-www-form-urlencoded").POST(BodyPublishers.ofString(body)).build(),
                BodyHandlers.discarding()).statusCode();
    }

    private static HttpResponse<String> send(String method, String address, String body) throws Exception {
        return CLIENT.send(HttpRequest.newBuilder(URI.create(address)).header("Content-Type", "application/json")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body)).build(),
                BodyHandlers.ofString());
    }

    private static void deliver(String flow, String record) throws Exception {
        assertThat(post("/intake/" + flow, record).statusCode()).isEqualTo(202);
    }

    private static JsonNode open(String flow) throws Exception {
        return JSON.readTree(get("/api/dead-letters?flow=" + flow)).path("letters");
    }

    private static void awaitOpen(String flow, int count) {
        Awaitility.await(flow).atMost(Duration.ofSeconds(30)).until(() -> open(flow).size() == count);
    }

    private static void awaitDelivered(String flow, int count) {
        Awaitility.await(flow).atMost(Duration.ofSeconds(30)).until(() -> JSON.readTree(get("/api/flows/" + flow))
                .at("/destinations/0/delivered").asInt() == count);
    }

    private static String call(String subject) throws Exception {
        return """
                {"external_id": "call-%1$s", "subject": %2$s, "direction": "inbound", "timestamp": 1793607420,
                "duration": 60, "participants": [{"name": "A", "email": "a@example.com"},
                {"name": "B", "email": "b@example.com"}]}"""
                .formatted(subject.hashCode(), JSON.writeValueAsString(subject));
    }

    private static WebElement record() {
        return browser.find("#letter textarea[name=record]");
    }

    private static void type(String text) {
        record().clear();
        record().sendKeys(text);
    }

    /** The preview of what is in the field now. */
    private static void awaitPreview(String text) {
        Awaitility.await("preview of " + text).atMost(Duration.ofSeconds(30)).ignoreExceptions()
                .until(() -> browser.text("[id^=record-preview]").contains(text));
    }

    /** In one go: another letter brings a field of its own. */
    private static String value() {
        return browser.driver().executeScript("return (document.querySelector('#letter textarea[name=record]') || "
                + "{value: ''}).value").toString();
    }

    @Test
    void aRejectedRecordIsFoundMendedAndDelivered() throws Exception {
        browser.open("/dead-letters?flow=nothing").awaitText("No open dead letters.");
        DemoConsole.misbehave("{\"times\": 3, \"endpoint\": \"people-ai-push-call-activity\", \"status\": 422, "
                + "\"body\": " + JSON.writeValueAsString("no such thing " + EVIL) + "}");
        deliver("mended", call("Renewal " + EVIL));
        deliver("mended", call("Second"));
        deliver("mended", call("Third"));
        awaitOpen("mended", 3);

        browser.open("/dead-letters?flow=mended").awaitText("No such thing " + EVIL)
                .awaitText("rejected by People.ai (422)");
        assertThat(browser.driver().findElements(By.cssSelector("#reasons .dl-group"))).hasSize(1);
        assertThat(browser.driver().findElements(By.cssSelector("#reasons .dl-letters li"))).hasSize(3);
        awaitPreview("\"subject\": \"Third\"");
        browser.check("letters");
        browser.find("input[name=search]").sendKeys("renewal <SCRIPT");
        browser.awaitText("Matches");
        Awaitility.await("the match").until(() -> value().contains("Renewal " + EVIL.replace("\"", "\\\"")));
        assertThat(browser.driver().findElements(By.cssSelector("#reasons .dl-letters li"))).hasSize(1);
        browser.awaitText("People.ai rejected the record: no such thing " + EVIL);
        assertThat(browser.driver().getTitle()).startsWith("Dead letters").doesNotContain("got in");
        assertThat(browser.driver().getCurrentUrl()).contains("flow=mended").contains("search=renewal");

        awaitPreview("http://127.0.0.1");
        browser.find("[id^=record-preview] summary").sendKeys(Keys.ENTER);
        browser.awaitText("***");
        assertThat(browser.text()).doesNotContain("sandbox-key");
        browser.check("letter");

        type("{\"subject\": nothing}");
        browser.awaitText("must be exactly one JSON object");
        browser.press("Replay");
        Awaitility.await("the error").until(() -> "true".equals(record().getDomAttribute("aria-invalid")));
        browser.check("letter-error");
        assertThat(value()).isEqualTo("{\"subject\": nothing}");
        type(call("Mended"));
        awaitPreview("\"subject\": \"Mended\"");
        browser.press("Changes").awaitText("Attribute").awaitText("subject").press("Record");
        browser.press("Save").awaitText("Rejected, edited");
        browser.press("Replay").awaitText("Queued for replay in mended")
                .awaitText("1 record queued for replay (flow mended).")
                .awaitText("mended: 1 delivered.")
                .awaitText("Delivered: the flow has finished the record, and it is not a dead letter again.");
        browser.find(".toast-item");
        awaitDelivered("mended", 1);
        assertThat(send("GET", "http://127.0.0.1:" + DemoConsole.sandbox() + "/sandbox/requests", "").body())
                .contains("Mended");
        assertThat(open("mended")).hasSize(2);

        browser.open("/dead-letters?flow=mended").awaitText("No such thing");
        Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(get("/flows"))
                .contains("href=\"/dead-letters?flow=mended\"><data value=\"2\""));
        browser.driver().findElements(By.cssSelector("#dl-selected [name=name]")).forEach(WebElement::click);
        browser.press("Replay 2 selected").awaitText("Replay 2 records?").press("Cancel");
        assertThat(browser.driver().findElements(By.cssSelector("#dl-selected [name=name]:checked"))).hasSize(2);
        assertThat(open("mended")).hasSize(2);
        browser.press("Discard 2 selected").awaitText("Discard 2 records?").awaitText("This cannot be undone.");
        browser.check("letters-ask").press("Discard 2 records").awaitText("2 records discarded (flow mended).");
        assertThat(browser.driver().getCurrentUrl()).contains("/dead-letters?flow=mended");
        assertThat(open("mended")).isEmpty();
        browser.press("Discarded").awaitText("No such thing");
        assertThat(browser.driver().findElements(By.cssSelector("#reasons .dl-letters li"))).hasSize(2);
        assertThat(get("/flows")).doesNotContain("id=\"open-letters-mended\"");
    }

    @Test
    void aHeldRecordIsNotReplayedUnlessSomebodySaysSo() throws Exception {
        DemoConsole.misbehave("{\"times\": 2, \"endpoint\": \"customerly-send-message\", \"close\": \"after\"}");
        deliver("messages", "{\"user_id\": \"u-1\", \"content\": \"Hello\", \"type\": \"chat\"}");
        deliver("messages", "{\"user_id\": \"u-2\", \"content\": \"Hello\", \"type\": \"chat\"}");
        awaitOpen("messages", 2);

        browser.open("/dead-letters?flow=messages&kind=held").awaitText("Customerly may have processed the record");
        browser.press("Replay all 2").awaitText("Replay 2 records?").awaitText("they may arrive twice")
                .check("letters-held").press("Replay 2 records");
        assertThat(browser.driver().findElements(By.cssSelector("#ask input[name=held]:invalid"))).hasSize(1);
        assertThat(open("messages")).hasSize(2);
        browser.press("Cancel");

        browser.press("Replay").awaitText("Replay 1 held record?").press("Replay 1 held record")
                .awaitText("Held records among them, which may arrive twice: 1.");
        awaitDelivered("messages", 1);
        browser.open("/dead-letters?flow=messages&kind=held").press("Replay all 1");
        browser.find("#ask input[name=held]").click();
        browser.press("Replay 1 record").awaitText("messages: 1 delivered.");
        awaitDelivered("messages", 2);
    }

    @Test
    void theOutcomeOfAReplayIsSaidAndADeletedFlowTakesNone() throws Exception {
        DemoConsole.misbehave("{\"times\": 2, \"endpoint\": \"people-ai-push-call-activity\", \"status\": 404}");
        Files.writeString(DemoConsole.flow("gone"), Files.readString(DemoConsole.flow("mended"))
                .replace("mended", "gone"));
        Awaitility.await("the flow").until(() -> get("/api/flows/gone").contains("active"));
        deliver("gone", call("gone"));
        awaitOpen("gone", 1);

        browser.open("/dead-letters?flow=gone&kind=rejected").press("Replay").awaitText("it is a dead letter again")
                .awaitText("gone: 0 delivered, 1 is a dead letter again.");
        assertThat(browser.driver().getCurrentUrl()).contains("flow=gone&kind=rejected");
        browser.press("Show the new dead letter").awaitText("Next: replay or discard.");
        String id = open("gone").get(0).path("id").asText();

        Files.delete(DemoConsole.flow("gone"));
        Awaitility.await("its end").until(() -> !get("/api/flows").contains("\"gone\""));
        browser.open("/dead-letters?flow=gone&kind=rejected").awaitText("The flow gone does not exist any more")
                .check("letter-gone").press("Replay")
                .awaitText("Nothing was done for gone: the flow gone does not exist any more");
        assertThat(post("/api/dead-letters/gone/replay", "{\"ids\": [\"" + id + "\"]}").statusCode()).isEqualTo(422);
        assertThat(open("gone")).hasSize(1);
        browser.press("Discard").press("Discard 1 record").awaitText("1 record discarded (flow gone).");
        assertThat(browser.driver().getCurrentUrl()).contains("?flow=gone&kind=rejected");
    }

    @Test
    void aReplayWaitsForAFlowThatIsNotLoaded() throws Exception {
        DemoConsole.misbehave("{\"times\": 1, \"endpoint\": \"people-ai-push-call-activity\", \"status\": 404}");
        String flow = Files.readString(DemoConsole.flow("mended")).replace("mended", "unloaded");
        Files.writeString(DemoConsole.flow("unloaded"), flow);
        Awaitility.await("the flow").until(() -> get("/api/flows/unloaded").contains("active"));
        deliver("unloaded", call("unloaded"));
        awaitOpen("unloaded", 1);
        Files.delete(DemoConsole.flow("unloaded"));
        Awaitility.await("its end").until(() -> !get("/api/flows").contains("\"unloaded\""));
        Files.writeString(DemoConsole.flow("many"), flow.replace("steps:", "steps: ["));

        // The address that letters had before.
        browser.open("/dead-letters/unloaded/" + open("unloaded").get(0).path("id").asText())
                .awaitText("The flow unloaded is not loaded.").press("Replay")
                .awaitText("The flow unloaded is not loaded: its records wait")
                .awaitText("The record waits in the inbox of unloaded, which is not loaded.").check("letter-unloaded");
        assertThat(browser.driver().getCurrentUrl()).contains("letter=unloaded%2F");
        Files.writeString(DemoConsole.flow("many"), flow);
        browser.awaitText("Delivered: the flow has finished the record, and it is not a dead letter again.");
        awaitDelivered("unloaded", 1);
    }

    @Test
    void unsavedTextOfARecordIsNotLeftWithoutAWord() throws Exception {
        DemoConsole.misbehave("{\"times\": 2, \"endpoint\": \"people-ai-push-call-activity\", \"status\": 404}");
        Files.writeString(DemoConsole.flow("typed"), Files.readString(DemoConsole.flow("mended"))
                .replace("mended", "typed"));
        Awaitility.await("the flow").until(() -> get("/api/flows/typed").contains("active"));
        deliver("typed", call("one"));
        deliver("typed", call("two"));
        awaitOpen("typed", 2);

        browser.open("/dead-letters?flow=typed").find("#letter-next");
        awaitPreview("PUT");
        type(call("half typed"));
        browser.press("Next dead letter").awaitText("This page has unsaved edits.").press("Stay");
        assertThat(value()).contains("half typed");
        // The list is looked at again every ten seconds; here at once.
        browser.driver().executeScript("htmx.trigger('#dl-filter', 'submit')");
        browser.awaitText("This page has unsaved edits.").press("Stay");
        browser.press("Next dead letter").press("Leave without saving");
        Awaitility.await("the next").until(() -> value().contains("\"one\""));
        browser.press("Previous dead letter");
        Awaitility.await("the one before").until(() -> value().contains("\"two\""));
        assertThat(form("/dead-letters/all?flow=typed", "action=discard&asked=true")).isEqualTo(303);
    }

    @Test
    void theListIsExportedWithoutFormulas() throws Exception {
        DemoConsole.misbehave("{\"times\": 1, \"endpoint\": \"people-ai-push-call-activity\", \"status\": 422, "
                + "\"body\": \"=1+1, \\\"x\\\"\"}");
        Files.writeString(DemoConsole.flow("sheet"), Files.readString(DemoConsole.flow("mended"))
                .replace("mended", "sheet"));
        Awaitility.await("the flow").until(() -> get("/api/flows/sheet").contains("active"));
        deliver("sheet", call("one"));
        awaitOpen("sheet", 1);

        String csv = get("/dead-letters/export.csv?flow=sheet");
        assertThat(csv).startsWith("time,flow,id,outcome,state,edited,reason,status,").contains(",sheet,").contains(",422,")
                .doesNotContain("\n=").doesNotContain(",=");
        assertThat(csv.lines()).hasSize(2);
        JsonNode groups = JSON.readTree(get("/api/dead-letters/groups?flow=sheet")).path("groups");
        assertThat(groups).hasSize(1);
        assertThat(groups.get(0).path("count").asInt()).isEqualTo(1);
        assertThat(groups.get(0).path("days")).hasSize(14);
        assertThat(JSON.readTree(get("/api/dead-letters?group=" + groups.get(0).path("group").asText())).path("letters"))
                .hasSize(1);
        assertThat(get("/api/dead-letters/groups?fate=lost")).contains("The fate must be open, replayed or discarded");
        assertThat(form("/dead-letters/all?flow=sheet&group=other-rejected", "action=discard&asked=true")).isEqualTo(400);
        assertThat(form("/dead-letters/all?flow=sheet&group=0000", "action=discard&asked=true")).isEqualTo(303);
        awaitOpen("sheet", 1);
        assertThat(form("/dead-letters/all?flow=sheet&group=" + groups.get(0).path("group").asText(),
                "action=discard&asked=true")).isEqualTo(303);
        awaitOpen("sheet", 0);
    }

    @Test
    void allThatMatchAreThoseOfBeforeTheQuestion() throws Exception {
        DemoConsole.misbehave("{\"times\": 1, \"endpoint\": \"people-ai-push-call-activity\", \"status\": 404}");
        Files.writeString(DemoConsole.flow("asked"), Files.readString(DemoConsole.flow("mended"))
                .replace("mended", "asked"));
        Awaitility.await("the flow").until(() -> get("/api/flows/asked").contains("active"));
        deliver("asked", call("asked"));
        awaitOpen("asked", 1);

        String tomorrow = LocalDate.now(ZoneOffset.UTC).plusDays(1).toString();
        String query = "?flow=asked&until=" + tomorrow;
        assertThat(get("/dead-letters/ask" + query + "&action=discard")).contains("Discard 1 record?")
                .containsPattern("action=\"/dead-letters/all\\?flow=asked&amp;until=\\d{4}-\\d\\d-\\d\\dT");
        assertThat(get("/dead-letters/ask" + query + "&action=lose")).contains("The action must be replay or discard");
        assertThat(form("/dead-letters/all" + query, "action=discard")).isEqualTo(400);
        assertThat(form("/dead-letters/all" + query, "asked=true")).isEqualTo(400);
        assertThat(form("/dead-letters/chosen", "letter=asked/2026-01-31/1&action=lose&asked=true")).isEqualTo(400);
        assertThat(form("/dead-letters/asked/" + open("asked").get(0).path("id").asText(), "action=lose"))
                .isEqualTo(400);
        assertThat(open("asked")).hasSize(1);

        assertThat(form("/dead-letters/all?flow=unknown", "action=discard&asked=true")).isEqualTo(303);
        assertThat(get("/dead-letters")).contains("Nothing was done for unknown: it has no dead letters.");
        assertThat(get("/api/dead-letters?until=%2B999999999-12-31")).contains("Enter a day such as 2026-01-31");
        assertThat(get("/api/dead-letters?flow=asked&since=%2B1000000000-12-31T00:00:00Z")).contains("\"letters\":[]");
        assertThat(form("/dead-letters/all" + query, "action=discard&asked=true")).isEqualTo(303);
        awaitOpen("asked", 0);
    }

    @Test
    void programsDoTheSame() throws Exception {
        DemoConsole.misbehave("{\"times\": 2, \"endpoint\": \"people-ai-push-call-activity\", \"status\": 404}");
        Files.writeString(DemoConsole.flow("programs"), Files.readString(DemoConsole.flow("mended"))
                .replace("mended", "programs"));
        Awaitility.await("the flow").until(() -> get("/api/flows/programs").contains("active"));
        deliver("programs", call("one"));
        deliver("programs", call("two"));
        awaitOpen("programs", 2);
        String first = open("programs").get(1).path("id").asText();
        String second = open("programs").get(0).path("id").asText();

        assertThat(send("PUT", "http://127.0.0.1:" + program.port() + "/api/dead-letters/programs/" + first + "/record",
                "[]").statusCode()).isEqualTo(422);
        assertThat(post("/api/dead-letters/programs/replay", "{\"ids\": [\"" + first + "\", \"2026-01-31/9\"]}").body())
                .isEqualTo("{\"done\":1,\"refused\":[{\"id\":\"2026-01-31/9\",\"why\":\"not found in the dead letters of "
                        + "flow programs\"}]}");
        assertThat(post("/api/dead-letters/programs/discard", "{\"ids\": [\"" + second + "\"]}").body())
                .isEqualTo("{\"done\":1,\"refused\":[]}");
        JsonNode one = JSON.readTree(get("/api/dead-letters/programs/" + second));
        assertThat(one.path("record").path("subject").asText()).isEqualTo("two");
        assertThat(one.at("/history/0/what").asText()).isEqualTo("discarded");
        awaitDelivered("programs", 1);

        assertThat(post("/api/dead-letters/programs/replay", "{\"ids\": []}").statusCode()).isEqualTo(400);
        assertThat(post("/api/dead-letters/unknown/replay", "{\"ids\": [\"" + first + "\"]}").statusCode())
                .isEqualTo(404);
        assertThat(get("/api/dead-letters?kind=lost")).contains("\"status\":400");
        assertThat(get("/api/dead-letters/..%2F..%2Fx/2026-01-31/1")).contains("\"status\":404");
    }
}
