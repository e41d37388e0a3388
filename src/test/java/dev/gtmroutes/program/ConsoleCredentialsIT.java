// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

import dev.gtmroutes.DataDirectory;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.support.ui.Select;

/** Credentials in a browser, on this machine where nobody has to log in: they are tested, stored, replaced and deleted. */
@Tag("browser")
class ConsoleCredentialsIT {

    private static final String WRONG = DemoConsole.WRONG_TOKEN;
    private static final String TYPED = "typed-wr0ng-token-6f21";
    private static final Duration LONG = Duration.ofSeconds(40);

    private static final Program program = DemoConsole.program();
    private static final Browser browser = DemoConsole.browser();

    @BeforeAll
    static void flowsNeedThem() throws IOException {
        flow("leads", "acme");
        flow("vault-leads", "vault");
        Awaitility.await("the flows").atMost(LONG).until(() -> Stream.of("leads.yaml", "vault-leads")
                .allMatch(name -> program.output().stream().anyMatch(each -> each.contains(name.replace(".yaml", "")))));
    }

    private static void flow(String id, String credential) throws IOException {
        Files.writeString(DemoConsole.flow(id), """
                - route:
                    id: %s
                    description: Leads to Customerly
                    from:
                      uri: kamelet:inbox-source
                      parameters: {flow: %s}
                      steps:
                        - to:
                            uri: kamelet:customerly-create-lead-sink
                            parameters: {credential: %s}
                """.formatted(id, id, credential));
    }

