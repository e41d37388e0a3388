// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.zip.GZIPOutputStream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gtmroutes.inbox.InboxFolder;
import io.quarkus.test.common.http.TestHTTPResource;
import jakarta.inject.Inject;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** A sender with a look into the inbox: through HTTP, and into the files. */
public abstract class IntakeSender {

    public static final ObjectMapper JSON = new ObjectMapper();
    public static final HttpClient CLIENT = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    public static final byte[] MEBIBYTE = mebibyte();

    @TestHTTPResource("/intake/")
    public URI intake;

    public Path data;
    public InboxFolder inbox;

    @Inject
    void look(@ConfigProperty(name = "gtm.data") Path folder) {
        data = folder;
        inbox = new InboxFolder(folder.resolve("inbox"));
    }

    public static void assertProblem(HttpResponse<String> answer, int status, String detail) throws IOException {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).hasValueSatisfying(
                type -> assertThat(type).startsWith("application/problem+json"));
        JsonNode problem = JSON.readTree(answer.body());
        assertThat(problem.get("status").asInt()).isEqualTo(status);
        assertThat(problem.get("title").asText()).isNotBlank();
        assertThat(problem.get("detail").asText()).contains(detail).endsWith(".").doesNotContain("Exception");
    }

    public HttpResponse<String> post(String flow, String type, String body) throws Exception {
        return CLIENT.send(request(flow, type, body), BodyHandlers.ofString());
    }

    public HttpRequest request(String flow, String type, String body) {
        return HttpRequest.newBuilder(URI.create(intake + flow)).header("Content-Type", type)
                .timeout(Duration.ofSeconds(30)).POST(BodyPublishers.ofString(body)).build();
    }

    public HttpResponse<String> postBytes(String flow, String encoding, byte[] body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(intake.resolve(flow)).header("Content-Type", "application/json")
                .header("Content-Encoding", encoding).POST(BodyPublishers.ofByteArray(body)).build();
        return CLIENT.send(request, BodyHandlers.ofString());
    }

    Socket connect() throws IOException {
        Socket socket = new Socket(intake.getHost(), intake.getPort());
        socket.setSoTimeout(10_000);
        return socket;
    }

    static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(UTF_8));
        socket.getOutputStream().flush();
    }

    static String answerOf(Socket socket) throws IOException {
        byte[] bytes = new byte[4096];
        int length = socket.getInputStream().read(bytes);
        return new String(bytes, 0, Math.max(0, length), UTF_8);
    }

    static void writeMebibytes(OutputStream out, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            out.write(MEBIBYTE);
        }
        out.flush();
    }

    public static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(bytes);
        }
        return packed.toByteArray();
    }

    static byte[] mebibyte() {
        byte[] record = ("{\"id\":\"" + "x".repeat(1013) + "\"}\n").getBytes(UTF_8);
        return new Repeated(record, 1 << 20).readAllBytes();
    }

    /** The same bytes over and over, up to a length. */
    public static final class Repeated extends InputStream {
        private final byte[] piece;
        private final long length;
        private long at;

        public Repeated(byte[] piece, long length) {
            this.piece = piece;
            this.length = length;
        }

        @Override
        public int read() {
            return at == length ? -1 : piece[(int) (at++ % piece.length)];
        }

        @Override
        public byte[] readAllBytes() {
            byte[] all = new byte[(int) length];
            for (int i = 0; i < all.length; i++) {
                all[i] = piece[i % piece.length];
            }
            return all;
        }
    }
}
