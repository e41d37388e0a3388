// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.support.ui.Select;

/** In a browser: attributes are picked, and the mapping is a table and a text at the same time. */
@Tag("browser")
class ConsoleMappingIT {

    private static final HttpClient CLIENT = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final String SINK = "people-ai-push-batch-call-activities-sink";
    private static final String CALLS = """
            call_id,topic,started_at,duration_s,host_email,guest_email,internal_note,agent_phone
            call-20418,Renewal check-in,2026-12-01T08:52:00Z,1264,rep14@acme.example,it@fernhill.example,,0301
            call-20419,Pricing questions,2026-12-01T09:05:05Z,418,rep02@acme.example,ops@oakridge.example,,
            """;

    private static final Program program = DemoConsole.program();
    private static final Browser browser = DemoConsole.browser();

    /** A paused flow with a file of calls in its inbox, opened for an edit. */
    private static void open(String flow, String parameters) throws Exception {
        Files.writeString(DemoConsole.flow(flow), """
                - route:
                    id: %s
                    autoStartup: false
                    from:
                      uri: kamelet:inbox-source
                      parameters: {flow: %s}
                      steps:
                        - to:
                            uri: kamelet:%s
                            parameters:
                              credential: default
                """.formatted(flow, flow, SINK) + parameters.indent(14));
        Path waiting = program.resolve("data/demo/inbox/" + flow + "/calls.csv");
        Files.createDirectories(waiting.getParent());
        Files.writeString(waiting, CALLS);
        Awaitility.await("the flow").atMost(Duration.ofSeconds(30))
                .until(() -> get(program.port(), "/api/flows").contains('"' + flow + '"'));
        browser.open("/flows/" + flow + "/edit");
        browser.find("#mapping-rows");
        browser.find("#source-attributes option[value=call_id]");
    }

    @Test
    void aMappingIsMadeByPickingWithTheKeyboardAlone() throws Exception {
        open("picked", "mapOthers: \"false\"");
        browser.awaitText("No fields are mapped.").check("mapping-empty");
        add("external_id", "call_i");
        add("subject", "topic");
        add("timestamp", "started");
        add("duration", "dur");
        add("participants[].email", "host");
        assertThat(text()).isEqualTo("external_id = {call_id}\nsubject = {topic}\ntimestamp = {started_at}\n"
                + "duration = {duration_s}\nparticipants[].email = {host_email}");
        awaitCell("external_id", "call-20418");

        browser.awaitText("Record 1: “1264” is a text.");
        assertThat(browser.attribute("[aria-label=duration].map-row", "class")).contains("bad");
        browser.check("mapping-wrong-type");
        enter("[aria-label=duration] [data-fix]");
        enter("[aria-label=timestamp] [data-fix]");
        browser.awaitNoText("is a text");
        awaitText("timestamp = {started_at:epoch}\nduration = {duration_s:number}");
        awaitCell("timestamp", "1796115120");

        enter("#mapping-add");
        awaitFocus("New target field");
        keys("participants[].role" + Keys.ENTER);
        awaitFocus("Attribute for participants[].role");
        enter("[aria-label='participants[].role'] .kind");
        keys(Keys.ARROW_DOWN, Keys.ARROW_DOWN, Keys.ENTER);
        awaitFocus("Constant for participants[].role");
        keys("host" + Keys.ENTER);
        awaitCell("participants[].role", "host");
        String expected = """
                external_id = {call_id}
                subject = {topic}
                timestamp = {started_at:epoch}
                duration = {duration_s:number}
                participants[].email = {host_email}
                participants[].role = host""";
        assertThat(text()).isEqualTo(expected);
        browser.awaitText("6 of 10 target fields are mapped").check("mapping-table");

        browser.press("Save").awaitText("Saved.");
        assertThat(Files.readString(DemoConsole.flow("picked"))).contains("map: |-\n" + expected.indent(16).stripTrailing());
        browser.press("Save and activate").awaitText("Saved. The flow runs with it.");
        Awaitility.await().atMost(Duration.ofSeconds(40))
                .until(() -> get(program.port(), "/api/flows/picked").contains("\"delivered\":2"));
        assertThat(get(DemoConsole.sandbox(), "/sandbox/requests").replace("\\\"", "\"")).contains(
                "{\"external_id\":\"call-20418\",\"subject\":\"Renewal check-in\",\"timestamp\":1796115120,"
                        + "\"duration\":1264,\"participants\":[{\"email\":\"rep14@acme.example\",\"role\":\"host\"}]}");
    }

