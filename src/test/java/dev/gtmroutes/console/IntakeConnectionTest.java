// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

import dev.gtmroutes.AppWithSandbox;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections that break, and connections that go on after an error. */
@QuarkusTest
@QuarkusTestResource(AppWithSandbox.class)
class IntakeConnectionTest extends IntakeSender {

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 50000000", "Transfer-Encoding: chunked"})
    void aBrokenConnectionLeavesNothing(String framing) throws Exception {
        try (Socket socket = connect()) {
            send(socket, "POST /intake/cut HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/jsonl\r\n" + framing
                    + "\r\n\r\n" + (framing.endsWith("chunked") ? "300000\r\n" : ""));
            writeMebibytes(socket.getOutputStream(), 3);
            await().untilAsserted(() -> assertThat(inbox.size("cut")).isGreaterThan(2L << 20));
        }
        await().untilAsserted(() -> assertThat(inbox.everything("cut")).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 5000", "Transfer-Encoding: chunked"})
    void aBrokenConnectionLeavesNothingOfASmallBody(String framing) throws Exception {
        try (Socket socket = connect()) {
            send(socket, "POST /intake/cut HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/jsonl\r\n" + framing
                    + "\r\n\r\n" + (framing.endsWith("chunked") ? "d\r\n" : "") + "{\"cut\":true}\n");
            if (framing.endsWith("chunked")) {
                send(socket, "\r\n");
            }
        }
        // A later record has to pass the same way, so by then the cut one would be there as well.
        assertThat(post("cut", "application/jsonl", "{\"whole\":true}").statusCode()).isEqualTo(202);
        await().untilAsserted(() -> assertThat(inbox.visibleLines("cut")).isNotEmpty());
        assertThat(inbox.visibleLines("cut")).containsOnly("{\"whole\":true}");
        for (Path file : inbox.visible("cut")) {
            Files.delete(file);
        }
    }

    @ParameterizedTest
    @CsvSource({"POST /intake/unknown, application/json, 404", "POST /intake/broken, text/plain, 415",
            "POST /intake/broken, ;;, 415", "PUT /intake/broken, application/json, 405",
            "POST /intake/nowhere/at/all, application/json, 404"})
    void aConnectionIsUsableAfterARefusal(String target, String type, int status) throws Exception {
        byte[] body = Arrays.copyOf(MEBIBYTE, 300_000);
        try (Socket socket = connect()) {
            send(socket, target + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: " + type + "\r\nContent-Length: "
                    + body.length + "\r\n\r\n");
            assertThat(answerOf(socket)).startsWith("HTTP/1.1 " + status + " ");
            socket.getOutputStream().write(body);
            send(socket, "POST /intake/forms HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                    + "Content-Length: 2\r\n\r\n{}");
            assertThat(answerOf(socket)).startsWith("HTTP/1.1 202 ");
        }
    }
}
