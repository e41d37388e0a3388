// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Senders that begin a request and hardly go on, more of them than the program has threads. */
class SlowPeersIT {

    private static final int SENDERS = 210;
    private static final int LARGE = 1_000_000;
    private static final HttpClient CLIENT = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @TempDir
    Path directory;

    private final List<Socket> sockets = new ArrayList<>();

    @AfterEach
    void close() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    /** A request that has sent its headers and the first byte of its body. */
    private Socket begin(Program program, String request, int length, String type) throws IOException {
        return send(program,
                request + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: " + type + "\r\nContent-Length: " + length
                        + "\r\n\r\n[");
    }

    private Socket send(Program program, String text) throws IOException {
        Socket socket = new Socket("127.0.0.1", program.port());
        sockets.add(socket);
        socket.setSoTimeout(30_000);
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    /** From 127.0.0.2 and the addresses behind it, 200 connections each. */
    private void sendFromMany(Program program, int connections, String text) throws IOException {
        for (int i = 0; i < connections; i++) {
            Socket socket = new Socket();
            sockets.add(socket);
            socket.setReceiveBufferSize(4096);
            socket.bind(new InetSocketAddress("127.0.0." + (2 + i / 200), 0));
            socket.connect(new InetSocketAddress("127.0.0.1", program.port()));
            socket.setSoTimeout(60_000);
            socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        }
    }

    /** Reads until the program has closed the connection. */
    private static void assertClosed(Socket socket) throws IOException {
        try {
            socket.getInputStream().readAllBytes();
        } catch (SocketTimeoutException e) {
            throw e;
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("reset");
        }
    }

    private static String response(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static String firstLine(Socket socket) throws IOException {
        byte[] bytes = new byte[4096];
        int length = socket.getInputStream().read(bytes);
        return new String(bytes, 0, Math.max(0, length), StandardCharsets.UTF_8);
    }

    private static HttpResponse<String> get(int port, String path) throws Exception {
        return CLIENT.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(20)).build(), BodyHandlers.ofString());
    }

    private static void assertServesOthers(Program program) throws Exception {
        assertThat(get(program.port(), "/flows").statusCode()).isEqualTo(200);
        assertThat(get(program.port(), "/api/flows").statusCode()).isEqualTo(200);
        assertThat(get(program.managementPort(), "/observe/health/live").statusCode()).isEqualTo(200);
        new ProgramApi(program.port()).intake("calls", "application/json", "{\"n\":1}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST /intake/calls|application/json", "POST /flows|application/x-www-form-urlencoded",
            "POST /api/samples|application/json", "PUT /api/dead-letters/calls/a.ndjson/1/record|application/json",
            "POST /login|application/x-www-form-urlencoded"})
    void slowBodiesLeaveConsoleApiHealthAndIntakeToOthers(String request) throws Exception {
        try (Program program = Program.in(directory).env("GTM_HTTP_UPLOAD_RATE", "0").start().awaitStarted()) {
            for (int i = 0; i < SENDERS; i++) {
                begin(program, request.split("\\|")[0], 100, request.split("\\|")[1]);
            }

            assertServesOthers(program);
        }
    }

