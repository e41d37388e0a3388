// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

import dev.gtmroutes.DataDirectory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server sends before it was asked is no response to the next request on that connection. */
class ReusedConnectionTest {

    private static final String GOOD = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";
    private static final String NO_BODY = "HTTP/1.1 204 No Content\r\n\r\n";
    private static final String REFUSED = "HTTP/1.1 422 No\r\nContent-Length: 0\r\n\r\n";

    @TempDir
    Path data;

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    @ParameterizedTest
    @CsvSource({"batch=false, whole", "onceOnly=true, whole", "batch=false, garbage", "onceOnly=true, body of a 204"})
    void whatIsLeftBehindAResponseAnswersNothing(String parameters, String rest) throws Exception {
        String first = switch (rest) {
            case "whole" -> GOOD + GOOD;
            case "garbage" -> GOOD + "{}";
            default -> NO_BODY + GOOD;
        };
        try (RawAnswers server = new RawAnswers((number, out) -> write(out, number == 1 ? first : REFUSED), true);
                Delivery delivery = new Delivery(data, server.url(), parameters + "&maxInFlight=1")) {
            InputSummary account = delivery.deliver(Delivery.records(3));

            assertThat(account.delivered()).isEqualTo(1);
            assertThat(account.rejected()).isEqualTo(2);
            assertThat(server.requests()).hasSize(3);
            assertThat(server.connections()).as("the second is used twice").hasSize(2);
        }
        assertThat(new DataDirectory(data).deadLetters("flow", each -> true)).hasSize(2)
                .allSatisfy(each -> assertThat(each.path("reason").asText()).startsWith("responded with 422"));
    }

    @ParameterizedTest
    @ValueSource(strings = {GOOD, "x"})
    void norDoesWhatComesWhileTheConnectionRests(String late) throws Exception {
        try (RawAnswers server = new RawAnswers((number, out) -> write(out, number == 1 ? GOOD : REFUSED), true);
                Delivery delivery = new Delivery(data, server.url(), "onceOnly=true")) {
            assertThat(delivery.deliver(Delivery.records(1)).delivered()).isEqualTo(1);
            Socket connection = server.connections().get(0);
            write(connection.getOutputStream(), late);

            assertThat(delivery.deliver(Delivery.records(1)).rejected()).isEqualTo(1);
            assertThat(server.connections()).hasSize(2);
        }
    }

    @Test
    void aConnectionThatTheServerHasClosedIsNotUsedAgain() throws Exception {
        try (RawAnswers server = new RawAnswers((number, out) -> write(out, GOOD), true);
                Delivery delivery = new Delivery(data, server.url(), "onceOnly=true")) {
            assertThat(delivery.deliver(Delivery.records(1)).delivered()).isEqualTo(1);
            server.connections().get(0).close();
            long closed = System.nanoTime();
            await("that it has rested for long").until(() -> System.nanoTime() - closed > 60_000_000);

            assertThat(delivery.deliver(Delivery.records(1)).delivered()).isEqualTo(1);
        }
    }

    @Test
    void aConnectionWithNothingLeftCarriesAllRequests() throws Exception {
        try (RawAnswers server = new RawAnswers((number, out) -> write(out, GOOD), true);
                Delivery delivery = new Delivery(data, server.url(), "batch=false&maxInFlight=1")) {
            assertThat(delivery.deliver(Delivery.records(50)).delivered()).isEqualTo(50);
            assertThat(server.connections()).hasSize(1);
        }
    }
}
