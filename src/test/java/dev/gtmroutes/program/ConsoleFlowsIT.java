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
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.support.ui.Select;

/** Flows in a browser, on this machine where nobody has to log in: their states, the list, and the page of each. */
@Tag("browser")
class ConsoleFlowsIT {

    private static final String CHAT = "people-ai-push-chat-activity-sink";
    private static final String EMAIL = "people-ai-push-email-activity-sink";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Program program = DemoConsole.program();
    private final Browser browser = DemoConsole.browser();

    private static void flow(String id, String template, boolean starts) throws Exception {
        Files.writeString(DemoConsole.flow(id), """
                - route:
                    id: %s
                    autoStartup: %s
                    from:
                      uri: kamelet:inbox-source
                      parameters:
                        flow: %1$s
                      steps:
                        - to:
                            uri: kamelet:%s
                """.formatted(id, starts, template));
    }

    private void deliver(String flow, String record) {
        await().atMost(PATIENCE).until(() -> HttpClient.newHttpClient().send(HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + program.port() + "/intake/" + flow))
                .header("Content-Type", "application/json").POST(BodyPublishers.ofString(record)).build(),
                BodyHandlers.discarding()).statusCode() == 202);
    }

    private static String chat(String id) {
        return """
                {"external_id":"%s","timestamp":1793607480,"channel":{"name":"Website"},"text":"Hello",
                "participants":[{"name":"A","email":"a@acme.example"},{"name":"B","email":"b@initech.example"}]}"""
                .formatted(id);
    }

    private void awaitState(String flow, String state) {
        await(flow).atMost(PATIENCE)
                .untilAsserted(() -> assertThat(browser.text("#flow-" + flow + " .c-state")).contains(state));
    }

    private List<String> shown() {
        return browser.driver().findElements(By.cssSelector("#flow-rows tr:not(.js-hidden)")).stream()
                .map(each -> each.getDomAttribute("id").substring("flow-".length())).toList();
    }

    @Test
    void theyAreListedPausedAndActivated() {
        browser.open("/flows");
        awaitState("calls", "Healthy");
        assertThat(browser.text("#flow-calls")).contains("Inbox → Push Batch Call Activities");
        browser.check("flows");
        browser.press("Actions for calls").press("Pause calls").awaitText("Flow calls paused.");
        awaitState("calls", "Paused");
        browser.press("Undo").awaitText("Flow calls activated.");
        awaitState("calls", "Healthy");
        assertThat(program.output()).anyMatch(each -> each.contains("calls: paused on request"));
    }

    @Test
    void eachStateIsSaidWithItsReasonAndItsRemedy() throws Exception {
        DemoConsole.misbehave("{\"times\": -1, \"endpoint\": \"people-ai-push-chat-activity\", \"status\": 503}");
        DemoConsole.misbehave("{\"times\": -1, \"endpoint\": \"people-ai-push-email-activity\", \"status\": 422}");
        try {
            flow("state-retrying", CHAT, true);
            flow("state-failing", EMAIL, true);
            flow("state-refused", "salesloft-create-account-sink", true);
            flow("state-setup", "customerly-create-lead-sink", true);
            flow("state-paused", CHAT, false);
            flow("state-new", "people-ai-push-meeting-activity-sink", true);
            browser.open("/flows");
            deliver("state-retrying", chat("state-1"));
            for (int i = 0; i < 3; i++) {
                deliver("state-failing", "{\"external_id\": \"state-2\"}");
            }
            deliver("state-refused", "{\"name\": \"Acme\", \"domain\": \"acme.example\"}");
            awaitState("state-retrying", "Retrying since");
            awaitState("state-retrying", "503");
            awaitState("state-failing", "Failing since");
            awaitState("state-refused", "Credential refused");
            awaitState("state-setup", "Needs setup");
            awaitState("state-paused", "Not activated");
            awaitState("state-new", "No records yet");
            assertThat(browser.text()).doesNotContain(DemoConsole.WRONG_TOKEN, "Exception");
            browser.check("flows-states");

            browser.open("/flows/state-refused").awaitText("Credential refused").press("Open the credentials")
                    .awaitText("Credentials");
            browser.open("/flows/state-retrying").awaitText("503").awaitText("Next attempt").awaitText("Retry now")
                    .awaitText("1 file").check("flow");
        } finally {
            forget();
        }
        browser.open("/flows/state-retrying").press("Retry now");
        browser.awaitNoText("Retry now").awaitText("Healthy").awaitText("The inbox is empty.");
        assertThat(browser.text(".tiles .tile:nth-child(2)")).startsWith("Waiting\n0");
    }

    /** The sandbox answers as it should again. */
    private static void forget() throws Exception {
        HttpClient.newHttpClient().send(HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + DemoConsole.sandbox() + "/sandbox/misbehave")).DELETE().build(),
                BodyHandlers.discarding());
    }

    @Test
    void theyAreSearchedFilteredSortedAndKeptOverPolls() throws Exception {
        flow("list-a", CHAT, false);
        flow("list-b", EMAIL, false);
        flow("list-c", CHAT, true);
        browser.open("/flows");
        awaitState("list-c", "No records yet");
        WebElement search = browser.find("#flow-search");
        search.sendKeys("list- chat");
        assertThat(shown()).containsExactlyInAnyOrder("list-a", "list-c");
        new Select(browser.find("#flow-state-filter")).selectByVisibleText("Paused");
        assertThat(shown()).containsExactly("list-a");
        assertThat(browser.driver().getCurrentUrl()).contains("q=list-+chat", "state=paused");
        browser.driver().navigate().refresh();
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(shown()).containsExactly("list-a"));
        browser.find("#flow-search").clear();
        browser.find("#flow-search").sendKeys("list-nothing");
        browser.awaitText("No flow matches.").press("Show all flows");
        browser.find("#flow-search").sendKeys("list-");
        browser.press("Flow");
        assertThat(shown()).containsExactly("list-a", "list-b", "list-c");
        browser.press("Flow");
        assertThat(shown()).containsExactly("list-c", "list-b", "list-a");

        // A poll that changes a line leaves the order, the focus, the text and an open menu.
        browser.press("Actions for list-c");
        deliver("list-c", chat("list-1"));
        awaitState("list-c", "Healthy");
        assertThat(shown()).containsExactly("list-c", "list-b", "list-a");
        assertThat(browser.find("#flow-list-c .dropdown-menu").isDisplayed()).isTrue();
        assertThat(browser.find("#flow-search").getDomProperty("value")).isEqualTo("list-");
    }

    @Test
    void manyAreChangedAtOnceWithOneQuestion() throws Exception {
        flow("many-a", CHAT, false);
        flow("many-b", CHAT, false);
        browser.open("/flows?q=many-");
        browser.find("#flow-many-a");
        browser.find("#flow-many-b");
        // By keyboard alone.
        WebElement all = browser.find("[data-check-all]");
        all.sendKeys(Keys.SPACE);
        browser.awaitText("2 flows selected");
        browser.find("[data-bulk] button").sendKeys(Keys.ENTER);
        browser.awaitText("2 flows activated.");
        awaitState("many-a", "No records yet");
        awaitState("many-b", "No records yet");
        assertThat(Files.readString(DemoConsole.flow("many-a"))).contains("autoStartup: true");

        browser.find("[data-check-all]").sendKeys(Keys.SPACE);
        browser.press("Delete").awaitText("Delete 2 flows?").awaitText("many-a, many-b").press("Cancel");
        assertThat(DemoConsole.flow("many-a")).exists();
        browser.press("Delete").press("Delete 2 flows").awaitText("2 flows deleted.");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(shown()).isEmpty());
        assertThat(DemoConsole.flow("many-a")).doesNotExist();
    }
}
