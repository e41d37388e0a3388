// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.support.ui.Select;

/** In a browser: what a person has typed is not lost, whatever happens around it. */
@Tag("browser")
class ConsoleEditsIT {

    private static final String CALL = "people-ai-push-call-activity-sink";
    private static final String WEBHOOK = "https://hooks.example.com/s3cr3t-hook";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final HttpClient CLIENT = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private static final Program program = DemoConsole.program();
    private static final Browser browser = DemoConsole.browser();
    private static final FormSteps steps = new FormSteps(browser);

    /** No other test is to find a page with unsaved edits. */
    @AfterEach
    void leave() {
        online(true);
        browser.open("/console.css");
        browser.driver().executeScript("sessionStorage.clear()");
    }

    @Test
    void unsavedEditsAreNotLeftWithoutAWord() throws Exception {
        flow("edited", false);
        browser.open("/flows/edited/edit");
        assertThat(isAsked()).isFalse();
        fill("description", "First edit");
        assertThat(isAsked()).isTrue();
        browser.press("Credentials").awaitText("Leave without saving?").check("form-leave").press("Stay");
        assertThat(value("description")).isEqualTo("First edit");

        browser.press("Activate").awaitText("Activate without your edits?").check("form-activate").press("Cancel");
        assertThat(file("edited")).contains("autoStartup: false");
        browser.press("Activate").press("Activate the saved version").press("Pause").awaitText("Paused by a person");
        assertThat(value("description")).isEqualTo("First edit");
        assertThat(file("edited")).contains("autoStartup: true").doesNotContain("First edit");
        browser.press("Activate").awaitText("Activate without your edits?");
        browser.driver().findElement(By.cssSelector("dialog .btn-primary")).click();
        browser.awaitText("Saved.");
        assertThat(file("edited")).contains("First edit", "autoStartup: true");
        assertThat(isAsked()).isFalse();

        fill("description", "Second edit");
        browser.press("Credentials").press("Leave without saving").awaitText("Credentials used to call each vendor");
        browser.open("/flows/edited/edit").awaitText("Preview");
        assertThat(browser.text()).doesNotContain("kept unsaved edits");
        assertThat(file("edited")).doesNotContain("Second edit");
    }

    @Test
    void anotherPersonsEditIsNotOverwrittenByOneThatIsKept() throws Exception {
        flow("shared", false);
        browser.open("/flows/shared/edit");
        fill("description", "Mine");
        Files.writeString(DemoConsole.flow("shared"), file("shared") + "# Theirs\n");
        browser.press("Activate").press("Activate the saved version").awaitText("Pause");
        // The page asks for the state of the flow while the answer to Pause is on its way.
        network(false, 2500);
        browser.press("Pause").awaitText("Paused by a person");
        network(false, 0);
        browser.press("Save").awaitText("shared.yaml has changed since you opened it");
        assertThat(value("description")).isEqualTo("Mine");
        assertThat(file("shared")).contains("# Theirs").doesNotContain("Mine");
    }

    @Test
    void aDraftOutlivesAReloadWithoutSecrets() throws Exception {
        flow("drafted", false);
        browser.open("/flows/drafted/edit").awaitText("Preview");
        steps.endpoint("people-ai-request-sink");
        browser.find("#sink-url");
        steps.click("#more-of-template summary");
        fill("sink-url", "/notes/{id}");
        fill("sink-requestHeaders", "X-Source: s3cr3t-header");
        fill("sink-responseWebhook", WEBHOOK);
        fill("description", "See jdbc:postgresql://user:s3cr3t-db@db/x");
        await().atMost(PATIENCE).until(() -> stored().contains("/notes/{id}"));
        assertThat(stored()).doesNotContain("s3cr3t");
        fill("description", "Drafted");
        await().atMost(PATIENCE).until(() -> stored().contains("Drafted"));
        assertThat(stored()).contains("/notes/{id}").doesNotContain("s3cr3t");

        browser.driver().navigate().refresh();
        browser.awaitText("This browser kept unsaved edits").check("form-draft");
        assertThat(value("description")).isEmpty();
        browser.press("Restore");
        browser.find("#sink-url");
        await().atMost(PATIENCE).until(() -> value("sink-url").equals("/notes/{id}"));
        assertThat(value("description")).isEqualTo("Drafted");
        assertThat(value("sink-responseWebhook")).isEmpty();
        browser.press("Save").awaitText("Saved.");
        assertThat(file("drafted")).contains("Drafted", "url: \"/notes/{id}\"");
        assertThat(stored()).doesNotContain("Drafted");
    }

    @Test
    void aProgramThatIsNotThereTakesNothingAway() throws Exception {
        flow("offline", false);
        browser.open("/flows/offline/edit").awaitText("1 request for the records");
        online(false);
        fill("description", "Typed meanwhile");
        browser.awaitText("The program is not reachable since ").press("Save");
        browser.awaitText("1 request for the records").check("form-offline");
        assertThat(value("description")).isEqualTo("Typed meanwhile");
        online(true);
        await().atMost(PATIENCE).until(() -> !browser.text().contains("not reachable"));
        browser.press("Save").awaitText("Saved.");
        assertThat(file("offline")).contains("Typed meanwhile");
    }

