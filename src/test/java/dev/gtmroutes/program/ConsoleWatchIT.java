// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.support.ui.Select;

/** What a person sees in a browser while records are delivered and activities exported. */
@Tag("browser")
class ConsoleWatchIT {

    private static final String RECORD = """
            {"external_id": "call-1", "subject": "Renewal", "direction": "inbound", "timestamp": 1793607420,
            "duration": 60,
            "participants": [{"name": "A", "email": "a@example.com"}, {"name": "B", "email": "b@example.com"}]}""";

    /** Of a header that no page may show. */
    private static final String PARTNER_TOKEN = DemoConsole.HIDDEN;

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final HttpClient CLIENT = HttpClient.newBuilder().version(Version.HTTP_1_1).build();

    private static final Program program = DemoConsole.program();
    private static final Browser browser = DemoConsole.browser();
    private static final String sandbox = "http://127.0.0.1:" + DemoConsole.sandbox();
    private static final String console = "http://127.0.0.1:" + program.port();

    @Test
    void requestsAreFollowedAndDrawn() throws Exception {
        Files.writeString(DemoConsole.flow("watched"), """
                - route:
                    id: watched
                    description: Calls <b>that one watches</b>
                    from:
                      uri: kamelet:inbox-source
                      parameters: {flow: watched}
                      steps:
                        - to:
                            uri: kamelet:people-ai-push-call-activity-sink
                            parameters:
                              responseWebhook: %s/people-ai/no-such-webhook
                """.formatted(sandbox));
        await("the flow").atMost(PATIENCE).until(() -> get("/api/flows").contains("\"watched\""));
        browser.open("/requests?flow=watched").awaitText("No request that the program remembers matches.");
        browser.driver().executeScript("window.isTheSamePage = true");
        deliver();
        awaitRequests("200");
        assertThat(browser.driver().executeScript("return window.isTheSamePage")).isEqualTo(true);
        browser.check("requests").press("Pause").awaitText("Paused");

        misbehave("people-ai-push-call-activity", 422);
        deliver();
        await("the rejection").atMost(PATIENCE)
                .until(() -> get("/api/requests?flow=watched").contains("\"status\":422"));
        browser.awaitText("Show 1 new");
        assertThat(text("#requests")).contains("200").doesNotContain("422");
        browser.press("Follow");
        awaitRequests("422");
        browser.open("/live?flow=watched");
        assertThat(browser.driver().getCurrentUrl()).endsWith("/requests?flow=watched");

        browser.open("/flows").awaitText("Response webhooks");
        // One rejected record is a dead letter, and no failing flow.
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(text("#flow-watched")).contains("Healthy")
                .containsPattern("1\\s+open dead letters of watched"));
        assertThat(text("#flow-watched .c-name a")).isEqualTo("watched");
        String webhook = "watched.people-ai-push-call-activity-responses";
        assertThat(text("[id='flow-" + webhook + "']")).contains("watched", webhook);
        assertThat(browser.driver().findElements(By.cssSelector("[id='flow-" + webhook + "'] .c-name a"))).isEmpty();
        browser.press("Actions for " + webhook).press("Pause " + webhook).awaitText("Flow " + webhook + " paused.");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(text("[id='flow-" + webhook + "']")).contains("Paused"));
        browser.press("Actions for " + webhook).press("Activate " + webhook)
                .awaitText("Flow " + webhook + " activated.");
    }

    @Test
    void aRequestIsOpened() throws Exception {
        for (String each : List.of("opened", "opened-once")) {
            Files.writeString(DemoConsole.flow(each), """
                    - route:
                        id: %s
                        from:
                          uri: kamelet:inbox-source
                          parameters: {flow: %s}
                          steps:
                            - to:
                                uri: kamelet:people-ai-push-call-activity-sink
                                parameters:
                                  recordKey: external_id
                                  requestHeaders: "X-Partner-Token:{{flow.more}}"
                                  onceOnly: %s
                    """.formatted(each, each, each.endsWith("once")));
        }
        await("the flows").atMost(PATIENCE)
                .until(() -> get("/api/flows").contains("\"opened\"") && get("/api/flows").contains("\"opened-once\""));
        DemoConsole.misbehave("""
                {"times": 2, "endpoint": "people-ai-push-call-activity", "status": 503, "body": "busy with %s"}"""
                .formatted(PARTNER_TOKEN));
        deliver("opened", record("call-retried"));
        await("the third attempt").atMost(PATIENCE).until(() -> requests("opened").size() == 3);
        DemoConsole.misbehave("""
                {"times": 1, "endpoint": "people-ai-push-call-activity", "status": 422, "body": "no such owner"}""");
        deliver("opened", record("call-rejected"));
        await("the rejection").atMost(PATIENCE).until(() -> requests("opened").size() == 4);
        DemoConsole.misbehave("""
                {"times": 1, "endpoint": "people-ai-push-call-activity", "close": "after"}""");
        deliver("opened-once", record("call-held"));
        await("the record that is held").atMost(PATIENCE).until(() -> requests("opened-once").size() == 1);

        browser.open("/flows/opened/requests").awaitText("call");
        List<JsonNode> requests = requests("opened");
        String retried = requests.get(0).path("number").asText();
        String delivered = requests.get(2).path("number").asText();
        String rejected = requests.get(3).path("number").asText();
        assertThat(text("#request-" + retried)).contains("503", "Sent again", "/activities/call");
        assertThat(text("#request-" + delivered)).contains("200", "1 delivered");
        assertThat(text("#request-" + rejected)).contains("422", "1 rejected");

        toggle(delivered);
        String opened = text("#opened-" + delivered);
        assertThat(opened).contains("call-retried", "Delivered", "200 OK", "X-Partner-Token ***",
                "Attempt 1: 503 Service Unavailable", "Attempt 2: 503 Service Unavailable", "Attempt 3: 200 OK",
                "next attempt after at most");
        browser.check("request-opened");
        toggle(rejected);
        assertThat(text("#opened-" + rejected)).contains("no such owner", "422 Unprocessable", "Rejected call-rejected");
        toggle(retried);
        assertThat(text("#opened-" + retried)).contains("busy with ***");
        assertThat(browser.driver().getPageSource()).doesNotContain(PARTNER_TOKEN, "sandbox-key");
        followsWithoutMovingWhatIsRead(rejected, delivered);
        browser.find("#opened-" + rejected + " a[href*='request=']").click();
        browser.awaitText("Dead letters").awaitText("responded with 422");

        browser.open("/requests?outcome=held").awaitText("1 held");
        String held = requests("opened-once").get(0).path("number").asText();
        assertThat(browser.driver().findElements(By.cssSelector("[id^=request-]"))).isNotEmpty()
                .allMatch(each -> each.getText().contains("held"));
        toggle(held);
        assertThat(text("#opened-" + held)).contains("No response", "Held call-held", "1 dead letter");
        searchFinds(held);
    }

    /** New requests come while some are open: these stay where they are, open, and with the focus. */
    private void followsWithoutMovingWhatIsRead(String rejected, String delivered) throws Exception {
        browser.driver().executeScript("document.getElementById('toggle-" + rejected + "').focus();"
                + "document.getElementById('opened-" + delivered + "').scrollIntoView();");
        long before = top("opened-" + delivered);
        int known = requests("opened").size();
        deliver("opened", record("call-more"));
        await("one more").atMost(PATIENCE).until(() -> requests("opened").size() == known + 1);
        browser.awaitText("Show 1 new");
        assertThat(top("opened-" + delivered)).isEqualTo(before);
        assertThat(text("#opened-" + rejected)).contains("no such owner");
        assertThat(browser.driver().switchTo().activeElement().getDomAttribute("id")).isEqualTo("toggle-" + rejected);
        browser.press("Show 1 new").awaitText("Waits while a request is open");
        assertThat(text("#requests")).contains("no such owner");
        String newest = requests("opened").get(known).path("number").asText();
        browser.find("#request-" + newest);
    }

    private static long top(String id) {
        return ((Number) browser.driver()
                .executeScript("return Math.round(document.getElementById(arguments[0]).getBoundingClientRect().top)", id))
                .longValue();
    }

    /** By the key of a record, by a status; and nothing by a part of a secret. */
    private static void searchFinds(String held) {
        browser.open("/requests");
        type("call-held");
        browser.find("#request-" + held);
        await("the others are gone").atMost(PATIENCE)
                .until(() -> browser.driver().findElements(By.cssSelector("[id^=request-]")).size() == 1);
        assertThat(browser.driver().getCurrentUrl()).contains("search=call-held");
        type(PARTNER_TOKEN.substring(0, 8));
        browser.awaitText("No request that the program remembers matches.");
        new Select(browser.find("#flow")).selectByValue("opened-once");
        type("");
        browser.find("#request-" + held);
    }

    private static void type(String text) {
        WebElement field = browser.find("#search");
        field.clear();
        field.sendKeys(text.isEmpty() ? " " : text);
    }

    private static void toggle(String number) {
        browser.find("#toggle-" + number).click();
        browser.find("#opened-" + number);
    }

    private static List<JsonNode> requests(String flow) throws IOException, InterruptedException {
        List<JsonNode> all = new ArrayList<>();
        new ObjectMapper().readTree(get("/api/requests?flow=" + flow)).forEach(all::add);
        return all;
    }

    private static String record(String key) {
        return RECORD.replace("call-1", key);
    }

    @Test
    void aJobThatIsStuckIsTold() throws Exception {
        send("PUT", sandbox + "/sandbox/exports?queuedMs=0&runningMs=600000&fragments=3&bytesPerSecond=0", "");
        try {
            export("stuck", 7, ", jobPatience: 1s");
            browser.open("/exports").awaitText("no progress since").awaitText("No progress");
            assertThat(text("#export-stuck")).contains("Export late", "still reports job", "“Running”",
                    "ask People.ai to cancel it", "0 of 1");
            assertThat(browser.driver().findElements(By.cssSelector("#export-stuck .win-strip li.late"))).hasSize(1);
            browser.find("#exports .chart-low canvas");
            browser.check("exports-late");
        } finally {
            send("PUT", sandbox + "/sandbox/exports?runningMs=0", "");
        }
    }

    @Test
    void exportsAreFollowedUntilAllIsDelivered() throws Exception {
        send("PUT", sandbox + "/sandbox/exports?queuedMs=0&runningMs=0&fragments=20&bytesPerSecond=3500", "");
        export("march", 3);
        await("its job").atMost(PATIENCE).until(() -> get("/api/exports").contains("\"state\":\"downloading\""));
        misbehave("people-ai-start-export", 400);
        export("may", 5);
        browser.open("/exports").awaitText("cannot start a job").awaitText("Start a job, not before");
        misbehave("people-ai-exports", 503);
        export("april", 4);
        browser.awaitText("responded with 503").awaitText("The next attempt is at");
        assertThat(text("#export-march")).contains("Downloading", "1 to 10 Mar 2025", "snapshot of all activities")
                .containsPattern("Windows delivered\\s+0 of 1").containsPattern("[1-9]\\d? of 20 fragments")
                .containsPattern("Done in about|Fetch fragments of job");
        assertThat(browser.attribute("#export-march progress", "max")).isEqualTo("20");
        browser.check("exports");

        send("PUT", sandbox + "/sandbox/exports?bytesPerSecond=0", "");
        await("all of it").atMost(PATIENCE).until(() -> text("#export-march").contains("20 of 20 fragments")
                && text("#export-march").contains("all days up to 2025-03-10 are delivered"));
        assertThat(text("#export-march")).contains("Complete").containsPattern("Windows delivered\\s+1 of 1");
    }

    /** Each exports days of its own: a job that there is for the same ones would be taken for its own. */
    private static void export(String flow, int month) throws IOException {
        export(flow, month, "");
    }

    private static void export(String flow, int month, String more) throws IOException {
        Files.writeString(DemoConsole.flow(flow), """
                - route:
                    id: %1$s
                    from:
                      uri: kamelet:people-ai-export-activities-source
                      parameters: {startDate: "2025-0%2$d-01", endDate: "2025-0%2$d-10", period: 500,
                                   parallelFragments: 1%3$s}
                      steps:
                        - to:
                            uri: kamelet:record-file-sink
                            parameters: {directory: data/%1$s}
                """.formatted(flow, month, more));
    }

    /** Once. */
    private static void misbehave(String endpoint, int status) throws Exception {
        DemoConsole.misbehave(
                "{\"times\": 1, \"endpoint\": \"%s\", \"status\": %d}".formatted(endpoint, status));
    }

    private static void deliver() throws Exception {
        deliver("watched", RECORD);
    }

    private static void deliver(String flow, String record) throws Exception {
        send("POST", console + "/intake/" + flow, record);
    }

    /** Parts of a page that follow what happens may be exchanged just now. */
    private static String text(String css) {
        return await().atMost(PATIENCE).ignoreExceptions()
                .until(() -> browser.text(css), each -> !each.isEmpty());
    }

    private static void awaitRequests(String status) {
        await("a request in the list").atMost(PATIENCE).until(() -> text("#requests").contains(status));
    }

    private static String get(String path) throws IOException, InterruptedException {
        return send("GET", console + path, "");
    }

    private static String send(String method, String url, String body) throws IOException, InterruptedException {
        return CLIENT.send(HttpRequest.newBuilder(URI.create(url)).header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body)).build(), BodyHandlers.ofString()).body();
    }
}
