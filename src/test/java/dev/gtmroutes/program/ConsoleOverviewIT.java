// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import dev.gtmroutes.FreePort;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;

/** The first page, in programs of its own: what other tests leave behind would be on it. */
@Tag("browser")
class ConsoleOverviewIT {

    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final HttpClient CLIENT = HttpClient.newBuilder().version(Version.HTTP_1_1).build();
    private static final String CALL = """
            {"external_id": "%s", "subject": "Renewal", "direction": "inbound", "timestamp": 1793607420, "duration": 60,
            "participants": [{"name": "A", "email": "a@example.com"}, {"name": "B", "email": "b@example.com"}]}""";

    @TempDir
    Path directory;

    private final int sandboxPort = FreePort.next();
    private Program program;

    @Test
    void aFreshStartLeadsToAFirstDeliveredRecord() throws Exception {
        try (Program fresh = withSandbox(); Browser browser = new Browser("http://127.0.0.1:" + fresh.port())) {
            browser.open("/").awaitText("Welcome to GTM Routes").awaitText("No record delivered yet.").check("welcome");
            assertThat(browser.text("#welcome dl")).contains("People.ai", "Customerly", "Salesloft", "Sandbox");
            assertThat(Files.exists(fresh.resolve("routes/flows/sample-calls.yaml"))).isFalse();

            browser.press("Activate sample-calls").awaitText("Active. The flow is waiting for records.");
            browser.press("Send sample record").awaitText("1 record delivered").awaitText("Response 200")
                    .check("welcome-done");
            assertThat(browser.text("#first-body")).contains("/activities/call/_bulk", "sample-call-1");
            assertThat(sandboxGet("/sandbox/summary")).contains("\"accepted\":1");

            browser.press("Go to the overview").awaitText("Needs attention").awaitText("Nothing needs you now.");
            await("the tile").atMost(PATIENCE).until(() -> browser.text("#tile-delivered .v").equals("1"));
            assertThat(browser.text("#flow-count")).contains("3 flows").contains("1 healthy");
            browser.find("#chart .uplot");
            browser.check("overview").press("30 d").awaitText("Records delivered per day");
            browser.find("#chart .uplot");
            assertThat(send("GET", url("/overview/throughput?period=1h"), "").body())
                    .contains("\"unit\":\"records per minute\"");
        }
    }

    @Test
    void withoutASandboxTheStepsLeadToAFlowOfOnesOwn() throws Exception {
        try (Program fresh = start("gtm.sandbox.enabled=false"); Browser browser = new Browser("http://127.0.0.1:"
                + fresh.port())) {
            browser.open("/").awaitText("Three steps lead to your first delivered record.").check("welcome-own");
            assertThat(browser.text("#welcome dl")).contains("api.people.ai");
            // The flow that comes with the program has no credential.
            assertThat(browser.text("#attention-setup-calls")).contains("The People.ai credential has no value.");
            HttpResponse<String> refused = send("POST", url("/overview/first-record/activate"), "");
            assertThat(refused.statusCode()).isEqualTo(409);
            assertThat(refused.body()).contains("only sent to the sandbox");
            assertThat(Files.exists(fresh.resolve("routes/flows/sample-calls.yaml"))).isFalse();

            browser.press("New flow");
            await("the form").atMost(PATIENCE).until(() -> browser.driver().getCurrentUrl().contains("/flows/new"));
        }
    }

    @Test
    @Tag("long")
    void whatNeedsAPersonIsShownWithItsRemedyAndGoesWhenItIsMended() throws Exception {
        try (Program running = withSandbox(); Browser browser = new Browser("http://127.0.0.1:" + running.port())) {
            flow("crm", "salesloft-create-person-sink", "");
            flow("dialer", "people-ai-push-call-activity-sink", "");
            flow("trials", "salesloft-create-cadence-membership-sink", "");
            flow("bad", "people-ai-push-call-activity-sink", "");
            flow("leads", "customerly-create-lead-sink", "");
            misbehave("salesloft-create-person", "\"status\": 401");
            misbehave("salesloft-create-cadence-membership", "\"close\": \"after\"");
            sandbox("PUT", "/sandbox/exports?queuedMs=0&runningMs=0&fragments=20&bytesPerSecond=100", "");
            export();
            take("crm", "{\"email_address\": \"a@example.com\", \"first_name\": \"A\"}");
            take("trials", "{\"person_id\": 552013, \"cadence_id\": 712}");
            take("leads", "{\"email\": \"a@example.com\"}");
            take("bad", "{not json");
            await("a dead letter").atMost(PATIENCE)
                    .until(() -> send("GET", url("/api/dead-letters"), "").body().contains("\"bad\""));
            misbehave("people-ai-push-call-activity", "\"status\": 503");
            take("dialer", CALL.formatted("call-2"));

            browser.open("/").awaitText("Needs attention");
            shows(browser, "failing-crm", "Failing", "waiting; no record is lost", "View credential");
            shows(browser, "retrying-dialer", "Retrying", "503", "View requests");
            shows(browser, "held-trials", "Held", "Salesloft may have processed 1 record", "Review 1 record");
            shows(browser, "late-march", "Late", "job", "View export");
            shows(browser, "rejected", "Rejected", "1 dead letter", "Review reasons");
            shows(browser, "setup-leads", "Needs setup", "The Customerly credential has no value.", "Add credential");
            assertThat(browser.driver().findElements(By.cssSelector(".attn li .chip")).get(0).getText())
                    .isEqualTo("Failing");
            browser.check("overview-attention");
            // They follow in a page that stays open.
            await("the badges").atMost(PATIENCE).untilAsserted(() -> assertThat(
                    browser.text("nav[aria-label=Pages]").replaceAll("\\s+", " ")).contains("Dead letters 2 open",
                            "Exports 1 late"));

            browser.press("Review 1 record of trials");
            await("the remedy").atMost(PATIENCE)
                    .until(() -> browser.driver().getCurrentUrl().contains("/dead-letters?flow=trials&kind=held"));
            browser.awaitText("trials");
            leads(browser, "failing-crm", "/credentials#salesloft-default");
            leads(browser, "retrying-dialer", "/requests?flow=dialer");
            leads(browser, "held-trials", "/dead-letters?flow=trials&kind=held");
            leads(browser, "late-march", "/exports");
            leads(browser, "rejected", "/dead-letters?flow=bad&kind=rejected");
            leads(browser, "setup-leads", "/credentials?new=customerly");

            browser.open("/").awaitText("Needs attention");
            browser.driver().executeScript("window.isTheSamePage = true; document.querySelector('#period-30d').focus()");
            sandbox("DELETE", "/sandbox/misbehave", "");
            sandbox("PUT", "/sandbox/exports?bytesPerSecond=0", "");
            discard("bad");
            discard("trials");
            flow("leads", "customerly-create-lead-sink", "credential: acme");
            for (String each : new String[] {"failing-crm", "retrying-dialer", "held-trials", "late-march", "rejected",
                    "setup-leads"}) {
                // A download that began at 100 bytes a second ends at that pace.
                await(each + " is gone").atMost(Duration.ofMinutes(3)).until(
                        () -> browser.driver().findElements(By.id("attention-" + each)).isEmpty());
            }
            browser.awaitText("Nothing needs you now.");
            assertThat(browser.driver().executeScript("return window.isTheSamePage")).isEqualTo(true);
            assertThat(browser.driver().switchTo().activeElement().getDomAttribute("id")).isEqualTo("period-30d");
            assertThat(browser.driver().getPageSource()).doesNotContain("sandbox-token", "sandbox-key");
        }
    }

