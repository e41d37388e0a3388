// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gtmroutes.program.Endpoints.Endpoint;
import dev.gtmroutes.sandbox.Sandbox;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Cookie;
import org.openqa.selenium.WebElement;

/** Who gets in where others reach the program: with no, a wrong or a viewer's credential, and from other sites. */
class AccessIT {

    private static final String KEY = "access-key-58d2";
    private static final String OPERATOR = "an operator's pässword";
    private static final String VIEWER = "a viewer's one";
    private static final String TOKEN = "calls-token-91b7";
    private static final String SETTING = "s3tting-of-a-flow";
    private static final String AS_OPERATOR = basic("operator", OPERATOR);
    private static final String AS_VIEWER = basic("viewer", VIEWER);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @TempDir
    static Path directory;

    private static Sandbox sandbox;
    private static Program program;
    private static RawHttp raw;

    @BeforeAll
    static void start() throws Exception {
        sandbox = Sandbox.start(0).accept("people-ai", KEY);
        program = Program.in(directory).recorded().env("QUARKUS_HTTP_HOST", "0.0.0.0")
                .env("GTM_CONSOLE_OPERATOR_PASSWORD", OPERATOR).env("GTM_CONSOLE_VIEWER_PASSWORD", VIEWER)
                .env("GTM_INTAKE_TOKENS_CALLS", TOKEN).env("FLOW_TOKEN", SETTING).env("PEOPLE_AI_API_KEY", KEY)
                .env("PEOPLE_AI_BASE_URL", sandbox.baseUrl("people-ai")).start().awaitStarted();
        raw = new RawHttp(program.port());
    }

    @AfterAll
    static void stop() throws InterruptedException {
        program.close();
        sandbox.close();
        assertThat(program.output()).noneMatch(each -> each.contains(OPERATOR) || each.contains(VIEWER)
                || each.contains(TOKEN) || each.contains(SETTING) || each.contains("temporary key"));
    }

