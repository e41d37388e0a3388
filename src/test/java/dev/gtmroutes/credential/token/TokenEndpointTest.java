// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.credential.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import dev.gtmroutes.credential.RawServer;
import dev.gtmroutes.credential.Secrets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A token endpoint that does with its answers what no web server would. */
class TokenEndpointTest {

    private static final long DRIP_NANOS = Duration.ofMillis(20).toNanos();
    private static final int ATTEMPTS = 3;

    /** The client's own timeout ends with the headers, and each byte that comes is a sign of life. */
    @Test
    @Timeout(60)
    void anAnswerThatDripsIsEndedByTheDeadlineAndItsConnectionIsClosed() throws Exception {
        AtomicInteger ended = new AtomicInteger();
        try (RawServer server = new RawServer().behaving(connection -> {
            RawServer.HANG_UP.meet(connection);
            OutputStream answer = connection.getOutputStream();
            answer.write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1000000\r\n\r\n{".getBytes());
            try {
                while (true) {
                    answer.write(' ');
                    LockSupport.parkNanos(DRIP_NANOS);
                }
            } catch (IOException e) {
                ended.incrementAndGet();
            }
        })) {
            TokenEndpoint endpoint = new TokenEndpoint(server.origin("http") + "/token?secret=1", new Secrets(),
                    Duration.ofMillis(300));

            assertThatThrownBy(() -> endpoint.request(Map.of("grant_type", "client_credentials")))
                    .isInstanceOf(NoTokenException.class)
                    .hasMessage("the token endpoint %s/token did not respond (the response did not end within 0.3 s)",
                            server.origin("http"));
            assertThat(server.connections()).isEqualTo(ATTEMPTS);
            await().until(() -> ended.get() == ATTEMPTS);
        }
    }

    /** A response of some GB, in its body or in its headers, takes no memory and ends with a reason. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            HTTP/1.1 200 OK^Transfer-Encoding: chunked^^  | 1000^x^ | the response is longer than 1048576 bytes
            HTTP/1.1 200 OK^Content-Length: 3000000000^^  | x       | the response is longer than 1048576 bytes
            HTTP/1.1 200 OK^                              | X: x^   | Header size too big
            """)
    void anEndlessResponseIsCut(String head, String part, String reason) throws Exception {
        AtomicInteger ended = new AtomicInteger();
        byte[] block = (part.startsWith("1000") ? "1000\r\n" + "x".repeat(4096) + "\r\n"
                : part.startsWith("X") ? "X: " + "x".repeat(4000) + "\r\n" : "x".repeat(4096)).getBytes();
        try (RawServer server = new RawServer().behaving(connection -> {
            RawServer.HANG_UP.meet(connection);
            OutputStream answer = connection.getOutputStream();
            try {
                answer.write(head.strip().replace("^", "\r\n").getBytes());
                while (true) {
                    answer.write(block);
                }
            } catch (IOException e) {
                ended.incrementAndGet();
            }
        })) {
            TokenEndpoint endpoint = new TokenEndpoint(server.origin("http") + "/token", new Secrets(),
                    Duration.ofSeconds(20));

            assertThatThrownBy(() -> endpoint.request(Map.of("grant_type", "client_credentials")))
                    .isInstanceOf(NoTokenException.class).hasMessageContaining(reason);
            if (!part.startsWith("X")) {
                // Java's client leaves it to the garbage collector to close a connection whose headers were too large.
                await().until(() -> ended.get() == ATTEMPTS);
            }
        }
    }
}