    @Test
    void ofAFlowThatWasDeletedElsewhereTheTextStays() throws Exception {
        flow("deleted", false);
        browser.open("/flows/deleted/edit");
        fill("description", "Still here");
        Files.delete(DemoConsole.flow("deleted"));
        browser.awaitText("The flow deleted does not exist any more");
        browser.press("Save").awaitText("The flow deleted does not exist any more");
        assertThat(value("description")).isEqualTo("Still here");
    }

    @Test
    void whereAPageCannotBeLeftItsEditsAreStillGuarded() throws Exception {
        DemoConsole.misbehave("{\"times\": 2, \"endpoint\": \"people-ai-push-call-activity\", \"status\": 404}");
        flow("kept", true);
        Files.writeString(Files.createDirectories(program.resolve("data/demo/inbox/kept")).resolve("two.ndjson"),
                "{\"n\": 1}\n{\"n\": 2}\n");
        await().atMost(PATIENCE).until(() -> get("/api/dead-letters?flow=kept").split("\"id\"").length == 3);

        browser.open("/dead-letters?flow=kept").find("#letter-next");
        fill(record(), "{\"typed\": 1}");
        online(false);
        browser.press("Next dead letter").press("Leave without saving")
                .awaitText("The program is not reachable since ");
        assertThat(isAsked()).isTrue();
        online(true);
        browser.press("Next dead letter").press("Leave without saving").find("#letter-previous");
        await().atMost(PATIENCE).ignoreExceptions().until(() -> value(record()).contains("\"n\": "));
        await().atMost(PATIENCE).until(() -> !isAsked());
        fill(record(), "{\"typed\": 2}");
        assertThat(isAsked()).isTrue();
    }

    @Test
    void whatComesInPlaceOfTheLogInPageIsShown() throws Exception {
        browser.open("/flows");
        browser.driver().executeScript("logIn(true).then(() => page('/api/flows/unknown', {}))");
        String said = browser.text("#log-in .problem");
        assertThat(said).isNotBlank();
        assertThat(get("/api/flows/unknown")).contains("\"detail\":\"" + said + "\"");
        browser.check("session-refused");
    }

    @Test
    void noFieldIsExchangedWhileItIsUsed() throws Exception {
        browser.open("/flows/new?template=" + CALL).awaitText("1 request for the records");
        fill("id", "Not a name");
        fill("sink-responseWebhook", WEBHOOK);
        steps.go("endpoint");
        browser.press("All vendors");
        browser.driver().executeScript("window.menu = document.getElementById('find-endpoint');"
                + "window.hook = document.getElementById('sink-responseWebhook')");
        browser.find("#find-endpoint").sendKeys("create lead");
        browser.find("label[for=card-customerly-create-lead-sink]").click();
        // It is typed on while the settings of the choice come.
        browser.find("#find-endpoint").sendKeys(" email");
        await().atMost(PATIENCE).until(() -> steps.state("endpoint").equals("Create Lead"));
        assertThat(browser.driver().executeScript("return document.activeElement === menu && menu.isConnected"
                + " && menu.value === 'create lead email' && hook.isConnected")).isEqualTo(true);
        assertThat(value("sink-responseWebhook")).isEqualTo(WEBHOOK);

        // Without an endpoint there is no such field; the next one has what was typed.
        steps.go("vendor").choose("vendor-Salesloft", "vendor");
        await().atMost(PATIENCE).until(() -> steps.state("endpoint").equals("To do"));
        steps.endpoint("salesloft-create-note-sink");
        assertThat(value("sink-responseWebhook")).isEqualTo(WEBHOOK);

        browser.driver().executeScript("window.form = document.getElementById('flow-form')");
        browser.press("Save").awaitText("Nothing was saved");
        assertThat(browser.driver().executeScript("return form.isConnected")).isEqualTo(true);
        assertThat(value("sink-responseWebhook")).isEqualTo(WEBHOOK);
        assertThat(browser.attribute("#sink-responseWebhook", "type")).isEqualTo("password");
        steps.click("#sink-responseWebhook-show");
        assertThat(browser.attribute("#sink-responseWebhook", "type")).isEqualTo("text");
        browser.check("form-webhook-shown");

        // The mark of a name stays until the name is right.
        browser.driver().executeScript("window.previews = 0;"
                + "document.getElementById('sample-requests')"
                + ".addEventListener('htmx:afterSettle', () => window.previews++)");
        fill("description", "Another edit");
        await().atMost(PATIENCE).until(() -> (Long) browser.driver().executeScript("return window.previews") > 0);
        assertThat(browser.text("#id-error")).contains("lower-case letters");
        fill("id", "hooked");
        await().atMost(PATIENCE).until(() -> browser.text("#id-error").isEmpty());
    }

