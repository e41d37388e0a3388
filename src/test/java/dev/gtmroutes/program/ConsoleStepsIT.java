// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** A flow is made in four steps, which a person reaches in any order. */
@Tag("browser")
class ConsoleStepsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int MOST_TABS = 60;

    private static final Program program = DemoConsole.program();
    private static final Browser browser = DemoConsole.browser();
    private static final FormSteps steps = new FormSteps(browser);

    /** No other test is to find unsaved edits, a draft or a narrow window. */
    @AfterEach
    void leave() {
        browser.driver().executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
        browser.open("/console.css");
        browser.driver().executeScript("sessionStorage.clear()");
    }

    @ParameterizedTest
    @ValueSource(ints = {1280, 380})
    void aFlowIsMadeByMouse(int width) throws Exception {
        browser.driver().executeCdpCommand("Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", 800, "deviceScaleFactor", 1, "mobile", false));
        String id = "by-mouse-" + width;
        browser.open("/flows/new").awaitText("Where do the records come from?").picture("steps-source-" + width);
        browser.press("Choose vendor").awaitText("Which vendor receives them?");
        steps.choose("vendor-People-ai", "vendor");
        browser.awaitText("Credential").picture("steps-vendor-" + width);
        browser.press("Choose endpoint").awaitText("Which endpoint receives the records?");
        browser.find("#find-endpoint").sendKeys("single call");
        browser.awaitText("1 endpoint").picture("steps-endpoint-" + width);
        steps.choose("card-people-ai-push-call-activity-sink", "endpoint");
        browser.press("Configure").awaitText("1 request for the records");
        browser.find("#id").sendKeys(id);
        browser.awaitText("Draft saved in this browser").picture("steps-configure-" + width);
        browser.press("Save").awaitText("Saved.");
        assertThat(Files.readString(DemoConsole.flow(id))).contains("kamelet:people-ai-push-call-activity-sink",
                "autoStartup: false");
        assertThat((Long) browser.driver().executeScript("return document.documentElement.scrollWidth"))
                .isLessThanOrEqualTo(width);
    }

    @Test
    void aFlowIsMadeByKeyboardAlone() throws Exception {
        browser.open("/flows/new").awaitText("Where do the records come from?");
        tabTo("card-inbox-source");
        press(Keys.ARROW_DOWN);
        await().atMost(PATIENCE).until(() -> steps.state("source").equals("Kafka Records"));
        press(Keys.ARROW_UP);
        await().atMost(PATIENCE).until(() -> steps.state("source").equals("Inbox"));
        press(Keys.ENTER);
        assertThat(focus()).isEqualTo("vendor-title");
        press(Keys.TAB);
        press(Keys.SPACE);
        await().atMost(PATIENCE).until(() -> !steps.state("vendor").equals("To do"));
        press(Keys.ENTER);
        assertThat(focus()).isEqualTo("endpoint-title");
        tabTo("find-endpoint");
        browser.driver().switchTo().activeElement().sendKeys("create lead post /leads");
        tabTo("card-customerly-create-lead-sink");
        press(Keys.SPACE);
        await().atMost(PATIENCE).until(() -> steps.state("endpoint").equals("Create Lead"));
        press(Keys.ENTER);
        assertThat(focus()).isEqualTo("configure-title");
        tabTo("id");
        browser.driver().switchTo().activeElement().sendKeys("by-keyboard");
        tabTo("save");
        press(Keys.ENTER);
        browser.awaitText("Saved.");
        assertThat(Files.readString(DemoConsole.flow("by-keyboard"))).contains("kamelet:customerly-create-lead-sink");
    }

    @Test
    void anyStepIsReachedAtAnyTimeAndShowsItsChoice() {
        browser.open("/flows/new").check("steps-source");
        assertThat(steps.state("source")).isEqualTo("Inbox");
        assertThat(steps.state("vendor")).isEqualTo("To do");
        steps.go("configure");
        browser.awaitText("Choose an endpoint to see its settings.").check("steps-nothing-chosen");
        steps.go("vendor");
        browser.check("steps-vendor");
        steps.go("endpoint");
        browser.check("steps-endpoint");
        steps.endpoint("salesloft-upsert-person-sink");
        assertThat(steps.state("vendor")).isEqualTo("Salesloft · default");
        assertThat(steps.state("endpoint")).isEqualTo("Upsert a Person");
        steps.go("source").go("vendor");
        assertThat(browser.find("#vendor-Salesloft").isSelected()).isTrue();
        browser.driver().navigate().refresh();
        browser.awaitText("This browser kept unsaved edits");
        assertThat(steps.current()).isEqualTo("vendor");
        browser.press("Restore");
        await().atMost(PATIENCE).until(() -> steps.state("endpoint").equals("Upsert a Person"));
        assertThat(browser.find("#card-salesloft-upsert-person-sink").isSelected()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"People-ai, people-ai-push-call-activity-sink", "Customerly, customerly-create-user-sink",
            "Salesloft, salesloft-create-account-sink"})
    void eachVendorHasItsEndpointsAndCredentials(String vendor, String template) {
        browser.open("/flows/new#vendor").awaitText("Which vendor receives them?");
        steps.choose("vendor-" + vendor, "vendor");
        browser.find("#sink-credential");
        assertThat(browser.attribute("#new-credential", "href")).startsWith("/credentials?new=");
        steps.go("endpoint");
        assertThat(browser.driver().executeScript("return [...new Set([...document.querySelectorAll('#endpoints li')]"
                + ".filter(each => each.offsetParent).map(each => each.dataset.card))].length")).isEqualTo(1L);
        steps.choose("card-" + template, "endpoint").go("configure");
        browser.awaitText("for the records").find("#sink-maxInFlight");
    }

    @Test
    void whatIsNoVendorIsAmongTheOtherDestinations() {
        browser.open("/flows/new");
        steps.go("vendor");
        assertThat(browser.text("ul[aria-labelledby=other-destinations]")).contains("Record File", "Kafka Records",
                "Lookup Store", "one message to a Kafka topic").doesNotContain("1 endpoint", "Delivery", "Salesloft");
        steps.choose("vendor-Kafka", "vendor");
        assertThat(steps.state("vendor")).isEqualTo("Kafka Records");
        browser.check("steps-other-destinations");
    }

    @Test
    void aManualRequestIsATabOfTheVendor() throws Exception {
        browser.open("/flows/new#vendor").awaitText("Which vendor receives them?");
        steps.choose("vendor-Customerly", "vendor").go("endpoint");
        browser.press("Manual request").awaitText("Manual request: any endpoint").check("steps-manual");
        steps.choose("card-customerly-request-sink", "endpoint").go("configure");
        browser.find("#id").sendKeys("by-hand-made");
        browser.find("#sink-url").sendKeys("/leads");
        browser.awaitText("1 request for the records");
        browser.press("Save").awaitText("Saved.");
        assertThat(Files.readString(DemoConsole.flow("by-hand-made"))).contains("kamelet:customerly-request-sink",
                "url: /leads");
    }

    @Test
    void mistakesAreMarkedAtTheirStepUntilTheyAreMended() {
        browser.open("/flows/new?source=kafka-records-source&template=people-ai-request-sink");
        browser.awaitText("Preview").find("#id").sendKeys("marked");
        browser.press("Save").awaitText("Nothing was saved.").awaitText("Topic: ");
        assertThat(steps.state("source")).isEqualTo("1 field is wrong");
        assertThat(steps.state("configure")).isEqualTo("1 field is wrong");
        browser.check("steps-mistakes");

        browser.press("Topic");
        assertThat(steps.current()).isEqualTo("source");
        assertThat(focus()).isEqualTo("source-topic");
        browser.find("#source-topic").sendKeys("calls");
        await().atMost(PATIENCE).until(() -> steps.state("source").equals("Kafka Records"));
        assertThat(steps.state("configure")).isEqualTo("1 field is wrong");
        steps.go("configure");
        browser.find("#sink-url").sendKeys("/x");
        browser.awaitNoText("Nothing was saved.");
        browser.press("Save").awaitText("Saved.");
    }

    @Test
    void aFlowIsEditedInTheSameSteps() throws Exception {
        Files.writeString(DemoConsole.flow("stepped"), """
                - route:
                    id: stepped
                    autoStartup: false
                    from:
                      uri: kamelet:inbox-source
                      parameters:
                        flow: stepped
                      steps:
                        - to:
                            uri: kamelet:people-ai-push-call-activity-sink
                """);
        await("the flow").atMost(PATIENCE).until(() -> get("/api/flows").contains("\"stepped\""));
        browser.open("/flows/stepped/edit").awaitText("1 request for the records").check("steps-edit");
        assertThat(steps.current()).isEqualTo("configure");
        assertThat(steps.state("endpoint")).isEqualTo("Push Single Call Activity");
        steps.endpoint("people-ai-push-email-activity-sink");
        browser.press("Save").awaitText("Saved.");
        assertThat(Files.readString(DemoConsole.flow("stepped"))).contains("kamelet:people-ai-push-email-activity-sink");
    }

    @Test
    void eachEndpointIsFoundByItsName() throws Exception {
        List<String> names = new ArrayList<>();
        List<String> titles = new ArrayList<>();
        for (JsonNode each : new ObjectMapper().readTree(get("/api/templates"))) {
            boolean isEndpoint = each.get("type").asText().equals("sink") && each.at("/schema/properties").has("credential")
                    && !each.get("name").asText().endsWith("-request-sink");
            if (isEndpoint) {
                names.add(each.get("name").asText());
                titles.add(each.get("title").asText());
            }
        }
        assertThat(names).hasSizeGreaterThanOrEqualTo(66);
        browser.open("/flows/new#endpoint").awaitText("Which endpoint receives the records?");
        Object missed = browser.driver().executeScript("""
                const [names, titles] = arguments, field = document.getElementById('find-endpoint');
                return names.filter((name, i) => {
                  field.value = titles[i];
                  field.dispatchEvent(new Event('input', {bubbles: true}));
                  return !document.getElementById('card-' + name)?.offsetParent;
                });""", names, titles);
        assertThat(missed).isEqualTo(List.of());
    }

    /** Goes on from field to field as far as this one. */
    private static void tabTo(String id) {
        for (int i = 0; i < MOST_TABS && !focus().equals(id); i++) {
            press(Keys.TAB);
        }
        assertThat(focus()).isEqualTo(id);
    }

    private static void press(Keys key) {
        WebElement active = browser.driver().switchTo().activeElement();
        active.sendKeys(key);
    }

    private static String focus() {
        return (String) browser.driver().executeScript("return document.activeElement.id");
    }

    private static String get(String path) throws Exception {
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + program.port()
                + path)).build(), BodyHandlers.ofString()).body();
    }
}
