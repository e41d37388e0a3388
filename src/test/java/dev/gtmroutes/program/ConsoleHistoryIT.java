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

import dev.gtmroutes.DataDirectory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.support.ui.Select;

/** What a person sees of what a flow did in the last days. */
@Tag("browser")
class ConsoleHistoryIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String RECORD = """
            {"external_id": "call-%d", "subject": "Renewal", "direction": "inbound", "timestamp": 1793607420,\
            "duration": 60, "participants": [{"name": "A", "email": "a@example.com"}, {"name": "B",\
             "email": "b@example.com"}]}
            """;

    private static final Program program = DemoConsole.program();
    private static final Browser browser = DemoConsole.browser();
    private static final String console = "http://127.0.0.1:" + program.port();

    private static String get(String path) throws Exception {
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create(console + path)).build(),
                BodyHandlers.ofString()).body();
    }

    private static void flow(String id) throws Exception {
        Files.writeString(DemoConsole.flow(id), """
                - route:
                    id: %1$s
                    description: Calls <b>with a past</b>
                    from:
                      uri: kamelet:inbox-source
                      parameters: {flow: %1$s}
                      steps:
                        - to: kamelet:people-ai-push-batch-call-activities-sink
                """.formatted(id));
        await("the flow").atMost(PATIENCE).until(() -> get("/api/flows").contains("\"" + id + "\""));
    }

    private static void drop(String flow, String file, int records, String more) {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < records; i++) {
            lines.append(RECORD.formatted(i));
        }
        // The data directory of the demo.
        Path data = program.resolve("data/demo");
        new DataDirectory(data).drop(flow, file, lines + more);
    }

    private static void awaitRun(String flow, String text) {
        await("the run of " + text).atMost(PATIENCE).ignoreExceptions()
                .until(() -> get("/api/flows/" + flow + "/history").contains(text));
    }

    /** Parts of a page that follow what happens may be exchanged just now. */
    private static String text(String css) {
        return await().atMost(PATIENCE).ignoreExceptions().until(() -> browser.text(css), each -> !each.isEmpty());
    }

    @Test
    void runsAreListedFoundAndExported() throws Exception {
        flow("past");
        browser.open("/flows/past/history").awaitText("Calls <b>with a past</b>").awaitText("No runs yet");
        drop("past", "monday.ndjson", 1234, "");
        drop("past", "=tuesday.ndjson", 3, "no record\n");
        awaitRun("past", "\"input\":\"monday.ndjson\",\"inputs\":1,\"state\":\"done\"");
        awaitRun("past", "\"input\":\"=tuesday.ndjson\",\"inputs\":1,\"state\":\"done\"");
        // Counters are looked at every 10 seconds.
        await("the counts").atMost(PATIENCE)
                .until(() -> get("/flows/past/history").contains(">1237</data> records delivered"));
        // The page follows by itself, and says numbers as the reader's language does.
        browser.awaitText("monday.ndjson").awaitText("=tuesday.ndjson").awaitText("1,237 records delivered");
        List<WebElement> rows = browser.driver().findElements(By.cssSelector("#runs tbody tr"));
        assertThat(rows).hasSize(2);
        assertThat(text("#runs tbody")).containsPattern("monday.ndjson\\s+Done\\s+1,234\\s+1,234\\s+0\\s+0\\s+0\\s+\\d")
                .containsPattern("=tuesday.ndjson\\s+Done\\s+4\\s+3\\s+0\\s+1\\s+0\\s+\\d");
        assertThat(browser.find("#runs .dead-link").getAttribute("href")).endsWith("/dead-letters?flow=past");
        browser.open("/flows/past/history").awaitText("Highest: 1,238 records in a day");
        browser.find("#day-bars rect.well");
        browser.find("#day-bars rect.bad");
        browser.find("#day-numbers summary").click();
        browser.awaitText("Failed requests").check("flow-history");

        WebElement search = browser.find("#run-search");
        search.sendKeys("MON");
        browser.awaitNoText("=tuesday.ndjson");
        assertThat(text("#runs tbody")).contains("monday.ndjson");
        assertThat(browser.driver().switchTo().activeElement()).isEqualTo(search);
        await().atMost(PATIENCE).until(() -> browser.driver().getCurrentUrl().contains("search=MON"));
        assertThat(browser.find("#day-numbers").getAttribute("open")).isNotNull();
        search.sendKeys(Keys.BACK_SPACE, Keys.BACK_SPACE, Keys.BACK_SPACE);
        browser.awaitText("=tuesday.ndjson");
        new Select(browser.find("#run-state")).selectByVisibleText("With rejected or held records");
        browser.awaitNoText("monday.ndjson");
        String csv = get(URI.create(browser.attribute("#run-export", "href")).getRawPath() + "?"
                + URI.create(browser.attribute("#run-export", "href")).getRawQuery());
        assertThat(csv.lines()).hasSize(2).last().asString().contains(",\"'=tuesday.ndjson\",1,", ",Done,4,3,0,1,0,");
        new Select(browser.find("#run-state")).selectByVisibleText("Waiting");
        browser.awaitText("No runs match the filter.");
    }

    @Test
    void aRequestOverHttpIsARun() throws Exception {
        flow("posted");
        HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create(console + "/intake/posted"))
                .header("Content-Type", "application/json").POST(BodyPublishers.ofString(RECORD.formatted(1))).build(),
                BodyHandlers.discarding());
        awaitRun("posted", "\"read\":1");
        browser.open("/flows/posted/history").awaitText("HTTP requests");
    }
}
