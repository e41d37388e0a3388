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
}
