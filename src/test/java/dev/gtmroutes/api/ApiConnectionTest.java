// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

import dev.gtmroutes.program.PrivateAuthority;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether a connection may carry another request, over TCP and over TLS, where what has come is not seen from outside. */
class ApiConnectionTest {

    private static final String RESPONSE = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";

    @TempDir
    static Path keys;
    private static SSLContext tls;

    private final ApiConnection connection = new ApiConnection();
    private Socket server;

    @BeforeAll
    static void makeKeys() throws Exception {
        tls = new PrivateAuthority(keys).server();
    }

    @AfterEach
    void close() throws IOException {
        connection.close();
        server.close();
    }

    private void connect(boolean secure) throws Exception {
        try (ServerSocket listening = secure
                ? tls.getServerSocketFactory().createServerSocket(0, 1, InetAddress.getLoopbackAddress())
                : new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Socket> accepted = CompletableFuture.supplyAsync(() -> accept(listening));
            Socket socket = new Socket(InetAddress.getLoopbackAddress(), listening.getLocalPort());
            connection.bind(socket);
            if (secure) {
                SSLContext trusting = SSLContext.getInstance("TLS");
                trusting.init(null, new TrustManager[] {new TrustsAll()}, null);
                SSLSocket upgraded = (SSLSocket) trusting.getSocketFactory().createSocket(socket, "127.0.0.1",
                        socket.getPort(), true);
                upgraded.startHandshake();
                connection.bind(upgraded, socket);
            }
            server = accepted.get();
        }
    }

    private static Socket accept(ServerSocket listening) {
        try {
            Socket socket = listening.accept();
            if (socket instanceof SSLSocket secure) {
                secure.startHandshake();
            }
            return socket;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class TrustsAll implements X509TrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    private void write(String text) throws IOException {
        server.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        server.getOutputStream().flush();
    }

    /** One request and its response. */
    private ClassicHttpResponse ask(String response) throws Exception {
        connection.sendRequestHeader(new BasicClassicHttpRequest("GET", "/"));
        connection.flush();
        write(response);
        ClassicHttpResponse head = connection.receiveResponseHeader();
        connection.receiveResponseEntity(head);
        EntityUtils.consume(head.getEntity());
        connection.passivate();
        return head;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aConnectionAtRestCarriesManyRequests(boolean secure) throws Exception {
        connect(secure);
        for (int i = 0; i < 5; i++) {
            assertThat(connection.isStale()).isFalse();
            connection.activate();
            assertThat(ask(RESPONSE).getCode()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatCameWithTheResponseIsSeen(boolean secure) throws Exception {
        connect(secure);
        ask(RESPONSE + RESPONSE);

        assertThat(connection.isStale()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatComesLaterIsSeen(boolean secure) throws Exception {
        connect(secure);
        ask(RESPONSE);
        assertThat(connection.isStale()).isFalse();
        write("x");

        await().until(connection::isStale);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void itsEndIsSeen(boolean secure) throws Exception {
        connect(secure);
        ask(RESPONSE);
        server.close();

        await().until(connection::isStale);
    }

    @Test
    void whatWasClosedBeforeItWasConnectedStaysClosed() throws Exception {
        ApiConnection closed = new ApiConnection();
        closed.close();
        connect(false);
        try (Socket other = new Socket()) {
            assertThatThrownBy(() -> closed.bind(other)).hasMessageContaining("ended before the connection was open");
            assertThat(other.isClosed()).isTrue();
        }
    }
}
