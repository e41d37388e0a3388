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

    @Test
    void aRejectedRecordIsFoundMendedAndDelivered() throws Exception {
        browser.open("/dead-letters?flow=nothing").awaitText("No open dead letters.");
        DemoConsole.misbehave("{\"times\": 3, \"endpoint\": \"people-ai-push-call-activity\", \"status\": 422, "
                + "\"body\": " + JSON.writeValueAsString("no such thing " + EVIL) + "}");
        deliver("mended", call("Renewal " + EVIL));
        deliver("mended", call("Second"));
        deliver("mended", call("Third"));
        awaitOpen("mended", 3);

        browser.open("/dead-letters").awaitText("Third").check("letters");
        browser.find("input[name=search]").sendKeys("renewal <SCRIPT");
        browser.press("Search").awaitText("Renewal " + EVIL);
        assertThat(browser.text()).doesNotContain("Third");
        browser.driver().findElement(By.cssSelector("tbody th a")).click();
        browser.awaitText("responded with 422").awaitText(EVIL);
        assertThat(browser.driver().getTitle()).startsWith("mended ").doesNotContain("got in");

        browser.press("Show the request that a replay would send").awaitText("PUT http://127.0.0.1");
        assertThat(browser.text()).contains("***").doesNotContain("sandbox-key");
        browser.check("letter");

        WebElement record = browser.find("#record");
        record.clear();
        record.sendKeys("{\"subject\": nothing}");
        browser.press("Replay").awaitText("must be exactly one JSON object").check("letter-error");
        assertThat(browser.attribute("#record", "aria-invalid")).isEqualTo("true");
        record = browser.find("#record");
        record.clear();
        record.sendKeys(call("Mended"));
        browser.press("Save only").awaitText("Edited record");
        browser.press("Replay").awaitText("already replayed").awaitText("Queued for replay in mended")
                .awaitText("1 record queued for replay (flow mended).")
                .awaitText("The flow has finished the record, and it is not a dead letter.");
        awaitDelivered("mended", 1);
        assertThat(send("GET", "http://127.0.0.1:" + DemoConsole.sandbox() + "/sandbox/requests", "").body())
                .contains("Mended");
        assertThat(open("mended")).hasSize(2);

        browser.open("/dead-letters?flow=mended").awaitText("Second");
        assertThat(get("/flows")).contains("kind=rejected\">2<span class=\"for-readers\"> dead letters of mended");
        browser.driver().findElements(By.cssSelector("tbody input[type=checkbox]")).forEach(WebElement::click);
        browser.find("tbody input[type=checkbox]").sendKeys(Keys.ENTER);
        browser.awaitText("Replay 2 dead letters?").press("Back").awaitText("Second");
        assertThat(open("mended")).hasSize(2);
        browser.open("/dead-letters?flow=mended").awaitText("Second");
        browser.driver().findElements(By.cssSelector("tbody input[type=checkbox]")).forEach(WebElement::click);
        browser.press("Discard selected").awaitText("Discard 2 dead letters?");
        browser.press("Discard 2 dead letters").awaitText("2 records discarded (flow mended).");
        assertThat(browser.driver().getCurrentUrl()).endsWith("/dead-letters?flow=mended");
        assertThat(open("mended")).isEmpty();
        assertThat(get("/flows")).doesNotContain("id=\"rejected-mended\"");
    }

    @Test
    void aHeldRecordIsNotReplayedUnlessSomebodySaysSo() throws Exception {
        DemoConsole.misbehave("{\"times\": 1, \"endpoint\": \"customerly-send-message\", \"close\": \"after\"}");
        deliver("messages", "{\"user_id\": \"u-1\", \"content\": \"Hello\", \"type\": \"chat\"}");
        awaitOpen("messages", 1);

        browser.open("/dead-letters?flow=messages&kind=held").awaitText("; the API may have processed the record");
        browser.press("Replay all matches").awaitText("Replay 1 dead letter?").awaitText("may arrive twice")
                .check("letters-held");
        browser.press("Replay 1 dead letter").awaitText("Held records skipped: 1.");
        assertThat(open("messages")).hasSize(1);

        browser.find("tbody th a").click();
        browser.press("Replay").awaitText("may arrive twice");
        browser.find("input[name=held]").click();
        browser.press("Replay 1 dead letter").awaitText("already replayed");
        awaitDelivered("messages", 1);
    }

    @Test
    void theOutcomeOfAReplayIsSaidAndADeletedFlowTakesNone() throws Exception {
        DemoConsole.misbehave("{\"times\": 2, \"endpoint\": \"people-ai-push-call-activity\", \"status\": 404}");
        Files.writeString(DemoConsole.flow("gone"), Files.readString(DemoConsole.flow("mended"))
                .replace("mended", "gone"));
        Awaitility.await("the flow").until(() -> get("/api/flows/gone").contains("active"));
        deliver("gone", call("gone"));
        awaitOpen("gone", 1);

        browser.open("/dead-letters?flow=gone&kind=rejected").find("tbody th a").click();
        browser.press("Replay").awaitText("it is a dead letter again");
        browser.find("main > p a").click();
        browser.find("select[name=flow] option[selected]");
        assertThat(browser.driver().getCurrentUrl()).endsWith("?flow=gone&kind=rejected");
        String id = open("gone").get(0).path("id").asText();

        Files.delete(DemoConsole.flow("gone"));
        Awaitility.await("its end").until(() -> !get("/api/flows").contains("\"gone\""));
        browser.find("tbody th a").click();
        browser.awaitText("The flow gone does not exist any more").check("letter-gone").press("Replay")
                .awaitText("Nothing was done for gone: the flow gone does not exist any more");
        assertThat(post("/api/dead-letters/gone/replay", "{\"ids\": [\"" + id + "\"]}").statusCode()).isEqualTo(422);
        assertThat(open("gone")).hasSize(1);
        browser.press("Discard").press("Discard 1 dead letter").awaitText("1 record discarded (flow gone).");
        assertThat(browser.driver().getCurrentUrl()).endsWith("?flow=gone&kind=rejected");
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

        browser.open("/dead-letters/unloaded/" + open("unloaded").get(0).path("id").asText())
                .awaitText("The flow unloaded is not loaded.").press("Replay")
                .awaitText("The flow unloaded is not loaded: its records wait")
                .awaitText("The record waits in the inbox of unloaded, which is not loaded.").check("letter-unloaded");
        Files.writeString(DemoConsole.flow("many"), flow);
        browser.awaitText("The flow has finished the record, and it is not a dead letter.");
        awaitDelivered("unloaded", 1);
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
        assertThat(get("/dead-letters/all" + query + "&action=discard")).contains("Discard 1 dead letter?")
                .containsPattern("action=\"/dead-letters/all\\?flow=asked&amp;until=\\d{4}-\\d\\d-\\d\\dT");
        assertThat(get("/dead-letters/all" + query + "&action=lose")).contains("The action must be replay or discard");
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
