// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Credentials in a browser, on this machine where nobody has to log in: which are set, and whether they work. */
@Tag("browser")
class ConsoleCredentialsIT {

    private static final String WRONG = DemoConsole.WRONG_TOKEN;

    private static final Program program = DemoConsole.program();
    private static final Browser browser = DemoConsole.browser();

    @BeforeAll
    static void aFlowNeedsOne() throws IOException {
        Files.writeString(DemoConsole.flow("leads"), """
                - route:
                    id: leads
                    description: Leads to Customerly
                    from:
                      uri: kamelet:inbox-source
                      parameters: {flow: leads}
                      steps:
                        - to:
                            uri: kamelet:customerly-create-lead-sink
                            parameters: {credential: acme}
                """);
        Awaitility.await("the flow").until(() -> program.output().stream().anyMatch(each -> each.contains("leads")));
    }

    @AfterAll
    static void nothingWasLogged() {
        assertThat(program.output()).noneMatch(each -> each.contains(WRONG));
    }

    private static String row(String id) {
        return browser.text("#" + id);
    }

    private static void test(String credential) {
        browser.press("Test connection of " + credential);
    }

    @Test
    void theyAreListedAndTested() {
        browser.open("/credentials").awaitText("Credentials used to call each vendor").check("credentials");
        assertThat(row("people-ai-default"))
                .contains("people-ai.api-key set", "people-ai.access-token not set", "calls");
        assertThat(row("customerly-acme")).contains("customerly.acme.access-token set", "leads");
        assertThat(row("customerly-default")).contains("customerly.access-token not set", "no flow");

        test("Customerly acme");
        browser.find("#customerly-acme .state.active");
        test("Salesloft default");
        browser.find("#salesloft-default .state.failed");
        test("People.ai default");
        browser.find("#people-ai-default .state.active");
        test("People.ai Pull default");
        browser.find("#people-ai-pull-default .state.active");
        browser.check("credentials-tested");
        assertThat(row("salesloft-default")).contains("does not work",
                "Salesloft refused the credential salesloft-default", "responded with 401");
        assertThat(browser.driver().getPageSource()).doesNotContain(WRONG, "sandbox-token", "sandbox-secret");
    }

    @Test
    void whatAVendorAnswersIsShownAsText() throws Exception {
        String evil = "<script>document.title='got in'</script><img src=x onerror='document.title=1'>{{7*7}}";
        DemoConsole.misbehave(
                "{\"times\": 1, \"endpoint\": \"customerly-tags\", \"status\": 503, \"body\": \"" + evil + "\"}");
        browser.open("/credentials");
        test("Customerly acme");
        browser.find("#customerly-acme .state.failed");

        assertThat(row("customerly-acme")).contains(evil).contains("status 503");
        assertThat(browser.driver().getTitle()).isEqualTo("Credentials – GTM Routes");
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
