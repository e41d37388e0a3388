// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.support.ui.Select;

/** In a browser: what a tab keeps beside the form of a flow belongs to this flow, and stays when the flow is saved. */
@Tag("browser")
class ConsoleKeptIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String NEW = "/flows/new?template=people-ai-push-call-activity-sink";

    private static final Browser browser = DemoConsole.browser();

    @AfterEach
    void leave() {
        browser.open("/console.css");
        browser.driver().executeScript("sessionStorage.clear()");
    }

    @Test
    void ownRecordsAndTestsStayWithTheFlow() {
        // Another one each time: a test that is repeated would find the flow of the time before.
        String flow = "kept-" + Long.toString(System.nanoTime(), Character.MAX_RADIX);
        browser.open(NEW).awaitText("for the records");
        enterRecords("{\"external_id\": \"own-1\", \"duration\": 60}");
        browser.press("Send test of request 1").awaitText("Status 200").awaitText("Tests of this session");
        fill("id", flow);
        browser.press("Save and activate").awaitText("Saved.").awaitText("1 request for the records that you entered");
        await().atMost(PATIENCE).until(() -> request().contains("own-1"));
        assertThat(browser.text("#test-count")).isEqualTo("1");

        browser.open("/flows").open("/flows/" + flow + "/edit").awaitText("1 request for the records that you entered");
        assertThat(browser.find("#pasted").getDomProperty("value")).contains("own-1");
        assertThat(browser.text("#test-count")).isEqualTo("1");

        browser.open(NEW).awaitText("for the records from the sample of the template");
        assertThat(browser.text()).doesNotContain("Tests of this session");
        assertThat(request()).doesNotContain("own-1");
    }

    @Test
    void whatBelongsToAnUnsavedFlowComesBackWithItsDraft() {
        browser.open(NEW).awaitText("for the records");
        enterRecords("{\"external_id\": \"own-2\", \"duration\": 60}");
        browser.press("Send test of request 1").awaitText("Tests of this session");
        browser.driver().navigate().refresh();
        browser.awaitText("1 request for the records that you entered").awaitText("Tests of this session");

        fill("description", "Not saved");
        await().atMost(PATIENCE).until(() -> stored().contains("Not saved"));
        browser.open(NEW).awaitText("This browser kept unsaved edits");
        assertThat(browser.text()).doesNotContain("Tests of this session");
        browser.press("Restore").awaitText("1 request for the records that you entered").awaitText("Tests of this session");
    }

    @Test
    void recordsThatMayHoldASecretAreNotKept() {
        browser.open(NEW).awaitText("for the records");
        enterRecords("{\"external_id\": \"own-3\", \"access_token\": \"s3cr3t\"}");
        browser.awaitText("This tab does not keep these records, because they may contain a secret.");
        assertThat(stored()).doesNotContain("s3cr3t");
    }

    private static void enterRecords(String records) {
        new Select(browser.find("#sample")).selectByValue("pasted");
        browser.find("#pasted");
        fill("pasted", records);
        await().atMost(PATIENCE).until(() -> request().contains("own-"));
    }

    private static String stored() {
        return (String) browser.driver().executeScript("return JSON.stringify({...sessionStorage})");
    }

    private static String request() {
        return (String) browser.driver().executeScript(
                "const first = document.querySelector('details.request'); return first ? first.innerText : '';");
    }

    private static void fill(String id, String value) {
        WebElement field = browser.find("#" + id);
        browser.driver().executeScript("arguments[0].value = arguments[1];"
                + "arguments[0].dispatchEvent(new Event('input', {bubbles: true}))", field, value);
    }
}