    private static void shows(Browser browser, String item, String... texts) {
        await(item).atMost(PATIENCE).ignoreExceptions()
                .untilAsserted(() -> assertThat(browser.text("#attention-" + item)).contains(texts));
    }

    private void leads(Browser browser, String item, String address) throws Exception {
        browser.open("/").awaitText("Needs attention").find("#attention-" + item + "-remedy");
        assertThat(browser.attribute("#attention-" + item + "-remedy", "href")).isEqualTo(address);
        assertThat(send("GET", url(address), "").statusCode()).as(address).isEqualTo(200);
    }

    private Program withSandbox() throws IOException {
        return start(SandboxSettings.of(sandboxPort) + "customerly.acme.access-token=sandbox-token");
    }

    private Program start(String settings) throws IOException {
        program = Program.in(directory).env("GTM_SANDBOX_PORT", String.valueOf(sandboxPort));
        Files.writeString(program.resolve("application.properties"), settings + "\ngtm.inbox.quiet=0s\n");
        return program.start().awaitStarted();
    }

    private void flow(String id, String template, String parameters) throws IOException {
        Files.writeString(program.resolve("routes/flows/" + id + ".yaml"), """
                - route:
                    id: %1$s
                    from:
                      uri: kamelet:inbox-source
                      parameters: {flow: %1$s}
                      steps:
                        - to:
                            uri: kamelet:%2$s
                            parameters: {%3$s}
                """.formatted(id, template, parameters));
    }

    private void export() throws IOException {
        Files.writeString(program.resolve("routes/flows/march.yaml"), """
                - route:
                    id: march
                    from:
                      uri: kamelet:people-ai-export-activities-source
                      parameters: {startDate: "2025-03-01", endDate: "2025-03-10", period: 500, parallelFragments: 1,
                                   jobPatience: 1s}
                      steps:
                        - to:
                            uri: kamelet:record-file-sink
                            parameters: {directory: data/march}
                """);
    }

    /** As soon as the program knows the flow. */
    private void take(String flow, String body) {
        await("the intake of " + flow).atMost(PATIENCE)
                .until(() -> send("POST", url("/intake/" + flow), body).statusCode() == 202);
    }

    private void discard(String flow) throws Exception {
        String page = send("GET", url("/api/dead-letters?flow=" + flow), "").body();
        String id = page.replaceAll("(?s).*?\"id\"\\s*:\\s*\"([^\"]+)\".*", "$1");
        assertThat(send("POST", url("/api/dead-letters/" + flow + "/discard"), "{\"ids\": [\"" + id + "\"]}").body())
                .contains("1");
    }

    private void misbehave(String endpoint, String how) throws Exception {
        sandbox("POST", "/sandbox/misbehave", "{\"times\": -1, \"endpoint\": \"%s\", %s}".formatted(endpoint, how));
    }

    private String sandboxGet(String path) throws Exception {
        return send("GET", "http://127.0.0.1:" + sandboxPort + path, "").body();
    }

    private void sandbox(String method, String path, String body) throws Exception {
        assertThat(send(method, "http://127.0.0.1:" + sandboxPort + path, body).statusCode()).isLessThan(300);
    }

    private String url(String path) {
        return "http://127.0.0.1:" + program.port() + path;
    }

    private static HttpResponse<String> send(String method, String url, String body)
            throws IOException, InterruptedException {
        return CLIENT.send(HttpRequest.newBuilder(URI.create(url)).header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
    }
}