    @Test
    void aStoredWebhookIsKeptUntilItIsRemoved() throws Exception {
        flow("hook", false);
        Files.writeString(DemoConsole.flow("hook"), file("hook").replace("maxInFlight: 1", "maxInFlight: 1\n"
                + "              responseWebhook: \"{{flow.hook}}\""));
        browser.open("/flows/hook/edit");
        steps.endpoint("people-ai-push-email-activity-sink");
        assertThat(browser.find("#sink-responseWebhook-show").isDisplayed()).isFalse();
        browser.press("Save").awaitText("Saved.");
        assertThat(file("hook")).contains("responseWebhook: \"{{flow.hook}}\"", "email");
        steps.click("input[name='remove.sink.responseWebhook']");
        browser.press("Save");
        await().atMost(PATIENCE).until(() -> !file("hook").contains("responseWebhook"));
    }

    @Test
    void listsChangeCellByCell() throws Exception {
        flow("listed", false);
        browser.open("/flows").awaitText("listed");
        browser.driver().executeScript("""
                window.row = document.getElementById('flow-listed');
                getSelection().selectAllChildren(document.querySelector('#flow-listed .c-name a'));
                document.querySelector('#flow-listed .c-menu button').focus();
                document.querySelector('[aria-label="List of flows"]').scrollLeft = 40;""");
        // Another flow, so that the whole list is sent again.
        flow("listed-too", false);
        browser.find("#flow-listed-too .c-menu button");
        assertThat(browser.driver().executeScript("return row === document.getElementById('flow-listed')")).isEqualTo(true);
        assertThat(browser.driver().executeScript("return getSelection().toString()").toString()).contains("listed");
        assertThat(browser.driver().executeScript("return document.activeElement.ariaLabel"))
                .isEqualTo("Actions for listed");
        browser.driver().switchTo().activeElement().sendKeys(Keys.ENTER);
        browser.press("Activate listed");
        await().atMost(PATIENCE).until(() -> browser.text("#flow-listed .c-state").contains("No records yet"));
        assertThat(browser.driver().executeScript("return row.isConnected")).isEqualTo(true);
    }

    @Test
    void previewsAreNoDeliveries() throws Exception {
        browser.open("/flows/new?template=" + CALL).awaitText("1 request for the records");
        choose("sample", "pasted");
        browser.find("#pasted");
        // Each key ends the preview before.
        browser.driver().executeScript("""
                const field = document.getElementById('pasted');
                for (let i = 0; i < 40; i++) {
                  setTimeout(() => {
                    field.value = '{"external_id": ' + i + '}\\n{"broken';
                    field.dispatchEvent(new Event('input', {bubbles: true}));
                  }, i * 60);
                }""");
        browser.awaitText("\"external_id\": 39").awaitText("Records that cannot be sent");
        assertThat(program.output()).noneMatch(each -> each.contains("preview") || each.contains("line 2"));
        String metrics = CLIENT.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + program.managementPort()
                + "/observe/metrics")).build(), BodyHandlers.ofString()).body();
        assertThat(metrics).contains("gtm_").doesNotContain("preview");
    }

    private static void flow(String id, boolean starts) throws IOException {
        DemoConsole.callFlow(id, starts);
        await("the flow").atMost(PATIENCE).until(() -> get("/api/flows").contains("\"" + id + "\""));
    }

    private static String file(String id) throws IOException {
        return Files.readString(DemoConsole.flow(id));
    }

    /** Whether the browser asks before the page is left by Back, Forward, a reload or the end of the tab. */
    private static boolean isAsked() {
        return (Boolean) browser.driver().executeScript("const leaving = new Event('beforeunload', {cancelable: true});"
                + "window.dispatchEvent(leaving); return leaving.defaultPrevented");
    }

    private static String stored() {
        return (String) browser.driver().executeScript(
                "return Object.values({...sessionStorage, ...localStorage}).join()");
    }

    private static void online(boolean is) {
        network(!is, 0);
    }

    /** @param latency of each request, in milliseconds */
    private static void network(boolean isOffline, int latency) {
        browser.driver().executeCdpCommand("Network.enable", Map.of());
        browser.driver().executeCdpCommand("Network.emulateNetworkConditions", Map.of("offline", isOffline,
                "latency", latency, "downloadThroughput", -1, "uploadThroughput", -1));
    }

    private static void fill(String id, String value) {
        WebElement field = browser.find("[id='" + id + "']");
        field.clear();
        field.sendKeys(value);
    }

    /** Id of the field for the record of a dead letter. */
    private static String record() {
        return browser.find("#letter textarea[name=record]").getDomAttribute("id");
    }

    private static void choose(String id, String value) {
        new Select(browser.find("#" + id)).selectByValue(value);
    }

    private static String value(String id) {
        return (String) browser.driver().executeScript("return document.getElementById(arguments[0]).value", id);
    }

    private static String get(String path) throws IOException, InterruptedException {
        return CLIENT.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + program.port() + path)).build(),
                BodyHandlers.ofString()).body();
    }
}
