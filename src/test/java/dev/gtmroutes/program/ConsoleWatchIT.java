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

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;

/** What a person sees in a browser while records are delivered and activities exported. */
@Tag("browser")
class ConsoleWatchIT {

    private static final String RECORD = """
            {"external_id": "call-1", "subject": "Renewal", "direction": "inbound", "timestamp": 1793607420,
            "duration": 60,
            "participants": [{"name": "A", "email": "a@example.com"}, {"name": "B", "email": "b@example.com"}]}""";

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
        browser.open("/live?flow=watched").awaitText("This flow has none of the last 500 requests.");
        browser.driver().executeScript("window.isTheSamePage = true");
        deliver();
        awaitRequests("200");
        assertThat(browser.driver().executeScript("return window.isTheSamePage")).isEqualTo(true);
        browser.check("live").press("Pause").awaitText("Paused");

        misbehave("people-ai-push-call-activity", 422);
        deliver();
        await("the rejection").atMost(PATIENCE)
                .until(() -> get("/api/requests?flow=watched").contains("\"status\":422"));
        assertThat(text("#requests")).contains("200").doesNotContain("422");
        browser.press("Continue");
        awaitRequests("422");

        browser.open("/flows");
        assertThat(text("#flow-watched")).contains("Last error", "responded with 422");
        assertThat(text("#flow-watched th a")).isEqualTo("watched");
        assertThat(text("#flow-watched\\.people-ai-push-call-activity-responses"))
                .contains("Responses of watched to its webhook");
        assertThat(
                browser.driver().findElements(By.cssSelector("#flow-watched\\.people-ai-push-call-activity-responses th a")))
                .isEmpty();
        browser.press("Pause watched.people-ai-push-call-activity-responses").awaitText("paused by a person");
        browser.press("Activate watched.people-ai-push-call-activity-responses")
                .press("Pause watched.people-ai-push-call-activity-responses");
    }

    @Test
    void exportsAreFollowedUntilAllIsDelivered() throws Exception {
        send("PUT", sandbox + "/sandbox/exports?queuedMs=0&runningMs=0&fragments=20&bytesPerSecond=3500", "");
        export("march", 3);
        await("its job").atMost(PATIENCE).until(() -> get("/api/exports").contains("\"state\":\"downloading\""));
        misbehave("people-ai-start-export", 400);
        export("may", 5);
        browser.open("/exports").awaitText("cannot start a job").awaitText("start a job, not before");
        misbehave("people-ai-exports", 503);
        export("april", 4);
        browser.awaitText("responded with 503").awaitText("The next attempt is at");
        assertThat(text("#export-march")).contains("downloading", "fetch fragments of job")
                .contains("0 of 1 windows are delivered").containsPattern("[1-9]\\d? of 20");
        assertThat(browser.attribute("#export-march progress", "max")).isEqualTo("20");
        browser.check("exports");

        send("PUT", sandbox + "/sandbox/exports?bytesPerSecond=0", "");
        browser.awaitText("1 of 1 windows are delivered").awaitText("20 of 20");
        browser.awaitText("All days up to 2025-03-10 are delivered.");
    }

    /** Each exports days of its own: a job that there is for the same ones would be taken for its own. */
    private static void export(String flow, int month) throws IOException {
        Files.writeString(DemoConsole.flow(flow), """
                - route:
                    id: %1$s
                    from:
                      uri: kamelet:people-ai-export-activities-source
                      parameters: {startDate: "2025-0%2$d-01", endDate: "2025-0%2$d-10", period: 500,
                                   parallelFragments: 1}
                      steps:
                        - to:
                            uri: kamelet:record-file-sink
                            parameters: {directory: data/%1$s}
                """.formatted(flow, month));
    }

    /** Once. */
    private static void misbehave(String endpoint, int status) throws Exception {
        DemoConsole.misbehave(
                "{\"times\": 1, \"endpoint\": \"%s\", \"status\": %d}".formatted(endpoint, status));
    }

    private static void deliver() throws Exception {
        send("POST", console + "/intake/watched", RECORD);
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
