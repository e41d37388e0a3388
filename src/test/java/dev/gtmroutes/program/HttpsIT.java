// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

import dev.gtmroutes.FreePort;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The console, the API and the intake over HTTPS, and so over HTTP/2, which browsers choose there. */
class HttpsIT {

    private static final String OPERATOR = "long-operator-password";
    private static final String BASIC = "Basic " + Base64.getEncoder()
            .encodeToString(("operator:" + OPERATOR).getBytes(StandardCharsets.UTF_8));

    @TempDir
    static Path directory;

    @TempDir
    static Path keys;

    private static Program program;
    private static String console;
    private static HttpClient client;

    @BeforeAll
    static void start() throws Exception {
        PrivateAuthority authority = new PrivateAuthority(keys);
        int port = FreePort.next();
        console = "https://127.0.0.1:" + port;
        program = Program.in(directory).recorded().env("QUARKUS_HTTP_HOST", "0.0.0.0")
                .env("QUARKUS_HTTP_SSL_PORT", String.valueOf(port)).env("QUARKUS_HTTP_INSECURE_REQUESTS", "disabled")
                .env("QUARKUS_HTTP_SSL_CERTIFICATE_KEY_STORE_FILE", keys.resolve("server.p12").toString())
                .env("QUARKUS_HTTP_SSL_CERTIFICATE_KEY_STORE_PASSWORD", PrivateAuthority.PASSWORD)
                .env("GTM_CONSOLE_OPERATOR_PASSWORD", OPERATOR).env("GTM_INTAKE_TOKENS_CALLS", "some-token")
                .env("PEOPLE_AI_API_KEY", "unused").start().awaitStarted();
        client = HttpClient.newBuilder().version(Version.HTTP_2).sslContext(trusting(authority.certificate())).build();
    }

    @AfterAll
    static void stop() throws InterruptedException {
        program.close();
        assertThat(program.output()).noneMatch(each -> each.contains(OPERATOR) || each.contains("without encryption")
                || each.contains("Exception"));
    }

    private static SSLContext trusting(Path certificate) throws Exception {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        try (InputStream file = Files.newInputStream(certificate)) {
            trusted.setCertificateEntry("authority", CertificateFactory.getInstance("X.509").generateCertificate(file));
        }
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }

    private static HttpResponse<String> send(String method, String path, BodyPublisher body, String... headers)
            throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(console + path)).method(method, body)
                .timeout(Duration.ofSeconds(20));
        if (headers.length > 0) {
            request.headers(headers);
        }
        HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
        assertThat(response.version()).isEqualTo(Version.HTTP_2);
        return response;
    }

    /** A body whose length the client does not know. */
    private static BodyPublisher lengthless(String text) {
        return BodyPublishers.fromPublisher(BodyPublishers.ofString(text));
    }

    @Test
    void aHandshakeThatArrivesByteByByteHasALimitedTime() throws Exception {
        try (Socket socket = new Socket("127.0.0.1", URI.create(console).getPort())) {
            socket.getOutputStream().write(new byte[] {0x16, 3, 1, 2});
            await().atMost(Duration.ofSeconds(30)).until(() -> {
                try {
                    socket.getOutputStream().write(0);
                    return false;
                } catch (SocketException e) {
                    return true;
                }
            });
        }
        assertThat(send("GET", "/login", BodyPublishers.noBody()).statusCode()).isEqualTo(200);
    }

    @Test
    void requestsWithoutABodyNeedNoLength() throws Exception {
        BodyPublisher none = BodyPublishers.noBody();
        assertThat(send("GET", "/api/flows", none, "Authorization", BASIC).statusCode()).isEqualTo(200);
        assertThat(send("HEAD", "/api/flows", none, "Authorization", BASIC).statusCode()).isEqualTo(200);
        assertThat(send("GET", "/login", none).body()).contains("Log in");
        for (int i = 0; i < 3; i++) {
            assertThat(send("POST", "/api/flows/calls/pause", none, "Authorization", BASIC).body())
                    .contains("\"state\":\"paused");
            assertThat(send("POST", "/api/flows/calls/activate", BodyPublishers.ofString(""), "Authorization", BASIC).body())
                    .contains("\"state\":\"active");
        }
        assertThat(send("DELETE", "/api/flows/unknown", none, "Authorization", BASIC).statusCode()).isEqualTo(404);
        assertThat(send("POST", "/login", none).statusCode()).isEqualTo(415);
        assertThat(send("PUT", "/api/flows/unknown", none, "Authorization", BASIC, "Content-Type", "text/yaml")
                .statusCode()).isBetween(400, 499);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/login", "/api/flows", "/flows/calls/pause"})
    void aBodyWithoutALengthIsRefused(String path) throws Exception {
        HttpResponse<String> refused = send("POST", path, lengthless("name=" + "x".repeat(3_000_000)), "Authorization",
                BASIC, "Content-Type", "application/x-www-form-urlencoded");
        assertThat(refused.statusCode()).isEqualTo(411);
        assertThat(send("GET", "/api/flows", BodyPublishers.noBody(), "Authorization", BASIC).statusCode())
                .isEqualTo(200);
    }

    @Test
    void aFlowIsSavedAndDeletedByTheApi() throws Exception {
        String flow = """
                {"id": "calls-2", "source": "inbox-source", "sourceParameters": {"flow": "calls-2"},
                "template": "people-ai-push-batch-call-activities-sink"}""";
        HttpResponse<String> created = send("POST", "/api/flows", BodyPublishers.ofString(flow), "Authorization", BASIC,
                "Content-Type", "application/json");
        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
        assertThat(send("POST", "/intake/calls", lengthless("{\"a\": 1}\n"), "Authorization", "Bearer some-token",
                "Content-Type", "application/x-ndjson").statusCode()).isEqualTo(202);
        assertThat(send("DELETE", "/api/flows/calls-2", BodyPublishers.noBody(), "Authorization", BASIC).statusCode())
                .isEqualTo(204);
    }

    @Test
    void aPersonLogsInAndSavesAFlow() {
        try (Browser browser = new Browser(console)) {
            browser.open("/flows").find("option[value=operator]").click();
            browser.find("input[type=password]").sendKeys(OPERATOR);
            browser.press("Log in").awaitText("Push Batch Call Activities");
            assertThat(browser.driver().executeScript(
                    "return performance.getEntriesByType('navigation')[0].nextHopProtocol")).isEqualTo("h2");
            assertThat(browser.driver().manage().getCookieNamed("quarkus-credential").isSecure()).isTrue();

            browser.press("Actions for calls").press("Pause calls").awaitText("Flow calls paused.")
                    .press("Actions for calls").press("Activate calls").awaitText("Flow calls activated.");
            browser.open("/flows/calls/edit").find("#description").clear();
            browser.find("#description").sendKeys("Described over HTTPS");
            browser.press("Save").awaitText("Saved.");
            browser.open("/requests").awaitText("Waiting for requests");
            browser.open("/flows/calls").awaitText("Described over HTTPS").press("Log out operator").awaitText("Password");
        }
        assertThat(program.resolve("routes/flows")).isDirectoryRecursivelyContaining(
                file -> file.toFile().isFile() && text(file).contains("Described over HTTPS"));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
