package dev.gtmroutes.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Flows in a browser, on this machine where nobody has to log in: what they do, and their switch. */
@Tag("long")
class ConsoleFlowsIT {

    @TempDir
    static Path directory;

    private static Program program;
    private static Browser browser;

    @BeforeAll
    static void start() throws Exception {
        program = Program.in(directory).env("QUARKUS_PROFILE", "demo").env("GTM_SANDBOX_PORT",
                String.valueOf(Program.freePort())).start();
        program.awaitLine("Still running");
        browser = new Browser("http://127.0.0.1:" + program.port());
    }

    @AfterAll
    static void stop() throws InterruptedException {
        browser.close();
        program.close();
    }

    @Test
    void theyAreListedPausedAndActivated() {
        browser.open("/").awaitText("Call records to People.ai, 100 at a time").check("flows");
        assertThat(browser.find("tbody tr").getText()).contains("active", "249");

        browser.press("Pause calls").awaitText("paused by a person");
        browser.press("Activate calls").press("Pause calls");
        assertThat(program.output()).anyMatch(each -> each.contains("calls: paused, as asked for"));
    }
}
