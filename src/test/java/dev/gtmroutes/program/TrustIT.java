// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Vendors, token endpoints and response webhooks behind a certificate that a private authority signed. */
class TrustIT {

    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    @TempDir
    Path keys;

    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private PrivateAuthority authority;
    private HttpsServer server;

    @BeforeEach
    void start() throws Exception {
        authority = new PrivateAuthority(keys);
        server = HttpsServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(authority.server()));
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
        byte[] body = "{\"access_token\": \"some-token\", \"expires_in\": 3600}".getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private String url(String path) {
        return "https://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    /** A flow to Salesloft with tokens from its token endpoint, whose responses go to a webhook. */
    private Program program() throws IOException {
        Program program = Program.in(directory).env("PEOPLE_AI_API_KEY", "unused")
                .env("SALESLOFT_BASE_URL", url("/salesloft/v2"))
                .env("SALESLOFT_CLIENT_ID", "some-client").env("SALESLOFT_CLIENT_SECRET", "some-secret")
                .env("SALESLOFT_REFRESH_TOKEN", "some-refresh-token").env("SALESLOFT_TOKEN_URL", url("/oauth/token"))
                .env("PEOPLE_WEBHOOK", url("/webhook"));
        Files.writeString(directory.resolve("routes/flows/people.yaml"), """
                - route:
                    id: people
                    from:
                      uri: kamelet:inbox-source
                      parameters: {flow: people}
                      steps:
                        - to:
                            uri: kamelet:salesloft-create-account-sink
                            parameters: {responseWebhook: "RAW({{people.webhook}})"}
                """);
        Path inbox = Files.createDirectories(directory.resolve("data/inbox/people"));
        Files.writeString(inbox.resolve("people.ndjson"), "{\"name\": \"Example\", \"domain\": \"example.com\"}\n");
        return program;
    }

    @Test
    void withoutTheAuthorityNothingIsSentAndTheLogSaysWhatToDo() throws Exception {
        try (Program program = program()) {
            program.start();
            await().atMost(LONG).until(() -> program.output().stream().anyMatch(line -> line.contains("people:")
                    && line.contains("the program trusts no authority that signed the certificate of the host")
                    && line.contains("-Djavax.net.ssl.trustStore=")));
            program.terminate();

            assertThat(requests).isEmpty();
            assertThat(program.output())
                    .noneMatch(line -> line.contains("some-secret") || line.contains("some-refresh-token"));
        }
    }

    @Test
    void withTheAuthorityInATrustStoreVendorTokensAndWebhookAreReached() throws Exception {
        authority.keytool("-importcert", "-noprompt", "-keystore", "trusted.p12", "-alias", "private", "-file",
                authority.certificate().toString());
        try (Program program = program().java("-Djavax.net.ssl.trustStore=" + keys.resolve("trusted.p12"))
                .java("-Djavax.net.ssl.trustStorePassword=" + PrivateAuthority.PASSWORD)) {
            program.start();
            await().atMost(LONG).until(() -> requests.stream().anyMatch(each -> each.equals("POST /webhook")));

            assertThat(requests).containsExactly("POST /oauth/token", "POST /salesloft/v2/accounts", "POST /webhook");
        }
    }
}
