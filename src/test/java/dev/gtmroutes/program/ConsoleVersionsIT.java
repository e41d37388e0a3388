// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.time.Duration;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;

/** In a browser: edits of a flow are seen, compared and taken back, and people who edit the same flow know of each other. */
@Tag("browser")
class ConsoleVersionsIT {

    private static final String WEBHOOK = "{{flow.hook}}";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final HttpClient CLIENT = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private static final Program program = DemoConsole.program();
    private static final Browser browser = DemoConsole.browser();

    @AfterEach
    void leave() {
        browser.open("/console.css");
        browser.driver().executeScript("sessionStorage.clear()");
    }

    @Test
    void anEditIsTakenBackAndAnEarlierVersionRestored() throws Exception {
        flow("versions-a");
        String first = file("versions-a");
        browser.open("/flows/versions-a/versions").awaitText("Nothing has changed yet").open("/flows/versions-a/edit");
        fill("sink-maxInFlight", "2");
        browser.press("Save").awaitText("Saved.").press("Undo").awaitText("The version before is in use again.");
        assertThat(file("versions-a")).isEqualTo(first);

        fill("sink-maxInFlight", "3");
        browser.press("Save").awaitText("Saved.");
        String third = file("versions-a");
        Files.writeString(DemoConsole.flow("versions-a"), third.replace("maxInFlight: 3", "maxInFlight: 4"));
        await("the edit on the disk").atMost(PATIENCE).until(() -> get("/api/flows/versions-a/versions").body(),
                text -> text.contains("file-change"));

        browser.open("/flows/versions-a/versions").awaitText("A file change").awaitText("1 → 2").awaitText("3 → 4")
                .awaitText("Earlier version restored").awaitText("First known version").check("versions");
        browser.press("Compare version 4").awaitText("Only in the version");
        assertThat(browser.text("pre.diff del")).contains("maxInFlight: 3");
        assertThat(browser.text("pre.diff ins")).contains("maxInFlight: 4");
        browser.check("versions-compare");
        browser.press("Restore version 4").awaitText("The version is in use again.");
        assertThat(file("versions-a")).isEqualTo(third);
        browser.press("Undo").awaitText("The version is in use again.");
        await("the undo").atMost(PATIENCE).until(() -> file("versions-a").contains("maxInFlight: 4"));
        browser.open("/audit").awaitText("restored").awaitText("versions-a");
    }

    @Test
    void oneThatIsNotValidAnyMoreIsRefused() throws Exception {
        flow("versions-b");
        String good = file("versions-b");
        Files.writeString(DemoConsole.flow("versions-b"), good.replace("people-ai-push-call-activity-sink", "gone-sink"));
        await("the mistake").atMost(PATIENCE).until(() -> get("/api/flows/versions-b/versions").body(),
                text -> text.contains("file-change"));
        Files.writeString(DemoConsole.flow("versions-b"), good);
        await("the edit on the disk").atMost(PATIENCE).until(() -> get("/api/flows/versions-b/versions").body(),
                text -> text.contains("\"number\":3"));
        browser.open("/flows/versions-b/versions").press("Restore version 2").awaitText("Nothing was restored.")
                .awaitText("gone-sink");
        assertThat(file("versions-b")).isEqualTo(good);
        assertThat(post("/api/flows/versions-b/versions/2/restore").statusCode()).isEqualTo(422);
        assertThat(post("/api/flows/versions-b/versions/77/restore").statusCode()).isEqualTo(404);
        assertThat(get("/api/flows/versions-b/versions/2").body()).contains("gone-sink");
    }

    @Test
    void aDeletedFlowComesBackAndIsNotActivated() throws Exception {
        flow("versions-c");
        Files.writeString(DemoConsole.flow("versions-c").resolveSibling("versions-c.sample.json"), "{\"id\":\"1\"}");
        assertThat(post("/api/flows/versions-c/activate").statusCode()).isEqualTo(200);
        browser.open("/flows/versions-c/delete").press("Delete versions-c").awaitText("Flow versions-c deleted.");
        assertThat(DemoConsole.flow("versions-c")).doesNotExist();
        browser.press("Undo").awaitText("Flow versions-c restored and not activated.");
        assertThat(file("versions-c")).contains("autoStartup: false").doesNotContain("autoStartup: true");
        assertThat(DemoConsole.flow("versions-c").resolveSibling("versions-c.sample.json")).hasContent("{\"id\":\"1\"}");
        assertThat(get("/api/flows/versions-c").body()).doesNotContain("\"state\":\"active\"");
    }

    @Test
    void peopleWhoEditTheSameFlowSeeEachOtherAndTheDifference() throws Exception {
        flow("versions-d");
        browser.open("/flows/versions-d/edit");
        String first = browser.driver().getWindowHandle();
        fill("description", "Mine");
        fill("sink-maxInFlight", "7");
        fill("sink-responseWebhook", WEBHOOK);

        browser.driver().switchTo().newWindow(WindowType.TAB);
        String second = browser.driver().getWindowHandle();
        try {
            browser.open("/flows/versions-d/edit").awaitText("This flow is open for editing in another window");
            fill("description", "Theirs");
            fill("sink-maxInFlight", "5");
            browser.press("Save").awaitText("Saved.");
            browser.driver().switchTo().window(first);
            browser.awaitText("This flow is open for editing in another window").check("versions-presence");
        } finally {
            browser.driver().switchTo().window(second);
            browser.driver().close();
            browser.driver().switchTo().window(first);
        }
        browser.press("Save").awaitText("The flow was saved while your form was open").awaitText("Theirs")
                .check("versions-conflict");
        assertThat(browser.text("#conflict")).contains("Description", "Theirs", "Mine", "5", "7").doesNotContain(WEBHOOK);
        browser.press("Take theirs for Description");
        await("their description").atMost(PATIENCE).until(() -> value("description").equals("Theirs"));
        assertThat(value("sink-maxInFlight")).isEqualTo("7");
        browser.press("Overwrite with yours").awaitText("Saved.");
        assertThat(file("versions-d")).contains("Theirs", "maxInFlight: 7", WEBHOOK);
        browser.awaitNoText("open for editing in another window");
        browser.open("/flows/versions-d/versions").awaitText("5 → 7").awaitText("added (hidden)");
        assertThat(browser.driver().getPageSource()).doesNotContain(WEBHOOK);
    }

    private static void flow(String id) throws IOException {
        DemoConsole.callFlow(id, false);
        await("the flow").atMost(PATIENCE).until(() -> get("/api/flows").body().contains("\"" + id + "\""));
    }

    private static String file(String id) throws IOException {
        return Files.readString(DemoConsole.flow(id));
    }

    private static void fill(String id, String value) {
        WebElement field = browser.find("#" + id);
        browser.driver().executeScript("arguments[0].closest('details')?.setAttribute('open', '')", field);
        field.clear();
        field.sendKeys(value);
    }

    private static String value(String id) {
        return (String) browser.driver().executeScript("return document.getElementById(arguments[0]).value", id);
    }

    private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(address(path)));
    }

    private static HttpResponse<String> post(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(address(path)).POST(BodyPublishers.noBody()));
    }

    private static URI address(String path) {
        return URI.create("http://127.0.0.1:" + program.port() + path);
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return CLIENT.send(request.build(), BodyHandlers.ofString());
    }
}
