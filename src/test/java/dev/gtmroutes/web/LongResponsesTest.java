// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.gtmroutes.AppWithSandbox;
import dev.gtmroutes.DataDirectory;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

/** Clients that begin to read an export, and do not go on. */
@QuarkusTest
@QuarkusTestResource(AppWithSandbox.class)
class LongResponsesTest {

    private static final String EXPORT = "/dead-letters/export.csv?flow=unread";
    private static final int LETTERS = 20_000;
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @TestHTTPResource("/")
    URI program;

    DataDirectory data;

    @Test
    void theyLeaveThreadsToTheIntakeAndToOthers() throws Exception {
        Path letters = letters();
        List<Socket> clients = new ArrayList<>();
        try {
            for (int i = 0; i < LongResponses.MOST; i++) {
                clients.add(askWithoutReading());
            }
            await().atMost(SOON).until(() -> status(EXPORT) == 503);
            HttpResponse<String> refused = get(EXPORT);
            assertThat(refused.body()).contains("20 exports, as many as it sends at once. Try again when one of them");
            assertThat(refused.headers().firstValue("Retry-After")).contains("10");
            HttpRequest record = HttpRequest.newBuilder(program.resolve("/intake/calls"))
                    .header("Content-Type", "application/json").POST(BodyPublishers.ofString("{\"test\":\"unread\"}"))
                    .build();
            assertThat(CLIENT.send(record, BodyHandlers.discarding()).statusCode()).isEqualTo(202);
        } finally {
            for (Socket each : clients) {
                each.close();
            }
        }
        await().atMost(SOON).until(() -> status(EXPORT) == 200);
        Files.delete(letters);
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return CLIENT.send(HttpRequest.newBuilder(program.resolve(path)).build(), BodyHandlers.ofString());
    }

    private int status(String path) throws IOException, InterruptedException {
        return get(path).statusCode();
    }

    private Socket askWithoutReading() throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4096);
        socket.connect(new InetSocketAddress(program.getHost(), program.getPort()));
        socket.getOutputStream().write(("GET " + EXPORT + " HTTP/1.1\r\nHost: " + program.getAuthority() + "\r\n\r\n")
                .getBytes(UTF_8));
        return socket;
    }

    /** More than the system takes that nobody reads. */
    private Path letters() throws IOException {
        Path folder = Files.createDirectories(data.path().resolve("dead-letters/unread"));
        String letter = "{\"record\":{\"text\":\"" + "x".repeat(200) + "\"},\"state\":\"rejected\",\"reason\":\""
                + "y".repeat(200) + "\",\"status\":422,\"answer\":\"\",\"flow\":\"unread\",\"destination\":\"unread:to\","
                + "\"template\":\"people-ai-push-call-activity\",\"sourceFile\":\"x\",\"line\":1,"
                + "\"time\":\"2026-11-01T10:00:00Z\"}\n";
        return Files.writeString(folder.resolve("2026-11-01.ndjson"), letter.repeat(LETTERS));
    }
}
