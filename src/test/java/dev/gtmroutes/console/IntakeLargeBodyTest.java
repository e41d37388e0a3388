// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.util.concurrent.CompletableFuture;

import dev.gtmroutes.AppWithSandbox;
import dev.gtmroutes.record.read.RecordSize;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bodies that are large, or larger than allowed. */
@QuarkusTest
@QuarkusTestResource(AppWithSandbox.class)
class IntakeLargeBodyTest extends IntakeSender {

    @Test
    void aLargeBodyIsStreamedToItsOwnFile() throws Exception {
        PipedOutputStream out = new PipedOutputStream();
        PipedInputStream in = new PipedInputStream(out, 1 << 16);
        HttpRequest request = HttpRequest.newBuilder(intake.resolve("large")).header("Content-Type", "application/jsonl")
                .POST(BodyPublishers.ofInputStream(() -> in)).build();
        CompletableFuture<HttpResponse<String>> answer = CLIENT.sendAsync(request, BodyHandlers.ofString());

        writeMebibytes(out, 25);
        // The disk has it while the sender is still sending: it is not gathered in memory first.
        await().untilAsserted(() -> assertThat(inbox.size("large")).isGreaterThan(24L << 20));
        assertThat(inbox.visible("large")).isEmpty();
        writeMebibytes(out, 25);
        out.close();

        assertThat(answer.join().statusCode()).isEqualTo(202);
        assertThat(JSON.readTree(answer.join().body()).get("bytes").asLong()).isEqualTo(50L << 20);
        assertThat(inbox.visible("large")).singleElement().satisfies(file -> {
            assertThat(file.getFileName().toString()).matches("intake-\\d{8}T\\d{9}Z-\\d{6}\\.ndjson");
            assertThat(Files.size(file)).isEqualTo(50L << 20);
        });
        assertThat(inbox.size("large")).isEqualTo(50L << 20);
    }

    @Test
    void aBodyThatSaysItIsTooLargeIsRefusedUnread() throws Exception {
        try (Socket socket = connect()) {
            send(socket, "POST /intake/broken HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                    + "Content-Length: " + (AppWithSandbox.MAX_BODY + 1) + "\r\n\r\n");
            assertThat(answerOf(socket)).startsWith("HTTP/1.1 413 ").contains("application/problem+json");
        }
        assertThat(inbox.everything("broken")).isEmpty();
    }

    @Test
    void aBodyThatGrowsTooLargeIsRefused() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(intake.resolve("broken")).header("Content-Type", "text/csv")
                .POST(BodyPublishers.ofInputStream(() -> new Repeated(MEBIBYTE, AppWithSandbox.MAX_BODY + 1L))).build();
        assertProblem(CLIENT.send(request, BodyHandlers.ofString()), 413, String.valueOf(AppWithSandbox.MAX_BODY));
        assertThat(inbox.everything("broken")).isEmpty();
    }

    @Test
    void theLimitCountsUnpackedBytes() throws Exception {
        byte[] bomb = gzip(new Repeated(MEBIBYTE, AppWithSandbox.MAX_BODY + 1L).readAllBytes());
        assertThat(bomb.length).isLessThan(1 << 20);
        assertProblem(postBytes("broken", "gzip", bomb), 413, "bytes");
        assertThat(inbox.everything("broken")).isEmpty();
    }

    /** Longer than gtm.max-record-bytes in the form that each type has, behind a record that is not. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            application/json     | [{"id":1},{"id":"   | "},{"id":3}]
            application/x-ndjson | {"id":1}^{"id":"    | "}^{"id":3}^
            text/csv             | id,note^1,a^2,      | ^3,b^
            """)
    void aRecordThatIsTooLongIsRefusedAndNothingOfItsBodyIsTaken(String type, String before, String behind)
            throws Exception {
        String body = before.replace('^', '\n') + "x".repeat(RecordSize.DEFAULT.bytes()) + behind.replace('^', '\n');

        assertProblem(post("broken", type, body), 413,
                "A record in the body is longer than 16 MB, the maximum that gtm.max-record-bytes allows. Nothing of this "
                        + "request was saved");

        assertThat(inbox.everything("broken")).isEmpty();
        assertThat(inbox.hidden("broken")).isEmpty();
        assertThat(post("forms", type, before.replace('^', '\n') + "x" + behind.replace('^', '\n')).statusCode())
                .as("the same with a short record").isEqualTo(202);
    }

    @Test
    void aSenderThatAsksFirstIsToldBeforeItSends() throws Exception {
        try (Socket socket = connect()) {
            send(socket, "POST /intake/broken HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                    + "Expect: 100-continue\r\nContent-Length: " + (AppWithSandbox.MAX_BODY + 1) + "\r\n\r\n");
            assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8)).startsWith("HTTP/1.1 413 ");
        }
    }

    @Test
    void aLargeBodyOfWhiteSpaceIsRefused() throws Exception {
        assertProblem(post("broken", "application/json", " \n".repeat(100_000)), 400, "no records");
        assertThat(inbox.everything("broken")).isEmpty();
    }

    @Test
    void aSenderThatDoesNotStopIsCutOff() throws Exception {
        try (Socket socket = connect()) {
            send(socket, "POST /intake/unknown HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10000000000\r\n\r\n");
            assertThat(answerOf(socket)).startsWith("HTTP/1.1 404 ");
            assertThatThrownBy(() -> writeMebibytes(socket.getOutputStream(), 500)).isInstanceOf(IOException.class);
        }
    }
}