    @Test
    void whatAnExpressionCanDoIsSaidBesideIt() throws Exception {
        open("helped", "map: \"duration = {duration_s|number}\"");
        browser.awaitText("to convert, write {duration_s:number}").awaitText("Use {duration_s:number}");
        assertThat(browser.attribute("[aria-label=duration].map-row", "class")).doesNotContain("bad");
        browser.awaitText("The names of attributes are those of the records from calls.csv, which remains in the inbox.");
        browser.find("#mapping-help summary").click();
        browser.awaitText("{minutes:number*60}").check("mapping-help");
        enter("[aria-label=duration] [data-fix]");
        awaitText("duration = {duration_s:number}");
    }

    @Test
    void tableAndTextAreTheSameMapping() throws Exception {
        open("two-forms", """
                map: |
                  # Calls of the dialer

                  external_id   =  {call_id}
                  duration = {duration_s:numbr}
                  subject = Call about {topic|nothing}
                  account.domain = "fernhill.example\"""");
        String before = text();
        browser.awaitText("'numbr' is not a type: did you mean number?");
        enter("[aria-label=duration] [data-fix]");
        awaitText("duration = {duration_s:number}\n");
        assertThat(text()).isEqualTo(before.replace("numbr", "number"));
        awaitCell("subject", "Call about Renewal check-in");

        pick("Attribute for external_id", "topic");
        awaitText("external_id   =  {topic}\n");
        browser.press("Text");
        type("#sink-map", text().strip().replace("{topic|nothing}", "{topic|none}") + "\nnot a line");
        browser.press("Table").awaitText("Write = between");
        assertThat(browser.find("[aria-label=subject] input").getDomProperty("value")).isEqualTo("Call about {topic|none}");
        browser.press("Remove line 7").awaitText("Line 7 removed.");
        browser.press("Undo").awaitText("Write = between");
        browser.press("Remove line 7").press("Remove external_id").awaitText("external_id removed.");
        awaitText("# Calls of the dialer\n\nduration");

        menu("subject", "Move up");
        awaitText("subject = Call about {topic|none}\nduration = {duration_s:number}\naccount.domain");
        type("[aria-label='account.domain'] input", "a {b} \"c\"");
        awaitText("account.domain = \"a \\u007bb} \\\"c\\\"\"");
        menu("subject", "Attribute");
        awaitFocus("Attribute for subject");
        keys("guest_n" + Keys.ARROW_DOWN + Keys.ENTER);
        awaitText("subject = {guest_n}");
        browser.awaitText("No sample record has the attribute guest_n.");
        browser.press("Save").awaitText("Saved.");
        assertThat(Files.readString(DemoConsole.flow("two-forms"))).contains("""
                              map: |-
                                # Calls of the dialer

                                subject = {guest_n}
                                duration = {duration_s:number}
                                account.domain = "a \\u007bb} \\"c\\""
                """);
    }

    @Test
    void whatIsTypedSurvivesAChangeOfTheForm() throws Exception {
        open("morphed", "map: |\n  subject = {topic}\nexcludeAttributes: \"internal_note, agent_phone\"");
        awaitCell("subject", "Renewal check-in");
        open("Attribute for subject");
        keys("dur");
        browser.driver().executeAsyncScript("""
                const done = arguments[0];
                document.getElementById('mapping-table-rows').setAttribute('data-seen', 'x');
                htmx.ajax('POST', '/flows/form', {source: '#flow-form', target: '#flow-parts', select: '#flow-parts',
                  swap: 'morph'}).then(() => setTimeout(done, 300));""");
        assertThat(browser.driver().switchTo().activeElement().getDomProperty("value")).isEqualTo("dur");
        keys(Keys.ENTER);
        awaitText("subject = {duration_s}");
        keys(Keys.TAB);
        assertThat(browser.find("#sink-excludeAttributes").getDomProperty("value")).isEqualTo("internal_note, agent_phone");
    }

