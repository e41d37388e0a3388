// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.program;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Flows in a browser, on this machine where nobody has to log in: what they do, and their switch. */
@Tag("browser")
class ConsoleFlowsIT {

    private final Program program = DemoConsole.program();
    private final Browser browser = DemoConsole.browser();

    @Test
    void theyAreListedPausedAndActivated() {
        browser.open("/").awaitText("Call records to People.ai, 100 at a time").check("flows");
        assertThat(browser.text("#flow-calls")).contains("active", "249");

        browser.press("Pause calls").awaitText("paused by a person");
        browser.press("Activate calls").press("Pause calls");
        assertThat(program.output()).anyMatch(each -> each.contains("calls: paused on request"));
    }
}
