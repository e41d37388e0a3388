// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.support.ui.Select;

/** In a browser: the payload of a test is edited, sent as it is, and leads nowhere but to the vendor. */
@Tag("browser")
class ConsolePayloadIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String CALL = "/flows/new?template=people-ai-push-call-activity-sink";
    private static final HttpClient CLIENT = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private static final Program program = DemoConsole.program();
    private static final Browser browser = DemoConsole.browser();

    @Test
    void whatIsEditedArrivesAsItIs() throws Exception {
        edit();
        browser.check("payload-editor");
        assertThat(browser.find("#edit-headers-0").getDomProperty("value")).isEqualTo("Content-Type: application/json");
        new Select(browser.find("#edit-method-0")).selectByVisibleText("PATCH");
        fill("edit-url-0", "/activities/call?edited=yes");
        fill("edit-headers-0", "Content-Type: application/json\nX-Edited: by hand");
        fill("edit-body-0", "{\"external_id\" :  \"as-typed\"}\n");
        send().awaitText("Not sent: ").awaitText("type the word send");
        fill("edit-confirm-0", "send");
        send().awaitText("Status 4").awaitText("Rejected").awaitText("A flow would move the rejected records")
                .picture("payload-sent");

        assertThat(received("edited=yes")).contains("\"method\":\"PATCH\"",
                "\"path\":\"/people-ai/v0/public/activities/call?edited=yes\"", "\"X-Edited\":\"by hand\"",
                "\"body\":\"{\\\"external_id\\\" :  \\\"as-typed\\\"}\\n\"", "\"X-API-Key\":\"***\"");
        assertThat(browser.driver().getPageSource()).doesNotContain("sandbox-key");
        assertThat(program.output()).noneMatch(each -> each.contains("sandbox-key") || each.contains("by hand"));

        browser.press("Undo edits of request 1");
        assertThat(browser.driver().switchTo().activeElement().getDomAttribute("id")).isEqualTo("edits-0");
        assertThat(browser.text("#request-0")).contains("PUT");
    }

    @Test
    void aTestOfThisSessionIsLoadedIntoTheEditorAgain() {
        edit();
        fill("edit-headers-0", "Content-Type: application/json\nX-Access-Token: typed-secret\nX-Kept: yes");
        send().awaitText("Status 200").awaitText("Delivered");
        browser.press("Undo edits of request 1");
        openHistory();
        browser.check("payload-history");
        browser.find("#test-list [aria-label^='Send again']").click();
        await().atMost(PATIENCE).until(() -> value("edit-headers-0").contains("X-Access-Token: typed-secret"));

        assertThat((String) browser.driver().executeScript("return JSON.stringify({...sessionStorage})"))
                .contains("X-Kept").doesNotContain("typed-secret");
        browser.driver().navigate().refresh();
        browser.awaitText("for the records").awaitText("Tests of this session");
        openHistory();
        browser.find("#test-list [aria-label^='Send again']").click();
        await().atMost(PATIENCE).until(() -> value("edit-headers-0").contains("X-Kept: yes"));
        assertThat(value("edit-headers-0")).doesNotContain("typed-secret");
    }

    @Test
    void anEditSurvivesChangesOfTheForm() {
        edit();
        fill("edit-body-0", "{\"external_id\": \"kept\"}");
        fill("sink-excludeAttributes", "participants");
        await().atMost(PATIENCE).until(() -> !((String) browser.driver().executeScript(
                "return document.querySelector('#request-0 .view-payload').textContent")).contains("Priya Nair"));
        assertThat(value("edit-body-0")).isEqualTo("{\"external_id\": \"kept\"}");
        send().awaitText("Status 200");
    }

    @Test
    void thePreviewIsUsedByKeyboard() {
        browser.open(CALL).awaitText("for the records");
        browser.find("#tab-requests").sendKeys(Keys.ARROW_RIGHT);
        assertThat(browser.driver().switchTo().activeElement().getDomAttribute("id")).isEqualTo("tab-records");
        browser.awaitText("Edit these records").awaitText("Priya Nair").check("payload-records");
        browser.find("#tab-records").sendKeys(Keys.ARROW_LEFT);
        browser.find("#edits-0").sendKeys(Keys.ENTER);
        await().atMost(PATIENCE).until(() -> "edit-method-0".equals(
                browser.driver().switchTo().activeElement().getDomAttribute("id")));
        browser.driver().switchTo().activeElement().sendKeys(Keys.TAB);
        browser.driver().switchTo().activeElement().sendKeys(Keys.END, "?by=keyboard", Keys.TAB);
        assertThat(value("edit-url-0")).isEqualTo("/activities/call?by=keyboard");
        assertThat(browser.find("#edit-confirm-0").isDisplayed()).isTrue();
        browser.find("#edit-confirm-0").sendKeys("send", Keys.ENTER);
        browser.awaitText("Status ");
    }

    @Test
    void noEditLeadsElsewhereOrTakesTheCredential() throws Exception {
        for (String url : List.of("//127.0.0.1:1/x", "https://other.example/x", "@other.example/x", ".other.example/x",
                ":1/x", "/../../x", "/%2e%2E/x", "/a@b", "/\\other.example", "/x#y", "/x y", "", "javascript:1")) {
            assertThat(test(Map.of("edit-url", url))).as(url).contains("Not sent: URL").doesNotContain("Status ");
        }
        for (String header : List.of("X-API-Key: mine", "x-api-key: mine", "Authorization: mine", "Cookie: a=mine",
                "Host: mine", "Content-Length: 1", "Transfer-Encoding: mine", "no header mine", "X-A: \u0007mine",
                "X-A: 1\nx-a: mine", "Camel-X: mine")) {
            assertThat(test(Map.of("edit-headers", header))).as(header).contains("Not sent: Headers")
                    .doesNotContain("mine</");
        }
        assertThat(test(Map.of("edit-method", "TRACE"))).contains("Not sent: Method");
        assertThat(test(Map.of("edit-method", "GET"))).contains("Not sent: Body");
        assertThat(test(Map.of("edit-body", "x".repeat(300_000)))).contains("Not sent: Body");
        assertThat(test(Map.of("edit-url", "/elsewhere", "test-confirm", ""))).contains("type the word send");
    }

    /** What a setting hides is sent where nobody has edited it, and cannot be moved to another place. */
    @Test
    void aHiddenValueStaysWhereItIs() throws Exception {
        Map<String, String> hidden = Map.of("template", "people-ai-request-sink", "sink.url", "/notes/1", "sink.method",
                "POST", "sink.requestHeaders", "X-More:{{flow.more}}", "edit-url", "/notes/2");
        assertThat(test(with(hidden, Map.of("edit-headers", "X-More: ***\nX-Own: 1")))).contains("Status ")
                .doesNotContain(DemoConsole.HIDDEN);
        assertThat(received("/notes/2")).contains("\"X-More\":\"" + DemoConsole.HIDDEN + "\"", "\"X-Own\":\"1\"");
        assertThat(test(with(hidden, Map.of("edit-headers", "X-Other: ***")))).contains("Not sent: Headers: a hidden value");
    }

    private static void edit() {
        browser.open(CALL).awaitText("for the records");
        browser.press("Edit payload of request 1");
        await().atMost(PATIENCE).until(() -> !browser.driver().findElements(
                By.cssSelector("#edit-0 form[data-made-ready]")).isEmpty());
    }

    private static Browser send() {
        return browser.press("Send edited test of request 1");
    }

    private static void openHistory() {
        browser.driver().executeScript("document.getElementById('test-history').open = true;"
                + "document.querySelector('.past-test').open = true;");
        browser.awaitText("Send again");
    }

    private static String value(String id) {
        return (String) browser.driver().executeScript(
                "const field = document.getElementById(arguments[0]); return field ? field.value : '';", id);
    }

    private static void fill(String id, String value) {
        WebElement field = browser.find("#" + id);
        browser.driver().executeScript("arguments[0].value = arguments[1];"
                + "arguments[0].dispatchEvent(new Event('input', {bubbles: true}))", field, value);
    }

    private static Map<String, String> with(Map<String, String> some, Map<String, String> more) {
        Map<String, String> all = new HashMap<>(some);
        all.putAll(more);
        return all;
    }

    private static String test(Map<String, String> edits) throws IOException, InterruptedException {
        Map<String, String> form = with(Map.of("source", "inbox-source", "template", "people-ai-push-call-activity-sink",
                "sample", "template", "request", "0", "edit-method", "PUT", "edit-url", "/activities/call",
                "edit-headers", "Content-Type: application/json", "edit-body", "{}", "test-confirm", "send"), edits);
        return call(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + program.port() + "/flows/samples/test"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form.entrySet().stream().map(each -> each.getKey() + "="
                        + URLEncoder.encode(each.getValue(), StandardCharsets.UTF_8)).collect(Collectors.joining("&")))));
    }

    /** The last request at the sandbox whose text has this in it. */
    private static String received(String part) throws IOException, InterruptedException {
        String all = call(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + DemoConsole.sandbox()
                + "/sandbox/requests?limit=1000")));
        return List.of(all.split("(?=\\{\"sequence\")")).stream().filter(each -> each.contains(part))
                .reduce((first, last) -> last).orElseThrow();
    }

    private static String call(HttpRequest.Builder request) throws IOException, InterruptedException {
        return CLIENT.send(request.build(), BodyHandlers.ofString()).body();
    }
}
