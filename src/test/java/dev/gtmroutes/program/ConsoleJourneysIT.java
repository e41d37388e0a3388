// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** What people do in the console, by keys alone: the focus is always seen, and on something sensible after each step. */
@Tag("browser")
class ConsoleJourneysIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String CALL = """
            {"external_id": "%s", "subject": "Renewal", "direction": "inbound", "timestamp": 1793607420, "duration": 60, \
            "participants": [{"name": "A", "email": "a@example.com"}, {"name": "B", "email": "b@example.com"}]}""";

    private static final Program program = DemoConsole.program();
    private static final Browser browser = DemoConsole.browser();
    private static final ProgramApi api = new ProgramApi(program.port());
    private static final Keyboard keys = new Keyboard(browser);
    private static final FormSteps steps = new FormSteps(browser);

    @AfterEach
    void leave() {
        browser.open("/console.css");
        browser.driver().executeScript("sessionStorage.clear()");
    }

    @Test
    void aFlowIsMadeUpToItsFirstDeliveredRecord() throws Exception {
        browser.open("/flows").awaitText("New flow");
        keys.to("Skip to the content").press(Keys.ENTER).to("New flow").press(Keys.ENTER);
        browser.awaitText("Where do the records come from?");
        to("card-inbox-source");
        keys.press(Keys.ENTER).awaitAt("Which vendor receives them?").press(Keys.TAB, Keys.ARROW_DOWN);
        while (!keys.focus().contains("People.ai")) {
            keys.press(Keys.ARROW_DOWN).awaitSeen();
        }
        await("the vendor").atMost(PATIENCE).until(() -> steps.state("vendor").startsWith("People.ai"));
        keys.press(Keys.ENTER).awaitAt("Which endpoint receives the records?");
        to("find-endpoint");
        keys.press("single call");
        browser.awaitText("1 endpoint");
        to("card-people-ai-push-call-activity-sink");
        keys.press(Keys.SPACE);
        await("the endpoint").atMost(PATIENCE).until(() -> steps.state("endpoint").equals("Push Single Call Activity"));
        keys.press(Keys.ENTER).awaitAt("Configure the flow");
        to("id");
        keys.press("journey-new").to("Save and activate").press(Keys.ENTER);
        await("the flow").atMost(PATIENCE)
                .until(() -> api.get("/api/flows/journey-new").contains("\"state\":\"active\""));

        api.intake("journey-new", "application/json", CALL.formatted("journey-1"));
        await("the record").atMost(PATIENCE).until(() -> api.counts().get("journey-new").delivered() == 1);
        assertThat(api.get("/flows/journey-new")).contains("Healthy");
    }

    @Test
    @Tag("long")
    void flowsAreFoundSelectedAndPaused() throws Exception {
        flow("journey-a", true);
        flow("journey-b", true);
        browser.open("/flows").find("#flow-journey-b [name=flow]");
        keys.to("Search flows").press("journey-");
        keys.to("Select all flows").press(Keys.SPACE).awaitAt("Select all flows");
        browser.awaitText(" selected");
        keys.press(Keys.SPACE).to("Select journey-a").press(Keys.SPACE);
        browser.awaitText("1 flow selected");
        back("Pause");
        keys.press(Keys.ENTER);
        browser.awaitText("Flow journey-a paused.");
        keys.awaitAt("Select all flows").hold(Keys.CONTROL, "z");
        browser.awaitText("Flow journey-a activated.");
        keys.awaitSeen();

        browser.open("/flows?q=journey-").find("#flow-journey-a [name=flow]");
        keys.to("Actions for journey-b").press(Keys.ENTER, Keys.ARROW_DOWN).awaitAt("Pause journey-b");
        keys.press(Keys.ESCAPE).awaitAt("Actions for journey-b");
        keys.press(Keys.ENTER, Keys.ARROW_DOWN).awaitAt("Pause journey-b").press(Keys.ENTER);
        browser.awaitText("Flow journey-b paused.");
        keys.awaitAt("Actions for journey-b");
        keys.to("Select journey-b");
    }

    @Test
    @Tag("long")
    void aRowOfAMappingIsEdited() throws Exception {
        Files.writeString(DemoConsole.flow("journey-map"), """
                - route:
                    id: journey-map
                    autoStartup: false
                    from:
                      uri: kamelet:inbox-source
                      parameters: {flow: journey-map}
                      steps:
                        - to:
                            uri: kamelet:people-ai-push-call-activity-sink
                            parameters:
                              map: |
                                external_id = {call_id}
                                subject = {topic}
                """);
        Files.writeString(Files.createDirectories(program.resolve("data/demo/inbox/journey-map")).resolve("calls.csv"),
                "call_id,topic,title\ncall-1,Renewal,Director\n");
        await("the flow").atMost(PATIENCE).until(() -> api.get("/api/flows").contains("\"journey-map\""));
        browser.open("/flows/journey-map/edit").awaitText("call-1").find("#source-attributes option[value=title]");
        keys.to("Attribute for subject").press("titl", Keys.ENTER);
        await("the text").atMost(PATIENCE).until(() -> mapping().contains("subject = {title}"));
        browser.awaitText("Director");
        keys.awaitSeen().hold(Keys.ALT, Keys.ARROW_UP);
        await("the order").atMost(PATIENCE).until(() -> mapping().startsWith("subject = {title}"));
        keys.awaitAt("Attribute: change the kind of value for subject, or move it").to("Remove subject").press(Keys.ENTER);
        browser.awaitText("subject removed.");
        keys.awaitSeen().to("Undo").press(Keys.ENTER);
        await("the row").atMost(PATIENCE).until(() -> mapping().contains("subject = {title}"));
        keys.awaitSeen().to("Save").press(Keys.ENTER);
        awaitNotice("Saved.");
        assertThat(Files.readString(DemoConsole.flow("journey-map"))).contains("subject = {title}");
    }

    @Test
    void aDeadLetterIsOpenedEditedAndReplayed() throws Exception {
        flow("journey-dead", true);
        DemoConsole.misbehave("{\"times\": 2, \"endpoint\": \"people-ai-push-call-activity\", \"status\": 422}");
        for (String each : new String[] {"dead-1", "dead-2"}) {
            api.intake("journey-dead", "application/json", CALL.formatted(each));
        }
        await("the dead letters").atMost(PATIENCE)
                .until(() -> api.get("/api/dead-letters?flow=journey-dead").split("\"id\"").length == 3);
        browser.open("/dead-letters?flow=journey-dead").awaitText("Responded with 422").find("#letter-next");
        keys.to("Next dead letter").press(Keys.ENTER);
        browser.find("#letter-previous");
        keys.awaitSeen();
        to(browser.find("#letter textarea[name=record]").getDomAttribute("id"));
        keys.type(CALL.formatted("mended"));
        browser.awaitText("\"external_id\": \"mended\"");
        keys.to("Replay").press(Keys.ENTER);
        browser.awaitText("Delivered: the flow has finished the record");
        keys.awaitSeen();

        browser.open("/dead-letters?flow=journey-dead").awaitText("Responded with 422");
        keys.to("Discard").press(Keys.ENTER).awaitAt("Cancel").press(Keys.ESCAPE).awaitAt("Discard");
        keys.press(Keys.ENTER).to("Discard 1 record").press(Keys.ENTER);
        browser.awaitText("1 record discarded (flow journey-dead).");
        keys.awaitSeen();
    }

    @Test
    void aCredentialIsCreatedAndReplaced() {
        browser.open("/credentials").awaitText("New credential");
        keys.to("New credential").press(Keys.ENTER).awaitAt("Vendor").press("Cu");
        keys.to("Name").type("journey").to("Access token").press("wrong-token").to("Test").press(Keys.ENTER);
        browser.awaitText("Customerly refused the credential");
        keys.awaitAt("Test").to("Access token").type("sandbox-token").to("Save credential").press(Keys.ENTER);
        browser.awaitText("saved");
        keys.awaitAt("New credential").to("Replace Customerly journey").press(Keys.ENTER);
        keys.awaitAt("Kind").to("Access token").press("sandbox-token").to("Replace credential").press(Keys.ENTER);
        browser.awaitText("replaced");
        keys.awaitAt("Replace Customerly journey").to("Delete Customerly journey").press(Keys.ENTER).awaitAt("Cancel");
        keys.to("Delete credential").press(Keys.ENTER);
        browser.awaitText("deleted");
        keys.awaitSeen();
    }

    @Test
    @Tag("long")
    void aFormerVersionIsRestored() throws Exception {
        flow("journey-back", false);
        String first = Files.readString(DemoConsole.flow("journey-back"));
        browser.open("/flows/journey-back/edit").awaitText("for the records from");
        to("description");
        keys.press("A second version").to("Save").press(Keys.ENTER);
        awaitNotice("Saved.");
        keys.to("Undo").press(Keys.ENTER);
        awaitNotice("The version before is in use again.");
        assertThat(Files.readString(DemoConsole.flow("journey-back"))).isEqualTo(first);

        keys.to("Versions").press(Keys.ENTER);
        browser.awaitText("Earlier version restored");
        keys.to("Compare version 2").press(Keys.ENTER);
        browser.awaitText("Only in the version");
        keys.to("Restore version 2").press(Keys.ENTER);
        awaitNotice("The version is in use again.");
        assertThat(Files.readString(DemoConsole.flow("journey-back"))).contains("A second version");
    }

    /** Waits until the page says so, and that has the focus: Tab goes on from there. */
    private static void awaitNotice(String text) {
        browser.awaitText(text);
        await("focus on " + text).atMost(PATIENCE).untilAsserted(
                () -> assertThat(browser.driver().executeScript("return document.activeElement.id")).isEqualTo("notice"));
    }

    /** Tabs on to a field, by its id. */
    private static void to(String id) {
        for (int i = 0; i < 150; i++) {
            keys.press(Keys.TAB);
            if (id.equals(browser.driver().executeScript("return document.activeElement.id"))) {
                keys.awaitSeen();
                return;
            }
        }
        throw new AssertionError("no way by Tab to " + id);
    }

    /** Tabs back to a control. */
    private static void back(String name) {
        for (int i = 0; i < 150 && !keys.focus().equals(name); i++) {
            keys.hold(Keys.SHIFT, Keys.TAB);
        }
        keys.awaitAt(name);
    }

    private static String mapping() {
        return browser.find("#sink-map").getDomProperty("value");
    }

    private static void flow(String id, boolean starts) throws IOException {
        DemoConsole.callFlow(id, starts);
        await("the flow").atMost(PATIENCE).until(() -> api.get("/api/flows/" + id).contains("\"state\":\""
                + (starts ? "active" : "")));
    }
}