    @Test
    void ofLargeSlowBodiesThoseAboveTheLimitAreSentAwayForNow() throws Exception {
        try (Program program = Program.in(directory).env("GTM_HTTP_UPLOAD_RATE", "0").env("GTM_INTAKE_MAX_UPLOADS", "20")
                .start().awaitStarted()) {
            for (int i = 0; i < SENDERS; i++) {
                begin(program, "POST /intake/calls", LARGE, "application/json");
            }

            List<Socket> refused = new ArrayList<>();
            await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
                refused.clear();
                for (Socket socket : sockets) {
                    if (socket.getInputStream().available() > 0) {
                        refused.add(socket);
                    }
                }
                assertThat(refused).hasSize(SENDERS - 20);
            });
            for (Socket socket : refused) {
                assertThat(firstLine(socket)).startsWith("HTTP/1.1 503 ").contains("Retry-After: ",
                        "gtm.intake.max-uploads", "application/problem+json");
            }
            assertServesOthers(program);
        }
    }

    @Test
    void aBodyThatIsTooSlowIsRefusedAndItsConnectionClosed() throws Exception {
        try (Program program = Program.in(directory).env("GTM_HTTP_UPLOAD_TIME", "2s").start().awaitStarted()) {
            begin(program, "POST /intake/calls", 100, "application/json");
            begin(program, "POST /intake/calls", LARGE, "application/json");
            send(program, "POST /intake/calls HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                    + "Transfer-Encoding: chunked\r\n\r\n1\r\n[");
            begin(program, "POST /flows", 100, "application/x-www-form-urlencoded");
            begin(program, "POST /api/samples", 100, "application/json");
            begin(program, "POST /login", 100, "application/x-www-form-urlencoded");

            for (Socket slow : sockets) {
                assertThat(response(slow)).startsWith("HTTP/1.1 408 ").contains("gtm.http.upload-time (2s)");
            }
            assertServesOthers(program);
            assertThat(program.output()).noneMatch(line -> line.matches("\\s+at .*|.*Exception.*"));
        }
    }

    /** One that was answered early, and dribbles on behind the response. */
    @Test
    void theRestOfARefusedBodyHasNoMoreTimeThanABody() throws Exception {
        try (Program program = Program.in(directory).env("GTM_HTTP_UPLOAD_TIME", "2s").start().awaitStarted()) {
            Socket refused = begin(program, "POST /intake/unknown", LARGE, "application/json");

            assertThat(response(refused)).startsWith("HTTP/1.1 404 ");
        }
    }

    @Tag("long")
    @Test
    void bodiesAtALowRateAreRefused() throws Exception {
        try (Program program = Program.in(directory).env("GTM_HTTP_UPLOAD_RATE", "1M").start().awaitStarted()) {
            Socket slow = begin(program, "POST /intake/calls", LARGE, "application/json");

            assertThat(response(slow)).startsWith("HTTP/1.1 408 ").contains("gtm.http.upload-rate");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "GET /flo", "GET /flows HTTP/1.1\r\nHost: localhost\r\nX-One: ",
            "GET /login HTTP/1.1\r\nHost: localhost\r\n\r\n"})
    void connectionsWithoutRequestsKeepNobodyOut(String beginning) throws Exception {
        try (Program program = Program.in(directory).start().awaitStarted()) {
            sendFromMany(program, 1100, beginning);

            assertServesOthers(program);
        }
    }

    @Test
    void aHeadThatArrivesByteByByteHasALimitedTime() throws Exception {
        try (Program program = Program.in(directory).env("GTM_HTTP_HEAD_TIME", "2s").start().awaitStarted()) {
            send(program, "GET /flows HTTP/1.1\r\nX-One: ");
            send(program, "GET /flows HTTP/1.1\r\nHost: localhost\r\n\r\nGET /flows HTTP/1.1\r\nX-One: ");
            send(program, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
            Socket management = new Socket("127.0.0.1", program.managementPort());
            sockets.add(management);
            for (Socket slow : sockets) {
                await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(200))
                        .until(() -> isClosedAfterOneMoreByte(slow));
            }
            assertServesOthers(program);
            assertThat(program.output()).noneMatch(line -> line.matches("\\s+at .*|.*Exception.*"));
        }
    }

    private static boolean isClosedAfterOneMoreByte(Socket socket) {
        try {
            socket.getOutputStream().write('x');
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    @Test
    void oneAddressDoesNotTakeAllConnections() throws Exception {
        try (Program program = Program.in(directory).env("GTM_HTTP_CONNECTIONS_PER_ADDRESS", "20")
                .env("GTM_HTTP_UPLOAD_RATE", "0").start().awaitStarted()) {
            for (int i = 0; i < 20; i++) {
                begin(program, "POST /intake/calls", 100, "application/json");
            }
            Socket oneMore = new Socket("127.0.0.1", program.port());
            sockets.add(oneMore);
            assertClosed(oneMore);
            Socket other = new Socket();
            sockets.add(other);
            other.bind(new InetSocketAddress("127.0.0.2", 0));
            other.connect(new InetSocketAddress("127.0.0.1", program.port()));
            other.getOutputStream().write("GET /api/flows HTTP/1.1\r\nHost: localhost\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII));
            assertThat(firstLine(other)).startsWith("HTTP/1.1 200 ");
        }
    }

    /** Each asks for 80 MB of style sheets and reads none of them: 16 GB for a program that has 256 MB. */
    @Test
    @Tag("long")
    void clientsThatDoNotReadLeaveMemoryToOthers() throws Exception {
        try (Program program = Program.in(directory).java("-Xmx256m").java("-XX:+ExitOnOutOfMemoryError").start()
                .awaitStarted()) {
            String page = get(program.port(), "/login").body();
            String style = page.substring(page.indexOf("/webjars/tabler"), page.indexOf(".css", page.indexOf(
                    "/webjars/tabler")) + 4);
            sendFromMany(program, 200, ("GET " + style + " HTTP/1.1\r\nHost: localhost\r\n\r\n").repeat(1000));

            assertServesOthers(program);
            for (Socket deaf : sockets) {
                await().atMost(Duration.ofSeconds(90)).until(() -> isClosedAfterOneMoreByte(deaf));
            }
            assertServesOthers(program);
        }
    }

    /** HTTP/2 in plain text: the client says that it takes no byte of a body, and asks for 90 of them. */
    @Test
    @Tag("long")
    void anHttp2ClientThatTakesNoBytesLosesItsConnection() throws Exception {
        try (Program program = Program.in(directory).start().awaitStarted()) {
            Socket socket = send(program, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
            socket.setSoTimeout(90_000);
            frame(socket, 4, 0, 0, new byte[] {0, 4, 0, 0, 0, 0});
            byte[] head = "\u0082\u0086\u0004\u000b/login?a=bc\u0001\u0009localhost"
                    .getBytes(StandardCharsets.ISO_8859_1);
            for (int i = 0; i < 90; i++) {
                frame(socket, 1, 5, 1 + 2 * i, head);
            }

            assertClosed(socket);
            assertServesOthers(program);
        }
    }

    private static void frame(Socket socket, int type, int flags, int stream, byte[] payload) throws IOException {
        ByteBuffer frame = ByteBuffer.allocate(9 + payload.length);
        frame.putInt(payload.length << 8 | type).put((byte) flags).putInt(stream).put(payload);
        socket.getOutputStream().write(frame.array());
    }
}