    @AfterAll
    static void nothingWasLoggedOrWritten() throws IOException {
        assertThat(program.output()).noneMatch(each -> each.contains(WRONG) || each.contains(TYPED));
        try (Stream<Path> files = Files.walk(program.resolve("data"))) {
            for (Path each : files.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(each, StandardCharsets.ISO_8859_1)).as(each.toString()).doesNotContain(WRONG,
                        TYPED);
            }
        }
    }

    private static String row(String id) {
        return browser.text("#" + id);
    }

    private static void test(String credential) {
        browser.press("Test " + credential);
    }

    private static void state(String id, String state) {
        browser.find("#" + id + " [data-state='" + state + "']");
    }

    private static void type(String field, String value) {
        browser.find("#credential-dialog[open] fieldset:not([disabled]) [name='value." + field + "']").sendKeys(value);
    }

    private static void drop(String file) throws IOException {
        new DataDirectory(program.resolve("data/demo")).drop("vault-leads", file,
                "{\"email\":\"" + file + "@example.com\"}\n");
    }

    private static void delivered(String file) {
        program.awaitLine("vault-leads: " + file + ": 1 records read, 1 delivered");
    }

    @Test
    void theyAreListedAndTested() {
        browser.open("/credentials").awaitText("Credentials used to call each vendor").check("credentials");
        assertThat(row("people-ai-default")).contains("API key", "calls", "Settings", "(read-only)");
        assertThat(row("customerly-acme")).contains("Access token", "leads", "Settings");
        assertThat(row("customerly-default")).contains("No value", "Never");

        test("Customerly acme");
        browser.awaitText("Customerly accepted the credential");
        state("customerly-acme", "accepted");
        test("Salesloft default");
        browser.awaitText("The test failed: Salesloft refused");
        state("salesloft-default", "refused");
        test("People.ai default");
        state("people-ai-default", "accepted");
        test("People.ai Pull default");
        state("people-ai-pull-default", "accepted");
        browser.check("credentials-tested");
        assertThat(row("salesloft-default")).doesNotContain("status 401").contains("Refused (401)",
                "Salesloft refused the credential “default” (401)");
        assertThat(browser.driver().getPageSource()).doesNotContain(WRONG, "sandbox-token", "sandbox-secret");
    }

    @Test
    void whatAVendorAnswersIsShownAsText() throws Exception {
        String evil = "<script>document.title='got in'</script><img src=x onerror='document.title=1'>{{7*7}}";
        DemoConsole.misbehave(
                "{\"times\": 1, \"endpoint\": \"customerly-tags\", \"status\": 503, \"body\": \"" + evil + "\"}");
        browser.open("/credentials");
        test("Customerly acme");
        state("customerly-acme", "test-failed");

        assertThat(row("customerly-acme")).contains(evil).contains("status 503");
        assertThat(browser.driver().getTitle()).isEqualTo("Credentials – GTM Routes");
        test("Customerly acme");
        state("customerly-acme", "accepted");
    }

    /** From a flow that cannot start to delivered records, without a restart; and what happens to it afterwards. */
    @Test
    void aFlowGoesOnWithACredentialThatIsTypedIn() throws Exception {
        drop("first.ndjson");
        browser.open("/credentials?new=customerly").find("#credential-dialog[open]");
        browser.check("credentials-new");
        browser.find("#credential-name").sendKeys(Keys.chord(Keys.CONTROL, "a"), "vault");
        type("access-token", TYPED);
        assertThat(browser.attribute("#credential-dialog fieldset:not([disabled]) input", "type")).isEqualTo("password");
        browser.press("Show the value: Access token").find("#credential-dialog fieldset:not([disabled]) input[type=text]");
        browser.press("Test").awaitText("Customerly refused the credential (500): the access token is missing or wrong.");
        assertThat(row("customerly-vault")).contains("No value");

        browser.find("#credential-dialog fieldset:not([disabled]) input").clear();
        type("access-token", "sandbox-token");
        browser.press("Test").awaitText("Customerly accepted the credential");
        browser.press("Save credential").awaitText("saved");
        delivered("first.ndjson");
        state("customerly-vault", "accepted");
        assertThat(row("customerly-vault")).contains("Console", "vault-leads");
        assertThat(browser.driver().getPageSource()).doesNotContain(TYPED, "sandbox-token");

        replace(TYPED, "Replace credential");
        drop("second.ndjson");
        state("customerly-vault", "refused");
        browser.open("/flows/vault-leads").press("Replace the credential").find("#credential-dialog[open]");
        assertThat(browser.text("#credential-title")).isEqualTo("Replace the Customerly credential “vault”");
        browser.check("credentials-replace");
        type("access-token", "sandbox-token");
        browser.press("Replace and continue vault-leads").awaitText("replaced");
        delivered("second.ndjson");

        browser.press("Delete Customerly vault").awaitText("The flow vault-leads uses it.").press("Delete credential")
                .awaitText("deleted");
        state("customerly-vault", "no-value");
        drop("third.ndjson");
        program.awaitLine("vault-leads: paused, so its records wait: there is no token for the credential "
                + "customerly-vault");
        browser.open("/credentials").press("Add value Customerly vault").find("#credential-dialog[open]");
        type("access-token", "sandbox-token");
        browser.press("Save and continue vault-leads").awaitText("saved");
        delivered("third.ndjson");
        assertThat(browser.open("/flows/vault-leads/edit").find("option[value=vault]").getDomProperty("textContent").strip())
                .isEqualTo("vault (accepted)");
    }

    private static void replace(String value, String verb) {
        browser.press("Replace Customerly vault").find("#credential-dialog[open]");
        type("access-token", value);
        browser.press(verb).awaitText("replaced");
    }

    @Test
    void mistakesAreToldInTheDialog() {
        browser.open("/credentials").press("New credential").find("#credential-dialog[open]");
        new Select(browser.find("#credential-vendor")).selectByVisibleText("People.ai");
        type("api-key", TYPED);
        browser.press("Save credential").awaitText("This credential is read-only here.");
        browser.find("#credential-name").sendKeys(Keys.chord(Keys.CONTROL, "a"), "not a name");
        browser.press("Save credential").awaitText("Enter a name of letters, digits");

        new Select(browser.find("#credential-vendor")).selectByVisibleText("Salesloft");
        new Select(browser.find("#credential-kind-salesloft")).selectByVisibleText("Refresh token");
        browser.awaitText("A test uses up a refresh token");
        assertThat(browser.find("#credential-test").isDisplayed()).isFalse();
        browser.press("Cancel");
        Awaitility.await("an empty dialog").atMost(Duration.ofSeconds(20))
                .until(() -> browser.driver().findElements(By.cssSelector("#credential-dialog input")).isEmpty());
    }

    /** Nothing but keys: open, fill in, test, leave. */
    @Test
    void theDialogWorksByKeyboard() {
        browser.open("/credentials").awaitText("New credential");
        browser.find("[data-credential='/credentials/dialog']").sendKeys(Keys.ENTER);
        browser.find("#credential-dialog[open]");
        assertThat(browser.driver().switchTo().activeElement().getDomAttribute("id")).isEqualTo("credential-vendor");
        browser.driver().switchTo().activeElement().sendKeys(Keys.ESCAPE);
        Awaitility.await().atMost(LONG).until(() -> browser.driver().findElements(By.cssSelector("#credential-dialog[open]"))
                .isEmpty());
        assertThat(browser.driver().switchTo().activeElement().getText()).isEqualTo("New credential");
    }

    /** A site whose name suddenly means this machine: the browser takes its pages and ours for the same site. */
    @Test
    void noOtherNameOfThisMachineGetsIn() throws Exception {
        RawHttp raw = new RawHttp(program.port());
        for (String each : new String[] {"GET /flows", "GET /api/flows", "POST /intake/calls", "GET /q/openapi"}) {
            assertThat(raw.send("127.0.0.1", each, "Host: evil.example:" + program.port(), "Content-Length: 0"))
                    .as(each).startsWith("HTTP/1.1 403 ");
        }
        assertThat(raw.send("127.0.0.1", "GET /api/flows")).startsWith("HTTP/1.1 200 ");
        assertThat(raw.send("127.0.0.1", "GET /api/flows", "Host: 127.0.0.1.evil.example")).startsWith("HTTP/1.1 403 ");
    }
}