    private static String basic(String name, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((name + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    private record Answer(int status, Map<String, List<String>> headers, String body) {

        String header(String name) {
            return headers.entrySet().stream().filter(each -> each.getKey().equalsIgnoreCase(name))
                    .map(each -> each.getValue().get(0)).findFirst().orElse("");
        }
    }

    private static Answer send(Endpoint endpoint, String authorization, String... headers) throws Exception {
        return send(endpoint.method(), endpoint.path(), authorization, headers);
    }

    /** Reads the beginning of the answer: one that tells of what happens has no end. */
    private static Answer send(String method, String path, String authorization, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + program.port() + path))
                .method(method, BodyPublishers.noBody());
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        HttpResponse<InputStream> response = CLIENT.send(request.build(), BodyHandlers.ofInputStream());
        try (InputStream body = response.body()) {
            String type = response.headers().firstValue("Content-Type").orElse("");
            return new Answer(response.statusCode(), response.headers().map(), type.startsWith("text/event-stream") ? ""
                    : new String(body.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private static void assertProblem(Answer answer, int status, Object what) throws IOException {
        assertThat(answer.status()).as("%s", what).isEqualTo(status);
        assertThat(answer.header("Content-Type")).as("%s", what).startsWith("application/problem+json");
        JsonNode problem = JSON.readTree(answer.body());
        assertThat(problem.path("status").asInt()).isEqualTo(status);
        assertThat(problem.path("title").asText()).isNotBlank();
        assertThat(problem.path("detail").asText()).endsWith(".").doesNotContain("Exception")
                .doesNotContainPattern("HTTP \\d");
    }

    @Test
    void theApiWantsAPasswordAndAnOperatorForChanges() throws Exception {
        List<Endpoint> api = Endpoints.all().stream().filter(Endpoint::isApi).toList();
        assertThat(api).hasSizeGreaterThan(4);
        for (Endpoint each : api) {
            assertProblem(send(each, null), 401, each);
            Answer wrong = send(each, basic("operator", VIEWER));
            assertProblem(wrong, 401, each);
            assertThat(wrong.header("WWW-Authenticate")).startsWith("Basic");
            assertProblem(send(each, "Bearer " + TOKEN), 401, each);
            // So that the program forgets the wrong password.
            assertThat(send("GET", "/api/flows", AS_OPERATOR).status()).isEqualTo(200);
            Answer viewers = send(each, AS_VIEWER);
            if (each.reads() && !each.isForOperators()) {
                assertThat(viewers.status()).as("%s", each).isNotIn(401, 403, 500);
                assertThat(send(each, AS_OPERATOR).status()).as("%s", each).isEqualTo(viewers.status());
            } else {
                assertProblem(viewers, 403, each);
            }
        }
    }

    @Test
    void pagesWantALogInAndAnOperatorForChanges() throws Exception {
        List<Endpoint> pages = Endpoints.all().stream()
                .filter(each -> !each.isApi() && !each.isIntake() && !each.isOpen()).toList();
        assertThat(pages).hasSizeGreaterThan(4);
        for (Endpoint each : pages) {
            Answer nobodys = send(each, null, "Accept", "text/html");
            assertThat(nobodys.status()).as("%s", each).isEqualTo(302);
            assertThat(nobodys.header("Location")).as("%s", each).endsWith("/login");
            assertThat(send(each, basic("operator", "guessed")).status()).as("%s", each).isEqualTo(401);
            assertThat(send("GET", "/api/flows", AS_OPERATOR).status()).isEqualTo(200);
            Answer viewers = send(each, AS_VIEWER, "Accept", "text/html");
            if (each.reads() && !each.isForOperators()) {
                assertThat(viewers.status()).as("%s", each).isNotIn(302, 401, 403, 500);
            } else {
                assertThat(viewers.status()).as("%s", each).isEqualTo(403);
                assertThat(viewers.body()).contains(each.isForOperators() ? "Only operators can read the audit log"
                        : "The user viewer can only read");
            }
            assertThat(viewers.header("Content-Security-Policy")).as("%s", each).contains("default-src 'none'")
                    .contains("frame-ancestors 'none'").doesNotContain("unsafe");
            assertThat(viewers.header("X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(viewers.header("Cache-Control")).as("%s", each).isEqualTo("no-store");
        }
    }

    @Test
    void theApiIsDescribed() throws Exception {
        assertProblem(send("GET", "/q/openapi", null), 401, "the description");
        JsonNode api = JSON.readTree(send("GET", "/q/openapi?format=json", AS_VIEWER).body());
        Set<String> described = new TreeSet<>();
        api.path("paths").fields().forEachRemaining(path -> path.getValue().fields().forEachRemaining(operation -> {
            described.add(operation.getKey().toUpperCase() + " " + Endpoints.fill(path.getKey()));
            String name = operation.getKey() + " " + path.getKey();
            assertThat(operation.getValue().path("summary").asText()).as("what %s does", name).isNotBlank();
            assertThat(operation.getValue().path("security")).as("what %s wants", name).isNotEmpty();
            assertThat(operation.getValue().at("/responses/default/content/application~1problem+json/schema/$ref")
                    .asText()).as("errors of %s", name).endsWith("/Problem");
        }));

        assertThat(described).isEqualTo(Endpoints.all().stream().filter(each -> each.isApi() || each.isIntake())
                .map(Endpoint::toString).collect(Collectors.toCollection(TreeSet::new)));
    }

    @Test
    void errorsOfTheFrameworkAreProblems() throws Exception {
        assertProblem(send("GET", "/api/nothing", AS_VIEWER), 404, "an unknown path");
        assertProblem(send("PUT", "/api/flows", AS_OPERATOR), 405, "an unknown method");
        assertProblem(send("PROPFIND", "/api/flows", AS_OPERATOR), 405, "an odd method");
        assertProblem(send("GET", "/api/flows", AS_VIEWER, "Accept", "image/png"), 406, "an unknown form");
        assertProblem(send("GET", "/nothing", AS_VIEWER), 404, "an unknown page, for a program");
        Answer page = send("GET", "/nothing", AS_VIEWER, "Accept", "text/html");
        assertThat(page.status()).isEqualTo(404);
        assertThat(page.body()).contains("<h1>Not Found</h1>");
    }

    @Test
    void aViewerSeesNoSecretOfAFlowHoweverItIsWritten() throws Exception {
        Files.writeString(directory.resolve("routes/flows/spelled.yaml"), """
                # s3cr3t
                - route:
                    id: spelled
                    from:
                      uri: kamelet:inbox-source?apiKey=s3cr3t
                      parameters:
                        flow: spelled
                        "apiKey": 's3cr3t 1'
                        accessToken: |-
                          s3cr3t
                      steps:
                        - to:
                            uri: kamelet:people-ai-request-sink
                            parameters: {url: &a s3cr3t-2, responseWebhook: *a, requestHeaders: "X:RAW(1&s3cr3t)"}
                """);
        Files.writeString(directory.resolve("routes/flows/unread.yaml"), "- route: {id: unread, apiKey: s3cr3t");
        await().atMost(Duration.ofSeconds(30)).until(() -> send("GET", "/api/flows", AS_VIEWER).body()
                .contains("\"unread\""));
        for (String flow : List.of("spelled", "unread")) {
            for (String type : List.of("text/yaml", "application/json", "text/html")) {
                String path = type.equals("text/html") ? "/flows/" : "/api/flows/";
                Answer shown = send("GET", path + flow + (path.equals("/flows/") ? "/edit" : ""), AS_VIEWER, "Accept", type);
                assertThat(shown.status()).as(path + flow).isEqualTo(200);
                assertThat(shown.body()).as(path + flow).isNotEmpty().doesNotContain("s3cr3t");
            }
        }
        assertThat(send("GET", "/api/flows", AS_VIEWER).body()).doesNotContain("s3cr3t");
        assertThat(send("GET", "/api/flows/spelled", AS_OPERATOR, "Accept", "text/yaml").body()).contains("s3cr3t");
    }

    @Test
    void aViewerSeesNoQueryAndNoHeaderOfARequest() throws Exception {
        Files.writeString(directory.resolve("routes/flows/queried.yaml"), """
                - route:
                    id: queried
                    autoStartup: true
                    from:
                      uri: kamelet:inbox-source
                      parameters: {flow: queried, quiet: 0s}
                      steps:
                        - to:
                            uri: kamelet:people-ai-request-sink
                            parameters: {url: "/echo?note=qu3ry", requestHeaders: "X-Team:he4der"}
                """);
        await().atMost(Duration.ofSeconds(30)).until(() -> send("GET", "/api/flows", AS_VIEWER).body()
                .contains("\"queried\""));
        Path inbox = Files.createDirectories(directory.resolve("data/inbox/queried"));
        Files.writeString(inbox.resolve("a.ndjson"), "{\"n\":1}\n");
        await().atMost(Duration.ofSeconds(30)).until(() -> send("GET", "/api/requests?flow=queried", AS_OPERATOR).body()
                .contains("/echo?note=qu3ry"));
        int number = JSON.readTree(send("GET", "/api/requests?flow=queried", AS_VIEWER).body()).at("/0/number").asInt();
        for (String each : List.of("/api/requests", "/requests", "/flows/queried/requests?open=" + number)) {
            assertThat(send("GET", each, AS_VIEWER).body()).as(each).contains("/echo?***").doesNotContain("qu3ry");
            assertThat(send("GET", each, AS_OPERATOR).body()).as(each).contains("/echo?note=qu3ry");
        }
        String opened = "/flows/queried/requests?open=" + number;
        assertThat(send("GET", opened, AS_VIEWER).body()).contains("X-Team", "application/json").doesNotContain("he4der");
        assertThat(send("GET", opened, AS_OPERATOR).body()).contains("X-Team", "he4der");
        assertThat(send("GET", "/requests?search=note%3Dqu3ry", AS_VIEWER).body()).doesNotContain("/echo");
        assertThat(send("GET", "/requests?search=note%3Dqu3ry", AS_OPERATOR).body()).contains("/echo?note=qu3ry");
    }

    /** An operator may write a flow with any setting, but not read its value; viewers see why a flow has failed. */
    @Test
    void aSettingThatDoesNotFitIsNotTold() throws Exception {
        String flow = """
                - route:
                    id: peek
                    from:
                      uri: kamelet:inbox-source
                      parameters: {flow: peek}
                      steps:
                        - to:
                            uri: kamelet:people-ai-push-call-activity-sink
                            parameters: {maxInFlight: "{{flow.token}}"}
                """;
        HttpResponse<String> refused = CLIENT.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + program.port() + "/api/flows/peek"))
                        .header("Authorization", AS_OPERATOR).header("Content-Type", "text/yaml")
                        .PUT(BodyPublishers.ofString(flow)).build(),
                BodyHandlers.ofString());
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("maxInFlight", "flow.token").doesNotContain(SETTING);

        Files.writeString(directory.resolve("routes/flows/peek.yaml"), flow);
        await().atMost(Duration.ofSeconds(30)).until(() -> send("GET", "/api/flows", AS_VIEWER).body()
                .contains("the value of the setting flow.token is not valid"));
        for (String each : List.of("/api/flows", "/q/health", "/flows")) {
            assertThat(send("GET", each, AS_VIEWER).body()).as(each).doesNotContain(SETTING);
        }
    }

    @Test
    void aFlowTakesRecordsWithItsTokenOnly() throws Exception {
        String[] type = {"Content-Type", "application/json"};
        assertProblem(send("POST", "/intake/calls", null, type), 401, "no token");
        assertProblem(send("POST", "/intake/calls", "Bearer wrong", type), 401, "a wrong token");
        assertProblem(send("POST", "/intake/calls", AS_OPERATOR, type), 401, "a password");
        assertProblem(send("POST", "/intake/calls", "Bearer " + TOKEN, type), 400, "an empty body, but the token");
        assertProblem(send("POST", "/intake/single-calls", "Bearer " + TOKEN, type), 403, "the token of another flow");
        assertProblem(send("POST", "/intake/unknown", null, type), 403, "a flow that there is not");
        assertThat(send("POST", "/intake/single-calls", null, type).body()).contains("GTM_INTAKE_TOKENS_SINGLE_CALLS");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Origin: http://evil.example", "Origin: null", "Sec-Fetch-Site: cross-site",
            "Sec-Fetch-Site: same-site"})
    void pagesOfOtherSitesChangeNothing(String header) throws IOException {
        for (String each : List.of("POST /flows/calls/pause", "POST /api/flows/calls/pause", "POST /intake/calls",
                "POST /login", "POST /logout")) {
            assertThat(raw.send("127.0.0.1", each, header, "Authorization: " + AS_OPERATOR, "Content-Length: 0"))
                    .as("%s with %s", each, header).startsWith("HTTP/1.1 403 ").contains("page of another site");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/intake/../api/flows", "//api/flows", "/%61pi/flows", "/api/flows;x=1",
            "/login/../api/flows", "/webjars/%2e%2e/api/flows", "/api/./flows", "/login/..;/api/flows",
            "/intake/..%2fapi/flows", "/API/flows", "/webjars/..%2f..%2f..%2fapplication.properties",
            "/api/flows/..%2f..%2f..%2fetc%2fpasswd", "/webjars/%5c..%5c..%5capplication.properties", "/flows;x",
            "/flows?x=a,b;c", "/x\"y"})
    void noOtherWayToWriteAPathGetsIn(String path) throws IOException {
        assertThat(raw.send("127.0.0.1", "GET " + path)).doesNotStartWith("HTTP/1.1 200")
                .doesNotContain("\"destinations\"", "gtm.routes", "root:");
        assertThat(raw.send("127.0.0.1", "POST " + path + "/calls/pause", "Content-Length: 0"))
                .doesNotStartWith("HTTP/1.1 200").doesNotContain("\"destinations\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"..%2f..%2fapplication", "%2e%2e%2fcalls", "..%5ccalls", ".calls", "calls%00",
            "calls%2f..%2fx"})
    void anIdCannotLeaveItsFolder(String id) throws IOException {
        String operator = "Authorization: " + AS_OPERATOR;
        assertThat(raw.send("127.0.0.1", "GET /api/flows/" + id, operator)).startsWith("HTTP/1.1 40");
        assertThat(raw.send("127.0.0.1", "POST /api/flows/" + id + "/pause", operator, "Content-Length: 0"))
                .startsWith("HTTP/1.1 40");
        assertThat(raw.send("127.0.0.1", "POST /intake/" + id, "Authorization: Bearer " + TOKEN,
                "Content-Type: application/json", "Content-Length: 0")).startsWith("HTTP/1.1 40");
    }

    @Test
    void bodiesHaveALimit() throws IOException {
        String operator = "Authorization: " + AS_OPERATOR;
        assertThat(raw.send("127.0.0.1", "POST /api/flows/calls/pause", operator, "Content-Length: 1048577",
                "Expect: 100-continue")).startsWith("HTTP/1.1 413 ");
        assertThat(raw.send("127.0.0.1", "POST /login", "Content-Type: application/x-www-form-urlencoded",
                "Content-Length: 99999999999999999999", "Expect: 100-continue")).startsWith("HTTP/1.1 4");
        assertThat(raw.send("127.0.0.1", "POST /flows/calls/pause", operator, "Transfer-Encoding: chunked",
                "Expect: 100-continue")).startsWith("HTTP/1.1 411 ");
    }

    @Test
    void whoGuessesHasToWait() throws IOException {
        String wrong = "Authorization: " + basic("operator", "guessed");
        for (int i = 0; i < 5; i++) {
            assertThat(raw.send("127.0.0.9", "GET /api/flows", wrong)).startsWith("HTTP/1.1 401 ");
        }
        for (String each : List.of("GET /api/flows", "GET /flows")) {
            assertThat(raw.send("127.0.0.9", each, "Authorization: " + AS_OPERATOR)).startsWith("HTTP/1.1 429 ")
                    .containsIgnoringCase("retry-after: ").contains("Too many failed log-ins");
        }
        assertThat(raw.sendForm("name=operator&password=guessed", "127.0.0.9", "/login"))
                .startsWith("HTTP/1.1 302 ").containsIgnoringCase("/login?failed=true");
        assertThat(raw.send("127.0.0.9", "GET /login?failed=true"))
                .containsPattern("Too many failed log-ins. Try again in \\d+ seconds");
        assertThat(raw.send("127.0.0.10", "GET /api/flows", "Authorization: " + AS_OPERATOR))
                .startsWith("HTTP/1.1 200 ");
    }

    @Test
    void aPersonLogsInAndOut() {
        try (Browser browser = new Browser("http://127.0.0.1:" + program.port())) {
            browser.open("/credentials").awaitText("Log in").check("login");
            logIn(browser, "viewer", OPERATOR);
            browser.awaitText("Wrong name or password.").check("login-failed");
            logIn(browser, "viewer", VIEWER);
            browser.awaitText("Credentials used to call each vendor").check("credentials-viewer");
            assertThat(browser.driver().findElements(By.cssSelector("main button"))).isEmpty();
            browser.open("/flows").awaitText("Push Batch Call Activities").check("flows-viewer");
            assertThat(browser.driver().findElements(By.cssSelector("#flow-rows input, main a[href='/flows/new']")))
                    .isEmpty();
            Cookie session = browser.driver().manage().getCookieNamed("quarkus-credential");
            assertThat(session.isHttpOnly()).isTrue();
            assertThat(session.getSameSite()).isEqualTo("Strict");

            browser.press("Log out viewer").awaitText("Log in");
            browser.driver().manage().addCookie(new Cookie(session.getName(), session.getValue()));
            browser.open("/flows").awaitText("Password");

            logIn(browser, "operator", OPERATOR);
            browser.awaitText("Push Batch Call Activities").press("Actions for calls").press("Pause calls")
                    .awaitText("Flow calls paused.");
        }
    }

    @Test
    void aSessionThatEndsTakesNothingAway() throws Exception {
        try (Browser browser = new Browser("http://127.0.0.1:" + program.port())) {
            browser.open("/flows/calls/edit").awaitText("Log in");
            logIn(browser, "operator", OPERATOR);
            browser.awaitText("for the records from");
            WebElement field = browser.find("#description");
            field.clear();
            field.sendKeys("Typed before the end");
            Cookie session = browser.driver().manage().getCookieNamed("quarkus-credential");
            assertThat(send("POST", "/logout", null, "Cookie", session.getName() + "=" + session.getValue(),
                    "Content-Type", "application/x-www-form-urlencoded").status()).isEqualTo(303);

            browser.awaitText("Your session has ended").awaitText("Log in again to continue").check("session-ended");
            logInAgain(browser, VIEWER);
            browser.awaitText("Wrong name or password.").press("Not now").press("Save")
                    .awaitText("Log in again to continue");
            logInAgain(browser, OPERATOR);
            browser.awaitText("You are logged in again");
            assertThat(field.getDomProperty("value")).isEqualTo("Typed before the end");
            browser.awaitText("for the records from").awaitText("Duplicate");
            browser.press("Save").awaitText("Saved.");
            assertThat(Files.readString(directory.resolve("routes/flows/calls.yaml"))).contains("Typed before the end");
        }
    }

    /** In the dialog over a page, as operator. */
    private static void logInAgain(Browser browser, String password) {
        browser.find("#log-in input[type=password]").sendKeys(password);
        browser.find("#log-in form button").click();
    }

    private static void logIn(Browser browser, String name, String password) {
        browser.find("option[value=" + name + "]").click();
        browser.find("input[type=password]").sendKeys(password);
        browser.press("Log in");
    }

    @Test
    void withoutAPasswordItDoesNotListenToOthers(@TempDir Path other) throws Exception {
        try (Program open = Program.in(other).env("QUARKUS_HTTP_HOST", "0.0.0.0")) {
            assertThat(open.start().awaitExit()).isNotZero();
            assertThat(open.output()).filteredOn(each -> each.contains("GTM_CONSOLE_OPERATOR_PASSWORD")).hasSize(1);
            assertThat(open.output())
                    .noneMatch(each -> each.matches("^\\s+at .*|.*(Caused by:|Exception in thread).*"));
        }
    }
}
