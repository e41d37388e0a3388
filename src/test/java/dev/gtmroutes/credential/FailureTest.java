// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import javax.net.ssl.SSLException;

import dev.gtmroutes.api.ApiAnswer;
import dev.gtmroutes.api.ApiRequest;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.HttpHostConnectException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is known of a request that got no answer: that it was not sent, or that it may have been. */
class FailureTest {

    private final RawServer server = new RawServer();

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    private static ApiAnswer call(String baseUrl) throws Exception {
        try (Api api = Api.of("people-ai.api-key", "key-of-failures", "people-ai.base-url", baseUrl,
                "gtm.connect-timeout", "300ms", "gtm.response-timeout", "300ms")
                .start("people-ai-api-action/people-ai-default")) {
            return api.call("POST", "/x", "{}");
        }
    }

    private static void assertNotSent(ApiAnswer answer, Class<? extends Exception> failure) {
        assertThat(Api.failure(answer)).isInstanceOf(failure);
        assertThat(answer.maybeSent()).isEqualTo(false);
    }

    private static void assertMaybeSent(ApiAnswer answer, Class<? extends Exception> failure) {
        assertThat(Api.failure(answer)).isInstanceOf(failure);
        assertThat(answer.maybeSent()).isEqualTo(true);
    }

    @Test
    void nothingIsSentWhereNobodyListens() throws Exception {
        server.close();

        assertNotSent(call(server.origin("http")), HttpHostConnectException.class);
    }

    @Test
    void nothingIsSentWhereNobodyAccepts() throws Exception {
        assertNotSent(call(server.full().origin("http")), ConnectTimeoutException.class);
    }

    @Test
    void nothingIsSentToAHostThatIsNotThere() throws Exception {
        assertNotSent(call("http://nothing.invalid"), UnknownHostException.class);
    }

    @Test
    void nothingIsSentWithoutTls() throws Exception {
        server.behaving(connection -> connection.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes()));

        assertNotSent(call(server.origin("https")), SSLException.class);
    }

    @Test
    void nothingIsSentToAServerThatDoesNotAgreeOnTls() throws Exception {
        assertNotSent(call(server.behaving(server.silence).origin("https")), ConnectTimeoutException.class);
    }

    @Test
    void aRequestWithoutAnAnswerInTimeMayHaveBeenCarriedOut() throws Exception {
        assertMaybeSent(call(server.behaving(server.silence).origin("http")), SocketTimeoutException.class);
    }

    @Test
    void aRequestWhoseConnectionEndsMayHaveBeenCarriedOut() throws Exception {
        assertMaybeSent(call(server.behaving(RawServer.HANG_UP).origin("http")), NoHttpResponseException.class);
    }

    @Test
    void aRequestWhoseConnectionBreaksMayHaveBeenCarriedOut() throws Exception {
        // On a busy machine, the response is late before the connection breaks.
        assertMaybeSent(call(server.behaving(RawServer.RESET).origin("http")), IOException.class);
    }

    @Test
    void anAnswerThatIsNotHttpSaysNothing() throws Exception {
        server.behaving(connection -> {
            RawServer.HANG_UP.meet(connection);
            connection.getOutputStream().write("HTTP/1.1 2".getBytes());
        });

        assertMaybeSent(call(server.origin("http")), Exception.class);
    }

    @Test
    void aConnectionThatRestedIsNotUsedAgain() throws Exception {
        server.behaving(RawServer.GOOD);
        try (Api api = Api.of("people-ai.api-key", "key-of-failures", "people-ai.base-url", server.origin("http"))
                .start("people-ai-api-action/people-ai-default")) {
            await().pollInterval(Duration.ofMillis(1100)).untilAsserted(() -> {
                assertThat(Api.status(api.call("POST", "/x", "{}"))).isEqualTo(200);
                assertThat(server.connections()).isEqualTo(2);
            });
        }
    }

    /** The timeout is far below the time in which nothing may come of an answer: nobody waits for that. */
    @Test
    @Timeout(20)
    void theRestOfAnAnswerThatCannotBeUsedIsNotWaitedFor() throws Exception {
        server.behaving(connection -> {
            RawServer.HANG_UP.meet(connection);
            connection.getOutputStream().write("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\nthe beginning".getBytes());
            server.silence.meet(connection);
        });
        try (Api api = Api.of("people-ai.api-key", "key-of-failures", "people-ai.base-url", server.origin("http"))
                .start("people-ai-api-action/people-ai-default")) {
            ApiAnswer answer = api.call(ApiRequest.get("/x").readBy(body -> {
                throw new IOException("the disk is full");
            }, () -> true, null));

            assertThat(Api.status(answer)).isEqualTo(200);
            assertThat(answer.isComplete()).isFalse();
            assertThat(answer.problem()).isEqualTo("the disk is full");
        }
    }

    @Test
    void anAnswerIsNotAFailure() throws Exception {
        try (Vendor vendor = new Vendor()) {
            ApiAnswer answer = call(vendor.baseUrl());

            assertThat(Api.failure(answer)).isNull();
            assertThat(answer.isComplete()).isTrue();
        }
    }
}