    @Test
    void severalAttributesArePickedAsText() throws Exception {
        open("excluded", "excludeAttributes: \"internal_note, agent_phone\"");
        assertThat(browser.driver().findElements(By.cssSelector(".item .remove[href]"))).isEmpty();
        open("Exclude Attributes");
        keys("guest" + Keys.ENTER + "not_in_the_sample" + Keys.ENTER + Keys.ESCAPE);
        assertThat(browser.find("#sink-excludeAttributes").getDomProperty("value"))
                .isEqualTo("internal_note,agent_phone,guest_email,not_in_the_sample");
        browser.press("Remove agent_phone");
        browser.press("Save").awaitText("Saved.");
        assertThat(Files.readString(DemoConsole.flow("excluded")))
                .contains("excludeAttributes: \"internal_note,guest_email,not_in_the_sample\"");
        browser.check("pickers");
    }

    @Test
    void aBraceOpensTheAttributesOfAnAddress() {
        browser.open("/flows/new?template=people-ai-request-sink#configure");
        browser.find("#mapping-rows");
        new Select(browser.find("#sample")).selectByValue("pasted");
        browser.find("#pasted");
        type("#pasted", "{\"call_id\": 1, \"owner\": {\"id\": 7}}");
        browser.find("#source-attributes option[value='owner.id']");
        WebElement url = browser.find("#sink-url");
        url.sendKeys("/notes/{");
        browser.find("#variable-list li");
        assertThat(url.getDomAttribute("aria-expanded")).isEqualTo("true");
        url.sendKeys("own" + Keys.ARROW_DOWN + Keys.ENTER);
        assertThat(url.getDomProperty("value")).isEqualTo("/notes/{owner.id}");
        url.sendKeys("/{cal" + Keys.TAB);
        assertThat(url.getDomProperty("value")).isEqualTo("/notes/{owner.id}/{call_id}");
    }

    /** By keys, from the button on. */
    private static void add(String target, String attribute) {
        enter("#mapping-add");
        awaitFocus("New target field");
        keys(target + Keys.ENTER);
        awaitFocus("Attribute for " + target);
        // At once, as somebody types who knows the name.
        keys(attribute + Keys.ENTER);
        awaitText(target + " = {" + attribute);
    }

    private static void pick(String control, String attribute) {
        open(control);
        keys(attribute + Keys.ENTER);
    }

    /** Clicks into a picker. */
    private static void open(String label) {
        WebElement picker = browser.find(".ts-wrapper:has(input[aria-label='" + label + "']) .ts-control");
        browser.driver().executeScript("arguments[0].scrollIntoView({block: 'center'})", picker);
        // Beside what is picked already: a click on it selects it.
        new Actions(browser.driver()).moveToElement(picker, picker.getSize().getWidth() / 2 - 4, 0).click().perform();
        awaitFocus(label);
    }

    private static void menu(String target, String entry) {
        WebElement button = browser.find("[aria-label='" + target + "'].map-row .kind");
        browser.driver().executeScript("arguments[0].scrollIntoView({block: 'center'})", button);
        button.click();
        Awaitility.await().until(() -> browser.driver()
                .findElements(By.cssSelector("[aria-label='" + target + "'].map-row .dropdown-menu.show")).size() == 1);
        browser.press(entry);
    }

    private static void enter(String css) {
        browser.find(css).sendKeys(Keys.ENTER);
    }

    private static void keys(CharSequence... keys) {
        browser.driver().switchTo().activeElement().sendKeys(keys);
    }

    private static void type(String css, String text) {
        WebElement field = browser.find(css);
        field.clear();
        field.sendKeys(text);
    }

    private static void awaitFocus(String label) {
        Awaitility.await("focus on " + label).atMost(Duration.ofSeconds(20)).until(() -> label.equals(browser.driver()
                .executeScript("return document.activeElement.getAttribute('aria-label')")));
    }

    private static String text() {
        return browser.find("#sink-map").getDomProperty("value");
    }

    private static void awaitText(String part) {
        Awaitility.await(part).atMost(Duration.ofSeconds(20)).until(() -> text().contains(part));
    }

    private static void awaitCell(String target, String value) {
        Awaitility.await(target + ": " + value).atMost(Duration.ofSeconds(20)).until(() -> value.equals(browser.driver()
                .executeScript("return document.querySelector(\"[aria-label='\" + arguments[0] + \"'].map-row .sample\")"
                        + "?.textContent", target)));
    }

    private static String get(int port, String path) throws IOException, InterruptedException {
        return CLIENT.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
                BodyHandlers.ofString()).body();
    }
}
