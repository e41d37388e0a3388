// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import dev.gtmroutes.sandbox.Sandbox;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How much of requests and responses the page "Requests" keeps. */
class RequestBodiesIT {

    private static final String KEY = "bodies-key-71d0";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @TempDir
    Path directory;

    private static String get(Program program, String path) throws IOException, InterruptedException {
        URI address = URI.create("http://127.0.0.1:" + program.port() + path);
        return CLIENT.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString()).body();
    }

    /** The page with the first request open. */
    private String opened(String bodyBytes) throws Exception {
        Files.createDirectories(directory);
        try (Sandbox sandbox = Sandbox.start(0).accept("people-ai", KEY);
                Program program = Program.in(directory).env("PEOPLE_AI_API_KEY", KEY)
                        .env("PEOPLE_AI_BASE_URL", sandbox.baseUrl("people-ai")).env("GTM_REQUESTS_BODY_BYTES", bodyBytes)) {
            program.start().awaitStarted();
            Files.writeString(Files.createDirectories(directory.resolve("data/inbox/calls")).resolve("calls.ndjson"),
                    "{\"external_id\": \"kept-1\", \"subject\": \"Renewal\"}\n");
            await("the request").atMost(PATIENCE).until(() -> get(program, "/api/requests").contains("\"number\":1,"));
            return get(program, "/requests?open=1");
        }
    }

    @Test
    void noneAreKept() throws Exception {
        assertThat(opened("0")).contains("Requests and responses are not kept.", "gtm.requests.body-bytes", "Attempt 1: ")
                .doesNotContain("Renewal", "kept-1");
    }

    @Test
    void theBeginningIsKept() throws Exception {
        assertThat(opened("24")).contains("the first <data value=\"24\" data-number>24</data> are shown", "external_id")
                .doesNotContain("Renewal", KEY);
    }
}
