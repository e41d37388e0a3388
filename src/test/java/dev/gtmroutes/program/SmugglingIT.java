// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Requests whose end is where a proxy in front of the program may see another one. The rest of the first request must not
 * become a request of its own: with a proxy, it would pass the proxy's rules and meet another user's response.
 */
class SmugglingIT {

    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] (\\d{3})");
    private static final String HIDDEN = "GET /api/flows HTTP/1.1\r\nHost: localhost\r\n\r\n";

    @TempDir
    static Path directory;

    private static Program program;

    @BeforeAll
    static void start() throws IOException {
        program = Program.in(directory).env("PEOPLE_AI_API_KEY", "unused").env("PEOPLE_AI_BASE_URL", "http://127.0.0.1:1")
                .start().awaitStarted();
    }

    @AfterAll
    static void stop() throws InterruptedException {
        program.close();
    }

    /** Both lengths; codings behind "chunked"; chunk extensions and sizes that parsers read in different ways. */
    static Stream<String> forms() {
        String chunks = "1\r\n1\r\n0\r\n\r\n" + HIDDEN;
        return Stream.of(
                "Content-Length: " + chunks.length() + "\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks,
                "Transfer-Encoding: chunked\r\nContent-Length: " + chunks.length() + "\r\n\r\n" + chunks,
                "Transfer-Encoding: chunked, xchunked\r\n\r\n" + chunks,
                "Transfer-Encoding: chunked, identity\r\n\r\n" + chunks,
                "Transfer-Encoding: chunked,\r\n identity\r\n\r\n" + chunks,
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n" + chunks,
                "Content-Length: 1\r\nContent-Length: " + chunks.length() + "\r\n\r\n" + chunks,
                "Content-Length: +1\r\n\r\n1" + HIDDEN,
                "Transfer-Encoding: chunked\r\n\r\n1;a=\"\r\n1\r\n0\r\n\r\n" + HIDDEN + "\"\r\n1\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\n1;a=\"\n1\r\n0\r\n\r\n" + HIDDEN,
                "Transfer-Encoding: chunked\r\n\r\n1\n1\n0\n\n" + HIDDEN,
                "Transfer-Encoding: chunked\r\n\r\n0x1\r\n1\r\n0\r\n\r\n" + HIDDEN,
                "Transfer-Encoding: chunked\r\n\r\n1 1\r\n1\r\n0\r\n\r\n" + HIDDEN);
    }

    @ParameterizedTest
    @MethodSource("forms")
    void oneRequestIsOneRequestOrIsRefused(String rest) throws IOException {
        String answer = send("POST /intake/calls HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n" + rest);

        assertThat(STATUS.matcher(answer).results().map(status -> status.group(1))).as(answer).hasSizeLessThanOrEqualTo(1)
                .doesNotContain("200");
    }

    /** What is not ambiguous stays possible: two requests, one behind the other. */
    @Test
    void twoRequestsOnAConnectionAreTwo() throws IOException {
        String answer = send("POST /intake/calls HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Transfer-Encoding: chunked\r\n\r\n1;a=b\r\n1\r\n0\r\n\r\n"
                + HIDDEN.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n"));

        assertThat(STATUS.matcher(answer).results().map(status -> status.group(1))).as(answer).containsExactly("202", "200");
    }

    private static String send(String text) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", program.port())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        } catch (SocketException e) {
            return "closed: " + e.getMessage();
        }
    }
}
