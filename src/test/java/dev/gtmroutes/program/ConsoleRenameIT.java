// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** In a browser: a flow gets another name, and all that waits for it moves along. */
@Tag("browser")
class ConsoleRenameIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final HttpClient CLIENT = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final String RECORD = """
            {"external_id": "call-1", "subject": "Renewal", "direction": "inbound", "timestamp": 1793607420, "duration": 60,
            "participants": [{"name": "A", "email": "a@example.com"}, {"name": "B", "email": "b@example.com"}]}""";

    private static final Program program = DemoConsole.program();
    private static final Browser browser = DemoConsole.browser();

    private Dimension usual;

    @AfterEach
    void asUsual() {
        if (usual != null) {
            browser.driver().manage().window().setSize(usual);
        }
    }

    @Test
    void aFlowIsRenamedByKeyboardWithWhatWaitsItsVersionsAndItsAddress() throws Exception {
        flow("rename-a");
        assertThat(post("/intake/rename-a", RECORD).statusCode()).isEqualTo(202);
        Path inbox = program.resolve("data/demo/inbox");
        await("the file").atMost(PATIENCE).untilAsserted(
                () -> assertThat(inbox.resolve("rename-a")).isDirectoryContaining("glob:**intake-*"));
        Files.writeString(DemoConsole.flow("rename-a").resolveSibling("rename-a.sample.json"), "[" + RECORD + "]");

        browser.open("/flows/rename-a/edit").press("Rename")
                .awaitText("Programs that post to /intake/rename-a must then post "
                        + "to /intake/new name")
                .check("form-rename");
        WebElement id = browser.find("#id");
        assertThat(browser.driver().switchTo().activeElement()).isEqualTo(id);
        id.sendKeys(Keys.chord(Keys.CONTROL, "a"), "calls", Keys.ENTER);
        browser.awaitText("A flow with this name exists").check("form-rename-refused");
        browser.find("#id").sendKeys(Keys.chord(Keys.CONTROL, "a"), "rename-b", Keys.ENTER);
        await("the page of the renamed flow").atMost(PATIENCE)
                .until(() -> browser.driver().getCurrentUrl().endsWith("/flows/rename-b"));
        browser.awaitText("Paused");

        assertThat(DemoConsole.flow("rename-a")).doesNotExist();
        assertThat(Files.readString(DemoConsole.flow("rename-b"))).contains("id: rename-b", "flow: rename-b");
        assertThat(DemoConsole.flow("rename-b").resolveSibling("rename-b.sample.json")).exists();
        assertThat(inbox.resolve("rename-b")).isDirectoryContaining("glob:**intake-*");
        assertThat(inbox.resolve("rename-a")).doesNotExist();
        assertThat(get("/flows/rename-a").statusCode()).isEqualTo(404);
        assertThat(post("/intake/rename-a", RECORD).statusCode()).isEqualTo(404);
        assertThat(inbox.resolve("rename-a")).doesNotExist();
        assertThat(post("/intake/rename-b", RECORD).statusCode()).isEqualTo(202);

        browser.open("/flows/rename-b/versions").awaitText("Name: rename-a → rename-b").awaitText("First known version");
        browser.open("/audit").awaitText("renamed").awaitText("rename-b");
        browser.open("/flows/rename-b").press("Activate");
        await("the records").atMost(PATIENCE).until(() -> get("/api/flows/rename-b").body(),
                text -> text.contains("\"delivered\":2"));
    }

    @Test
    void anActiveFlowIsRefusedAndTheDialogFitsOnAPhone() throws Exception {
        flow("rename-c");
        usual = browser.driver().manage().window().getSize();
        browser.driver().manage().window().setSize(new Dimension(380, 800));
        browser.open("/flows/rename-c/edit").press("Rename").awaitText("New name").check("form-rename-phone");
        assertThat(browser.driver().executeScript("return document.documentElement.scrollWidth <= innerWidth"))
                .isEqualTo(true);

        assertThat(post("/api/flows/rename-c/activate", "").statusCode()).isEqualTo(200);
        fill("rename-d");
        browser.press("Rename").awaitText("The flow is active. Pause it first.");
        browser.open("/flows/rename-c/rename").awaitText("The flow is active. Pause it first.");
        assertThat(post("/api/flows/rename-c/rename", "{\"id\": \"rename-d\"}").body())
                .contains("\"status\":409", "The flow is active. Pause it first.");
        assertThat(DemoConsole.flow("rename-c")).exists();

        assertThat(post("/api/flows/rename-c/pause", "").statusCode()).isEqualTo(200);
        fill("rename-d");
        browser.press("Rename").awaitText("rename-d");
        await("the new file").atMost(PATIENCE).until(() -> Files.exists(DemoConsole.flow("rename-d")));
        assertThat(Files.readString(DemoConsole.flow("rename-d"))).contains("autoStartup: false");
    }

    private static void flow(String id) throws Exception {
        Files.writeString(DemoConsole.flow(id),
                Files.readString(DemoConsole.flow("single-calls")).replace("single-calls", id));
        await("the flow " + id).atMost(PATIENCE).until(() -> get("/api/flows/" + id).statusCode() == 200);
    }

    private static void fill(String name) {
        browser.find("#id").clear();
        browser.find("#id").sendKeys(name);
    }

    private static HttpResponse<String> get(String path) throws Exception {
        return CLIENT.send(HttpRequest.newBuilder(address(path)).build(), BodyHandlers.ofString());
    }

    private static HttpResponse<String> post(String path, String json) throws Exception {
        return CLIENT.send(HttpRequest.newBuilder(address(path)).header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json)).build(), BodyHandlers.ofString());
    }

    private static URI address(String path) {
        return URI.create("http://127.0.0.1:" + program.port() + path);
    }
}
