package dev.gtmroutes.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

/** The intake as a sender sees it, through HTTP, and as the inbox sees it, in files. */
@QuarkusTest
@TestProfile(IntakeProfile.class)
class IntakeResourceTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final byte[] MEBIBYTE = mebibyte();

    @TestHTTPResource("/intake/")
    URI intake;

    @ConfigProperty(name = "gtm.data")
    Path data;

    @Test
    void aRecordIsOnTheDiskWhenItIsAnswered() throws Exception {
        HttpResponse<String> answer = post("calls", "application/json", "{\"id\":1,\n \"n\":1.0}\n");

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(answer.headers().firstValue("Content-Type")).hasValueSatisfying(
                type -> assertThat(type).startsWith("application/json"));
        assertThat(JSON.readTree(answer.body())).isEqualTo(JSON.readTree("{\"flow\":\"calls\",\"bytes\":19}"));
        assertThat(everything("calls")).contains("{\"id\":1,  \"n\":1.0}\n");
        await().untilAsserted(() -> assertThat(visible("calls")).singleElement().satisfies(file ->
                assertThat(file.getFileName().toString()).matches("intake-\\d{8}T\\d{9}Z-\\d{6}\\.ndjson")));
    }

    @Test
    void postsOneAfterTheOtherShareAFile() throws Exception {
        for (int i = 0; i < 250; i++) {
            assertThat(post("one-by-one", "application/json", "{\"id\":" + i + "}").statusCode()).isEqualTo(202);
        }

        List<String> expected = IntStream.range(0, 250).mapToObj(i -> "{\"id\":" + i + "}").toList();
        await().untilAsserted(() -> assertThat(visibleLines("one-by-one")).isEqualTo(expected));
        assertThat(visible("one-by-one")).hasSizeLessThanOrEqualTo(3);
    }

    @Test
    void postsAtTheSameTimeShareAFile() throws IOException {
        List<CompletableFuture<HttpResponse<String>>> answers = IntStream.range(0, 50)
                .mapToObj(i -> CLIENT.sendAsync(request("at-once", "application/json", "{\"id\":" + i + "}"),
                        BodyHandlers.ofString()))
                .toList();

        assertThat(answers).allSatisfy(answer -> assertThat(answer.join().statusCode()).isEqualTo(202));
        await().untilAsserted(() -> assertThat(visibleLines("at-once")).containsExactlyInAnyOrderElementsOf(
                IntStream.range(0, 50).mapToObj(i -> "{\"id\":" + i + "}").toList()));
        assertThat(visible("at-once")).hasSizeLessThanOrEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "application/x-ndjson", "application/ndjson", "application/jsonl",
            "application/x-jsonlines", "application/json-lines", "Application/JSON; charset=UTF-8",
            "application/json;charset=\"utf-8\""})
    void jsonTypesAreTaken(String type) throws Exception {
        assertThat(post("forms", type, "{\"id\":1}").statusCode()).isEqualTo(202);
    }

    @Test
    void csvIsTaken() throws Exception {
        assertThat(post("forms", "text/csv; charset=utf-8; header=present", "id,name\n77,\"a, b\"\n").statusCode())
                .isEqualTo(202);
        await().untilAsserted(() -> assertThat(visibleLines("forms")).contains("{\"id\":\"77\",\"name\":\"a, b\"}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/xml", "application/vnd.x+json", "*/*", "application/*", "json",
            "application/json; charset=iso-8859-1", "application/json; charset=utf-16", ";;"})
    void otherTypesAreNot(String type) throws Exception {
        assertProblem(post("broken", type, "{\"id\":1}"), 415, "application/x-ndjson");
        assertThat(everything("broken")).isEmpty();
    }

    @Test
    void aMissingTypeSaysWhatIsTaken() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(intake.resolve("broken"))
                .POST(BodyPublishers.ofString("{}")).build();
        assertProblem(CLIENT.send(request, BodyHandlers.ofString()), 415, "text/csv");
    }

    @ParameterizedTest
    @CsvSource({"unknown", "..%2f..%2fetc", "%2e%2e", ".intake", "a%3Cscript%3E", "a%22b"})
    void anUnknownFlowIsNotFound(String flow) throws Exception {
        HttpResponse<String> answer = post(flow, "application/json", "{}");
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).doesNotContain("<script>").doesNotContain("a\"b");
        assertThat(data.resolve("inbox/unknown")).doesNotExist();
    }

    @Test
    void anUnknownFlowIsAProblem() throws Exception {
        assertProblem(post("unknown", "application/json", "{}"), 404, "flow");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\r\n\t \n"})
    void aBodyWithoutRecordsIsRefused(String body) throws Exception {
        assertProblem(post("broken", "application/x-ndjson", body), 400, "no records");
        assertThat(everything("broken")).isEmpty();
    }

    @Test
    void aLargeBodyOfWhiteSpaceIsRefused() throws Exception {
        assertProblem(post("broken", "application/json", " \n".repeat(100_000)), 400, "no records");
        assertThat(everything("broken")).isEmpty();
    }

    @Test
    void otherMethodsAreNotAllowed() throws Exception {
        for (String method : List.of("GET", "PUT", "DELETE")) {
            HttpRequest request = HttpRequest.newBuilder(intake.resolve("calls"))
                    .method(method, BodyPublishers.noBody()).build();
            assertThat(CLIENT.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(405);
        }
    }

    @Test
    void aLargeBodyIsStreamedToItsOwnFile() throws Exception {
        PipedOutputStream out = new PipedOutputStream();
        PipedInputStream in = new PipedInputStream(out, 1 << 16);
        HttpRequest request = HttpRequest.newBuilder(intake.resolve("large")).header("Content-Type", "application/jsonl")
                .POST(BodyPublishers.ofInputStream(() -> in)).build();
        CompletableFuture<HttpResponse<String>> answer = CLIENT.sendAsync(request, BodyHandlers.ofString());

        writeMebibytes(out, 25);
        // The disk has it while the sender is still sending: it is not gathered in memory first.
        await().untilAsserted(() -> assertThat(everythingSize("large")).isGreaterThan(24L << 20));
        assertThat(visible("large")).isEmpty();
        writeMebibytes(out, 25);
        out.close();

        assertThat(answer.join().statusCode()).isEqualTo(202);
        assertThat(JSON.readTree(answer.join().body()).get("bytes").asLong()).isEqualTo(50L << 20);
        assertThat(visible("large")).singleElement().satisfies(file -> {
            assertThat(file.getFileName().toString()).matches("intake-\\d{8}T\\d{9}Z-\\d{6}\\.ndjson");
            assertThat(Files.size(file)).isEqualTo(50L << 20);
        });
        assertThat(everythingSize("large")).isEqualTo(50L << 20);
    }

    @Test
    void aBodyThatSaysItIsTooLargeIsRefusedUnread() throws Exception {
        try (Socket socket = connect()) {
            send(socket, "POST /intake/broken HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                    + "Content-Length: " + (IntakeProfile.MAX_BYTES + 1) + "\r\n\r\n");
            assertThat(answerOf(socket)).startsWith("HTTP/1.1 413 ").contains("application/problem+json");
        }
        assertThat(everything("broken")).isEmpty();
    }

    @Test
    void aBodyThatGrowsTooLargeIsRefused() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(intake.resolve("broken")).header("Content-Type", "text/csv")
                .POST(BodyPublishers.ofInputStream(() -> new Repeated(MEBIBYTE, IntakeProfile.MAX_BYTES + 1L))).build();
        assertProblem(CLIENT.send(request, BodyHandlers.ofString()), 413, String.valueOf(IntakeProfile.MAX_BYTES));
        assertThat(everything("broken")).isEmpty();
    }

    @Test
    void aPackedBodyIsUnpacked() throws Exception {
        HttpResponse<String> answer = postBytes("forms", "gzip", gzip("{\"id\":4711}".getBytes(UTF_8)));
        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(JSON.readTree(answer.body()).get("bytes").asInt()).isEqualTo(11);
        await().untilAsserted(() -> assertThat(visibleLines("forms")).contains("{\"id\":4711}"));
    }

    @Test
    void theLimitCountsUnpackedBytes() throws Exception {
        byte[] bomb = gzip(new Repeated(MEBIBYTE, IntakeProfile.MAX_BYTES + 1L).readAllBytes());
        assertThat(bomb.length).isLessThan(1 << 20);
        assertProblem(postBytes("broken", "gzip", bomb), 413, "bytes");
        assertThat(everything("broken")).isEmpty();
    }

    @Test
    void aBrokenPackedBodyIsRefused() throws Exception {
        assertProblem(postBytes("broken", "gzip", "{\"id\":1}".getBytes(UTF_8)), 400, "read to its end");
        byte[] whole = gzip(new Repeated(MEBIBYTE, 1 << 20).readAllBytes());
        assertProblem(postBytes("broken", "gzip", Arrays.copyOf(whole, whole.length - 9)), 400, "read to its end");
        assertThat(everything("broken")).isEmpty();
    }

    @Test
    void anotherEncodingIsNotTaken() throws Exception {
        assertProblem(postBytes("broken", "br", "{\"id\":1}".getBytes(UTF_8)), 415, "gzip");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 50000000", "Transfer-Encoding: chunked"})
    void aBrokenConnectionLeavesNothing(String framing) throws Exception {
        try (Socket socket = connect()) {
            send(socket, "POST /intake/cut HTTP/1.1\r\nHost: x\r\nContent-Type: application/jsonl\r\n" + framing
                    + "\r\n\r\n" + (framing.endsWith("chunked") ? "300000\r\n" : ""));
            writeMebibytes(socket.getOutputStream(), 3);
            await().untilAsserted(() -> assertThat(everythingSize("cut")).isGreaterThan(2L << 20));
        }
        await().untilAsserted(() -> assertThat(everything("cut")).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 5000", "Transfer-Encoding: chunked"})
    void aBrokenConnectionLeavesNothingOfASmallBody(String framing) throws Exception {
        try (Socket socket = connect()) {
            send(socket, "POST /intake/cut HTTP/1.1\r\nHost: x\r\nContent-Type: application/jsonl\r\n" + framing
                    + "\r\n\r\n" + (framing.endsWith("chunked") ? "d\r\n" : "") + "{\"cut\":true}\n");
            if (framing.endsWith("chunked")) {
                send(socket, "\r\n");
            }
        }
        // A later record has to pass the same way, so by then the cut one would be there as well.
        assertThat(post("cut", "application/jsonl", "{\"whole\":true}").statusCode()).isEqualTo(202);
        await().untilAsserted(() -> assertThat(visibleLines("cut")).isNotEmpty());
        assertThat(visibleLines("cut")).containsOnly("{\"whole\":true}");
        for (Path file : visible("cut")) {
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
            send(socket, target + " HTTP/1.1\r\nHost: x\r\nContent-Type: " + type + "\r\nContent-Length: "
                    + body.length + "\r\n\r\n");
            assertThat(answerOf(socket)).startsWith("HTTP/1.1 " + status + " ");
            socket.getOutputStream().write(body);
            send(socket, "POST /intake/forms HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                    + "Content-Length: 2\r\n\r\n{}");
            assertThat(answerOf(socket)).startsWith("HTTP/1.1 202 ");
        }
    }

    @Test
    void aSenderThatAsksFirstIsToldBeforeItSends() throws Exception {
        try (Socket socket = connect()) {
            send(socket, "POST /intake/broken HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                    + "Expect: 100-continue\r\nContent-Length: " + (IntakeProfile.MAX_BYTES + 1) + "\r\n\r\n");
            assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8)).startsWith("HTTP/1.1 413 ");
        }
    }

    @Test
    void aSenderThatDoesNotStopIsCutOff() throws Exception {
        try (Socket socket = connect()) {
            send(socket, "POST /intake/unknown HTTP/1.1\r\nHost: x\r\nContent-Length: 10000000000\r\n\r\n");
            assertThat(answerOf(socket)).startsWith("HTTP/1.1 404 ");
            assertThatThrownBy(() -> writeMebibytes(socket.getOutputStream(), 500)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void aDiskThatTakesNothingIsAProblem() throws Exception {
        Files.createDirectories(data.resolve("inbox"));
        Files.createFile(data.resolve("inbox/full"));
        assertProblem(post("full", "application/json", "{\"id\":1}"), 507, "inbox");
        assertProblem(post("full", "application/json", "{\"id\":\"" + "x".repeat(100_000) + "\"}"), 507, "inbox");
    }

    private static void assertProblem(HttpResponse<String> answer, int status, String detail) throws IOException {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).hasValueSatisfying(
                type -> assertThat(type).startsWith("application/problem+json"));
        JsonNode problem = JSON.readTree(answer.body());
        assertThat(problem.get("status").asInt()).isEqualTo(status);
        assertThat(problem.get("title").asText()).isNotBlank();
        assertThat(problem.get("detail").asText()).contains(detail).endsWith(".").doesNotContain("Exception");
    }

    private HttpResponse<String> post(String flow, String type, String body) throws Exception {
        return CLIENT.send(request(flow, type, body), BodyHandlers.ofString());
    }

    private HttpRequest request(String flow, String type, String body) {
        return HttpRequest.newBuilder(URI.create(intake + flow)).header("Content-Type", type)
                .timeout(Duration.ofSeconds(30)).POST(BodyPublishers.ofString(body)).build();
    }

    private HttpResponse<String> postBytes(String flow, String encoding, byte[] body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(intake.resolve(flow)).header("Content-Type", "application/json")
                .header("Content-Encoding", encoding).POST(BodyPublishers.ofByteArray(body)).build();
        return CLIENT.send(request, BodyHandlers.ofString());
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(intake.getHost(), intake.getPort());
        socket.setSoTimeout(10_000);
        return socket;
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(UTF_8));
        socket.getOutputStream().flush();
    }

    private static String answerOf(Socket socket) throws IOException {
        byte[] bytes = new byte[4096];
        int length = socket.getInputStream().read(bytes);
        return new String(bytes, 0, Math.max(0, length), UTF_8);
    }

    private static void writeMebibytes(OutputStream out, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            out.write(MEBIBYTE);
        }
        out.flush();
    }

    private List<Path> visible(String flow) throws IOException {
        return files(data.resolve("inbox").resolve(flow), 1).stream()
                .filter(file -> !file.getFileName().toString().startsWith(".")).toList();
    }

    private List<String> visibleLines(String flow) throws IOException {
        List<String> lines = new ArrayList<>();
        for (Path file : visible(flow)) {
            lines.addAll(Files.readAllLines(file));
        }
        return lines;
    }

    private String everything(String flow) throws IOException {
        StringBuilder text = new StringBuilder();
        for (Path file : files(data.resolve("inbox").resolve(flow), 2)) {
            try {
                text.append(Files.readString(file));
            } catch (NoSuchFileException e) {
                // Renamed since it was listed.
                return everything(flow);
            }
        }
        return text.toString();
    }

    private long everythingSize(String flow) throws IOException {
        long size = 0;
        for (Path file : files(data.resolve("inbox").resolve(flow), 2)) {
            size += file.toFile().length();
        }
        return size;
    }

    private static List<Path> files(Path folder, int depth) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder, depth)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(bytes);
        }
        return packed.toByteArray();
    }

    private static byte[] mebibyte() {
        byte[] record = ("{\"id\":\"" + "x".repeat(1013) + "\"}\n").getBytes(UTF_8);
        return new Repeated(record, 1 << 20).readAllBytes();
    }

    /** The same bytes over and over, up to a length. */
    private static final class Repeated extends InputStream {
        private final byte[] piece;
        private final long length;
        private long at;

        private Repeated(byte[] piece, long length) {
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
