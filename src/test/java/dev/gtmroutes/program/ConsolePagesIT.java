// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.gtmroutes.program.Pictures.Look;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Cookie;

/**
 * Each page of the console and each of its states is readable on a desk and on a phone, in both themes; for people to look
 * at, see {@link Pictures}.
 */
@Tag("browser")
class ConsolePagesIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String SESSION = "quarkus-credential";
    private static final String CALL = "people-ai-push-call-activity-sink";

    private static OperationsConsole console;
    private static Browser browser;
    private static Pictures pictures;
    private static FormSteps steps;
    @TempDir
    private static Path folder;

    /** How a person comes to a page. */
    private interface Way {
        void go() throws Exception;
    }

    /** @param status of a response that the browser writes into its log for this page; 0 for none */
    private record Page(String name, String heading, int status, Way way) {

        Page(String name, String heading, Way way) {
            this(name, heading, 0, way);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    @BeforeAll
    static void start() throws Exception {
        console = new OperationsConsole();
        browser = new Browser("http://127.0.0.1:" + console.port());
        pictures = new Pictures(browser);
        steps = new FormSteps(browser);
        pictures.reset();
        // Before there is a record.
        browser.open("/").find("#login-password");
        pictures.take("log-in", "Log in", Look.ALL);
        logIn();
        browser.awaitText("No record delivered yet.");
        pictures.take("overview-empty", "Welcome to GTM Routes", Look.ALL);
        console.busy();
    }

    @AfterAll
    static void stop() throws Exception {
        browser.close();
        console.close();
        Pictures.index();
    }

    private static void logIn() {
        browser.find("#login-password").sendKeys(OperationsConsole.PASSWORD);
        browser.press("Log in");
    }

    static Stream<Page> pages() {
        return Stream.of(
                new Page("overview", "Overview", () -> open("/?period=1h", "Needs attention").find("#chart .uplot")),
                new Page("flows", "Flows", () -> open("/flows", "dialer-calls").awaitText("Failing since")),
                new Page("flows-selected", "Flows", () -> {
                    open("/flows", "Failing since").find("#flow-dialer-calls [name=flow]").click();
                    browser.find("#flow-crm-people [name=flow]").click();
                    browser.awaitText("2 flows selected");
                }),
                new Page("flow", "dialer-calls", () -> open("/flows/dialer-calls", "The inbox is empty.")),
                new Page("flow-failing", "crm-people", () -> open("/flows/crm-people", "Open the credentials")),
                new Page("flow-requests", "dialer-calls", () -> open("/flows/dialer-calls/requests", "422")),
                new Page("flow-history", "dialer-calls",
                        () -> open("/flows/dialer-calls/history", "calls-2026-11-29.ndjson")),
                new Page("flow-settings", "dialer-calls",
                        () -> open("/flows/dialer-calls/edit", "for the records from")),
                new Page("flow-versions", "versions", () -> versions()),
                new Page("flow-delete", "Delete dialer-calls?", () -> open("/flows/dialer-calls/delete", "Delete")),
                new Page("flow-duplicate", "Duplicate dialer-calls",
                        () -> open("/flows/dialer-calls/duplicate", "Duplicate")),
                new Page("form-source", "New flow", () -> open("/flows/new", "Where do the records come from?")),
                new Page("form-vendor", "New flow", () -> {
                    open("/flows/new#vendor", "Which vendor receives them?");
                    steps.choose("vendor-People-ai", "vendor");
                    browser.awaitText("Credential");
                }),
                new Page("form-endpoint", "New flow", () -> {
                    open("/flows/new?template=" + CALL + "#endpoint", "Which endpoint receives the records?");
                    browser.find("#find-endpoint").sendKeys("call");
                }),
                new Page("form-configure", "New flow",
                        () -> open("/flows/new?template=" + CALL + "#configure", "1 request for the records")),
                new Page("form-mistakes", "New flow", 422, () -> {
                    open("/flows/new?source=kafka-records-source&template=people-ai-request-sink", "Preview");
                    browser.press("Save").awaitText("Nothing was saved.");
                }),
                new Page("mapping", "call-history", () -> {
                    console.mapped("call-history");
                    open("/flows/call-history/edit", "Record 1: “1264” is a text.");
                }),
                new Page("payload-response", "New flow", () -> payload()),
                new Page("upload", "call-history", () -> upload()),
                new Page("requests", "Requests", () -> {
                    open("/requests?flow=dialer-calls", "422").find("[id^=toggle-]").click();
                    browser.find("[id^=opened-]");
                }),
                new Page("dead-letters", "Dead letters",
                        () -> open("/dead-letters", "no user of your organization").awaitText("Fields of the endpoint")),
                new Page("dead-letters-held", "Dead letters",
                        () -> open("/dead-letters?kind=held", "Customerly may have processed").awaitText("Headers")),
                new Page("dead-letters-replay", "Replay 4 records?",
                        () -> open("/dead-letters?flow=dialer-calls&kind=rejected",
                                "no user of your organization").press("Replay all 4").awaitText("Replay 4 records?")),
                new Page("exports", "Exports and lists", () -> open("/exports", "No progress")),
                new Page("credentials", "Credentials", () -> {
                    open("/credentials", "Credentials used").press("Test Salesloft apac");
                    browser.find("#salesloft-apac [data-state=refused]");
                }),
                new Page("credential-new", "New credential", () -> {
                    open("/credentials", "Credentials used").press("New credential");
                    browser.find("#credential-dialog[open] .dialog-foot");
                }),
                new Page("audit", "Audit", () -> open("/audit", "logged in")),
                new Page("conflict", "conflict", 412, () -> conflict()),
                new Page("unsaved-edits", "Leave without saving?", () -> {
                    open("/flows/dialer-calls/edit", "for the records from").find("#description").sendKeys(" and more");
                    browser.press("Credentials").awaitText("Leave without saving?");
                }),
                new Page("session-ended", "Your session has ended", 401, () -> {
                    open("/flows/dialer-calls/edit", "for the records from");
                    Cookie session = browser.driver().manage().getCookieNamed(SESSION);
                    console.endSession(SESSION + "=" + session.getValue());
                    browser.find("#description").sendKeys(" and more");
                    browser.awaitText("Log in again to continue");
                }),
                new Page("error", "Not Found", 404, () -> open("/flows/no-such-flow", "Go to the overview")));
    }

    /** Pages of each kind; {@code mvn verify -Dleft.out=none} looks at all of them. */
    private static Stream<Page> some() {
        List<Page> all = pages().toList();
        return IntStream.range(0, all.size()).filter(each -> each % 4 == 0).mapToObj(all::get);
    }

    @ParameterizedTest
    @MethodSource("some")
    void pagesAreReadableOnAPhone(Page page) throws Exception {
        check(page, List.of(Look.PHONE_DARK));
    }

    @Tag("long")
    @ParameterizedTest
    @MethodSource("pages")
    void eachPageIsReadableInEachLook(Page page) throws Exception {
        check(page, Look.ALL);
    }

    private static void check(Page page, List<Look> looks) throws Exception {
        pictures.reset();
        browser.open("/console.css");
        browser.driver().executeScript("sessionStorage.clear()");
        pictures.errors();
        page.way.go();
        pictures.take(page.name, page.heading, looks);
        assertThat(pictures.errors()).as("errors in the log of the browser")
                .filteredOn(each -> !each.contains("/favicon.ico"))
                .allMatch(each -> page.status > 0 && each.matches(".*(status of|Error Code) " + page.status + ".*"));
    }

    /** Logs in where the page before has ended the session. */
    private static Browser open(String path, String text) {
        browser.open(path);
        if (!browser.driver().findElements(By.id("login-password")).isEmpty()) {
            logIn();
        }
        return browser.awaitText(text);
    }

    private static void versions() throws Exception {
        console.mapped("versions");
        await("the first version").atMost(PATIENCE).until(() -> console.get("/api/flows").contains("\"versions\""));
        String first = console.file("versions");
        console.write("versions", first.replace("internal_note", "internal_note, guest_email"));
        await("a version").atMost(PATIENCE).until(() -> console.get("/api/flows/versions/versions").contains("file-change"));
        open("/flows/versions/versions", "A file change").press("Compare version 1")
                .awaitText("Only in the version");
    }

    private static void payload() {
        open("/flows/new?template=" + CALL, "1 request for the records").press("Edit payload of request 1");
        browser.find("#edit-0 form[data-made-ready]");
        browser.press("Send edited test of request 1").awaitText("Status 200");
    }

    private static void upload() throws Exception {
        console.mapped("call-history");
        open("/flows/call-history", "Drop a CSV, NDJSON or JSON file here.");
        browser.driver().executeScript("document.getElementById('upload-file').classList.remove('visually-hidden')");
        browser.find("#upload-file").sendKeys(Files.writeString(folder.resolve("calls.csv"),
                "call_id,topic,started_at,duration_s\ncall-1,Renewal,2026-12-01T08:52:00Z,120\n").toString());
        browser.awaitText("1 record found.");
        browser.driver().executeScript("document.getElementById('upload-file').classList.add('visually-hidden')");
    }

    private static void conflict() throws Exception {
        console.mapped("conflict");
        open("/flows/conflict/edit", "for the records from").find("#description").sendKeys(" of 2025");
        console.write("conflict", console.file("conflict").replace("the new dialer", "the move"));
        browser.press("Save").awaitText("The flow was saved while your form was open");
    }
}
