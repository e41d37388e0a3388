// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;

import dev.gtmroutes.DataDirectory;
import dev.gtmroutes.delivery.status.PauseReason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Responses that are odd in some way: what has arrived counts, and what could not be read is never a success. */
class ResponseKindsTest {

    private static final String ITEMS = "batch=true&batchSize=5000&itemResults=RAW(items: /results, status: /status)";
    private static final String GOOD = "HTTP/1.1 200 OK\nContent-Length: 2\n\n{}";
    private static final int MANY = 2000;

    @TempDir
    Path data;

    private static String json(int status, String body) {
        return "HTTP/1.1 " + status + " X\nContent-Type: application/json\nContent-Length: "
                + body.getBytes(StandardCharsets.UTF_8).length + "\n\n" + body;
    }

    private InputSummary deliver(RawAnswers server, String parameters, int records, String... settings) throws Exception {
        try (Delivery delivery = new Delivery(data, server.url(), parameters, settings)) {
            return delivery.deliver(Delivery.records(records));
        }
    }

    private String reason() {
        return new DataDirectory(data).deadLetters("flow", each -> true).get(0).path("reason").asText();
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1 201 Created\nContent-Encoding: gzip\nContent-Length: 0\n\n",
            "HTTP/1.1 200 OK\nContent-Encoding: gzip\nContent-Length: 5\n\nno zip",
            "HTTP/1.1 200 OK\nContent-Length: 100\n\nbroken off",
            "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\nnot a chunk",
            "HTTP/1.1 200 OK\nContent-Type: text/html; charset=klingon\nContent-Length: 2\n\n{}",
            "HTTP/1.1 200 OK\nContent-Type: application/x-java-serialized-object\nContent-Length: 2\n\n{}",
            "HTTP/1.1 204 No Content\nContent-Encoding: gzip\n\n",
            "HTTP/1.0 200 OK\n\nas long as it is open",
            "HTTP/1.1 202\nContent-Length: 0\n\n",
            "HTTP/1.1 200 OK\nContent-Length: 2\nContent-Length: 3\n\n{}",
            "HTTP/1.1 200 OK\nContent-Length: -1\n\n{}",
            "HTTP/1.1 200 OK\nTransfer-Encoding: klingon\n\n{}",
            "HTTP/1.1 200 OK\nno header\n\n{}",
            "HTTP/1.1 204 No Content\nno header\n\n",
            "HTTP/1.1 200 OK\nContent-Le"})
    void aSuccessThatArrivedCountsOnce(String answer) throws Exception {
        try (RawAnswers server = new RawAnswers(RawAnswers.text(answer))) {
            InputSummary account = deliver(server, "onceOnly=true", 1);

            assertThat(account.delivered()).isEqualTo(1);
            assertThat(server.requests()).hasSize(1);
        }
    }

    @ParameterizedTest
    @CsvSource({"422, 1", "503, 2"})
    void soDoesAnotherStatus(int status, int requests) throws Exception {
        String empty = "HTTP/1.1 %d X\nContent-Encoding: gzip\nContent-Length: 0\n\n".formatted(status);
        try (RawAnswers server = new RawAnswers(RawAnswers.text(empty, GOOD))) {
            InputSummary account = deliver(server, "batch=false", 1);

            assertThat(server.requests()).hasSize(requests);
            assertThat(account.rejected()).isEqualTo(status == 422 ? 1 : 0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"SSH-2.0-OpenSSH_9.2\n", "HTTP/1.1 99 Odd\nContent-Length: 0\n\n", "HTTP/1.1 000 None\n\n",
            "HTTP/1.1 2000 Long\n\n", "HTTP/2.0 200 OK\nContent-Length: 0\n\n", "<html>ok</html>\n", "HTTP/1.1 OK\n\n",
            "left over\nHTTP/1.1 200 OK\nContent-Length: 0\n\n"})
    void whatIsNoHttpIsAskedForAFewTimesOnly(String odd) throws Exception {
        try (RawAnswers server = new RawAnswers(RawAnswers.text(odd))) {
            InputSummary account = deliver(server, "batch=false", 1, "gtm.retry-max-delay", "10ms");

            assertThat(account.rejected()).isEqualTo(1);
            assertThat(server.requests()).hasSize(5);
            assertThat(reason()).startsWith("the response cannot be read (").contains("not a status line");
        }
    }

    @Test
    void aResponseWithoutTheResultsIsTheLastError() throws Exception {
        try (RawAnswers server = new RawAnswers(
                RawAnswers.text(json(200, "<html>"), json(200, "{\"results\":[{\"status\":200}]}")));
                Delivery delivery = new Delivery(data, server.url(), ITEMS)) {
            assertThat(delivery.deliver(Delivery.records(1)).delivered()).isEqualTo(1);

            assertThat(server.requests()).hasSize(2);
            assertThat(delivery.destination().tally().lastFailure().orElseThrow().reason())
                    .startsWith("responded with 200, but the response is not JSON");
        }
    }

    @Test
    void bytesThatAreNoTextAreTold() throws Exception {
        try (RawAnswers server = new RawAnswers(RawAnswers.text("\u0000\u0001 odd\n"))) {
            deliver(server, "batch=false", 1, "gtm.retry-max-delay", "10ms");

            assertThat(reason()).contains("it begins with '?? odd', which is not a status line");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"SSH-2.0-OpenSSH_9.2\n", "HTTP/1.1 99 Odd\n\n"})
    void onAOnceOnlyEndpointItIsHeld(String odd) throws Exception {
        try (RawAnswers server = new RawAnswers(RawAnswers.text(odd))) {
            InputSummary account = deliver(server, "onceOnly=true", 1);

            assertThat(account.held()).isEqualTo(1);
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void aStatusOfNoKnownClassIsThatOfAServerThatFailed() throws Exception {
        try (RawAnswers server = new RawAnswers(RawAnswers.text("HTTP/1.1 999 Denied\nContent-Length: 0\n\n", GOOD))) {
            assertThat(deliver(server, "batch=false", 1).delivered()).isEqualTo(1);
            assertThat(server.requests()).hasSize(2);
        }
    }

    @Test
    void multiStatusWithoutItemResultsIsHeldWithAdvice() throws Exception {
        String body = "[{\"status\":201},{\"status\":422},{\"status\":201}]";
        try (RawAnswers server = new RawAnswers(RawAnswers.text(json(207, body)))) {
            InputSummary account = deliver(server, "batch=true", 3);

            assertThat(account.held()).isEqualTo(3);
            assertThat(reason()).startsWith("responded with 207, which reports each record separately: set Item Results");
        }
    }

    @Test
    void multiStatusThatTheVendorTakesForASuccessDelivers() throws Exception {
        try (RawAnswers server = new RawAnswers(RawAnswers.text(json(207, "[{\"status\":201}]")))) {
            InputSummary account = deliver(server, "batch=true", 3, "people-ai.outcomes", "207=delivered");

            assertThat(account.delivered()).isEqualTo(3);
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void multiStatusWithItemResultsIsReadRecordByRecordWhateverTheVendorTakesItFor() throws Exception {
        String body = "{\"results\":[{\"status\":201},{\"status\":422},{\"status\":201}]}";
        try (RawAnswers server = new RawAnswers(RawAnswers.text(json(207, body)))) {
            InputSummary account = deliver(server, ITEMS, 3, "people-ai.outcomes", "207=delivered");

            assertThat(account.delivered()).isEqualTo(2);
            assertThat(account.rejected()).isEqualTo(1);
        }
    }

    /** A fifth of the records is refused, and the response is longer than what people are shown of it. */
    private static String results() {
        return IntStream.rangeClosed(1, MANY).mapToObj(i -> "{\"status\":" + (i % 10 == 0 ? 422 : 200)
                + ",\"message\":\"record number " + i + "\"}").collect(Collectors.joining(",", "{\"results\":[", "]}"));
    }

    @Test
    void aLongResponseDecidesRecordByRecord() throws Exception {
        assertThat(results().length()).isGreaterThan(86_000);
        try (RawAnswers server = new RawAnswers(RawAnswers.text(json(200, results())))) {
            InputSummary account = deliver(server, ITEMS, MANY);

            assertThat(account.delivered()).isEqualTo(1800);
            assertThat(account.rejected()).isEqualTo(200);
            assertThat(server.requests()).hasSize(1);
        }
    }

    /** In one piece, or as a server packs it that sends what it has. */
    @ParameterizedTest
    @ValueSource(ints = {Integer.MAX_VALUE, 10_000, 100})
    void soDoesAPackedOne(int member) throws Exception {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        byte[] results = results().getBytes(StandardCharsets.UTF_8);
        for (int from = 0; from < results.length; from += Math.min(member, results.length)) {
            try (GZIPOutputStream zip = new GZIPOutputStream(packed)) {
                zip.write(results, from, Math.min(member, results.length - from));
            }
        }
        try (RawAnswers server = new RawAnswers((number, out) -> {
            out.write(("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: " + packed.size() + "\r\n\r\n")
                    .getBytes());
            packed.writeTo(out);
        })) {
            assertThat(deliver(server, ITEMS, MANY).rejected()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1 200 OK\nContent-Length: 5000\n\n{\"results\":[{\"status\":422},",
            "HTTP/1.1 200 OK\nContent-Length: 26\n\n{\"results\":[{\"status\":422}",
            "HTTP/1.1 200 OK\nContent-Length: 9\n\n<html>ok!"})
    void aResponseThatDoesNotSayWhatBecameOfEachRecordIsAskedForAgain(String answer) throws Exception {
        try (RawAnswers server = new RawAnswers(RawAnswers.text(answer, json(200, "{\"results\":[{\"status\":422}]}")))) {
            InputSummary account = deliver(server, ITEMS, 1);

            assertThat(account.rejected()).isEqualTo(1);
            assertThat(server.requests()).hasSize(2);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1 200 OK\nContent-Length: 5000\n\n{\"results\":[{\"status\":422},",
            "HTTP/1.1 200 OK\nContent-Length: 9\n\n<html>ok!"})
    void orHeldWhereItMustNotHappenTwice(String answer) throws Exception {
        try (RawAnswers server = new RawAnswers(RawAnswers.text(answer))) {
            InputSummary account = deliver(server, ITEMS + "&onceOnly=true", 3);

            assertThat(account.held()).isEqualTo(3);
            assertThat(server.requests()).hasSize(1);
            assertThat(reason()).contains("the outcome of each record is unknown");
        }
    }

    @Test
    void aResponseLongerThanWhatIsReadIsNoSuccess() throws Exception {
        try (RawAnswers server = new RawAnswers((number, out) -> {
            out.write("HTTP/1.1 200 OK\r\nContent-Length: 8000000\r\n\r\n{\"results\":[".getBytes());
            out.write(" ".repeat(7_999_988).getBytes());
        })) {
            InputSummary account = deliver(server, ITEMS + "&onceOnly=true", 2);

            assertThat(account.held()).isEqualTo(2);
            assertThat(reason()).contains("longer than the 4194304 bytes");
        }
    }

    @Test
    void aResponseThatNeverEndsIsCutAtTheDeadlineAndItsStatusCounts() throws Exception {
        try (RawAnswers server = new RawAnswers((number, out) -> {
            out.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n".getBytes());
            while (true) {
                out.write("1\r\n \r\n".getBytes());
                out.flush();
                Thread.sleep(200);
            }
        })) {
            InputSummary account = deliver(server, "onceOnly=true", 1, "gtm.request-timeout", "1s");

            assertThat(account.delivered()).isEqualTo(1);
            assertThat(server.requests()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"HTTP/1.1 200 OK\nConnection: close\nContent-Length: 2\nContent-Length: 3\n\n{}",
                    "HTTP/1.1 200 OK\nConnection: close\nno header\n\n{}",
                    "HTTP/1.1 200 OK\nConnection: close\nContent-Length: 9\n\n<html>ok!"})
    void aSuccessThatCannotBeReadIsAskedForAFewTimesOnlyAndThenHeld(String answer) throws Exception {
        try (RawAnswers server = new RawAnswers(RawAnswers.text(answer))) {
            InputSummary account = deliver(server, ITEMS, 3, "gtm.retry-max-delay", "10ms");

            assertThat(account.held()).isEqualTo(3);
            assertThat(server.requests()).hasSize(5);
            assertThat(reason()).contains("the outcome of each record is unknown");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1 200 OK\nContent-Length: 6\n\n<html>", "SSH-2.0-OpenSSH_9.2\n"})
    void onlyResponsesThatCannotBeReadCountAsSuch(String odd) throws Exception {
        String busy = json(503, "{}");
        try (RawAnswers server = new RawAnswers(RawAnswers.text(busy, busy, busy, busy, odd, busy, odd, odd, odd, GOOD))) {
            InputSummary account = deliver(server, ITEMS, 3, "gtm.retry-max-delay", "10ms");

            assertThat(account.delivered()).isEqualTo(3);
            assertThat(server.requests()).hasSize(10);
        }
    }

    @Test
    void headersThatNeverEndAreCutAtTheDeadlineAndTheStatusCounts() throws Exception {
        try (RawAnswers server = new RawAnswers((number, out) -> {
            out.write("HTTP/1.1 200 OK\r\n".getBytes());
            for (int i = 0; true; i++) {
                out.write(("X-" + i + ": x\r\n").getBytes());
                out.flush();
                Thread.sleep(200);
            }
        })) {
            InputSummary account = deliver(server, "onceOnly=true", 1, "gtm.request-timeout", "1s");

            assertThat(account.delivered()).isEqualTo(1);
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void headersWithoutNumberFillNoMemory() throws Exception {
        try (RawAnswers server = new RawAnswers((number, out) -> {
            out.write("HTTP/1.1 200 OK\r\n".getBytes());
            byte[] header = ("X: " + "x".repeat(8000) + "\r\n").getBytes();
            while (true) {
                out.write(header);
            }
        })) {
            assertThat(deliver(server, "onceOnly=true", 1).delivered()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1 200 OK", "\r\n", "garbage"})
    void whatNeverBecomesAStatusLineIsAskedForAFewTimesOnly(String endless) throws Exception {
        try (RawAnswers server = new RawAnswers((number, out) -> {
            byte[] more = endless.repeat(100).getBytes();
            while (true) {
                out.write(more);
            }
        })) {
            InputSummary account = deliver(server, "batch=false", 1, "gtm.retry-max-delay", "10ms");

            assertThat(account.rejected()).isEqualTo(1);
            assertThat(server.requests()).hasSize(5);
        }
    }

    @Test
    void aBodyThatIsPackedThousandsOfTimesIsNotUnpacked() throws Exception {
        String packed = "HTTP/1.1 200 OK\nContent-Encoding: gzip" + ",gzip".repeat(2000) + "\nContent-Length: 2\n\n{}";
        try (RawAnswers server = new RawAnswers(RawAnswers.text(packed))) {
            assertThat(deliver(server, "onceOnly=true", 1).delivered()).isEqualTo(1);
        }
    }

    @Test
    void aRetryAfterWithThousandsOfValuesWaitsTheLongestDelay() throws Exception {
        String busy = "HTTP/1.1 429 Busy\nRetry-After: 0" + ",0".repeat(4000) + "\nContent-Length: 0\n\n";
        try (RawAnswers server = new RawAnswers(RawAnswers.text(busy, GOOD))) {
            assertThat(deliver(server, "batch=false", 1, "gtm.retry-max-delay", "1s").delivered()).isEqualTo(1);
            assertThat(server.requests()).hasSize(2);
        }
    }

    /** The server refuses a body of several megabytes by its size, and reads no more of it. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aResponseThatDoesNotWaitForTheBodyCounts(boolean closes) throws Exception {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            AtomicInteger requests = new AtomicInteger();
            Thread serving = new Thread(() -> {
                while (!server.isClosed()) {
                    try {
                        Socket connection = server.accept();
                        requests.incrementAndGet();
                        connection.getInputStream().readNBytes(1000);
                        connection.getOutputStream().write("HTTP/1.1 422 No\r\nContent-Length: 0\r\n\r\n".getBytes());
                        if (closes) {
                            connection.shutdownOutput();
                        }
                    } catch (IOException e) {
                        return;
                    }
                }
            });
            serving.start();
            String record = "{\"id\":1,\"text\":\"" + "x".repeat(8_000_000) + "\"}\n";
            try (Delivery delivery = new Delivery(data, "http://127.0.0.1:" + server.getLocalPort(), "onceOnly=true")) {
                InputSummary account = delivery.deliver(record);

                assertThat(account.rejected()).isEqualTo(1);
                assertThat(requests).hasValue(1);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"2.5, 2500", "1, 1000"})
    void retryAfterIsKept(String value, long millis) throws Exception {
        String busy = "HTTP/1.1 503 Busy\nRetry-After: " + value + "\nRetry-After: " + value + "\nContent-Length: 0\n\n";
        try (RawAnswers server = new RawAnswers(RawAnswers.text(busy, GOOD))) {
            assertThat(deliver(server, "batch=false", 1).delivered()).isEqualTo(1);
            assertThat(server.millisAfter(1)).isBetween(millis - 10, millis + 5000);
        }
    }

    @Test
    void retryAfterIsKeptWhereTheBodyCannotBeOpened() throws Exception {
        String busy = "HTTP/1.1 429 Busy\nRetry-After: 1\nContent-Encoding: gzip\nContent-Length: 0\n\n";
        try (RawAnswers server = new RawAnswers(RawAnswers.text(busy, GOOD))) {
            assertThat(deliver(server, "batch=false", 1).delivered()).isEqualTo(1);
            assertThat(server.millisAfter(1)).isGreaterThan(990);
        }
    }

    @Test
    void aRefusedCredentialPausesTheFlowWhereTheBodyCannotBeOpened() throws Exception {
        String refused = "HTTP/1.1 401 Unauthorized\nContent-Encoding: gzip\nContent-Length: 0\n\n";
        try (RawAnswers server = new RawAnswers(RawAnswers.text(refused, GOOD));
                Delivery delivery = new Delivery(data, server.url(), "maxInFlight=1")) {
            CompletableFuture<InputSummary> account = delivery.deliverMeanwhile(Delivery.records(1));
            await().until(() -> delivery.destination().halt().map(PauseReason::kind)
                    .equals(Optional.of(PauseReason.Kind.CREDENTIAL)));
            delivery.destination().resume();
            assertThat(account.get().delivered()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"99999999999999999999", "in a while"})
    void aRetryAfterThatCannotBeReadWaitsTheLongestDelay(String value) throws Exception {
        String busy = "HTTP/1.1 429 Busy\nRetry-After: " + value + "\nContent-Length: 0\n\n";
        try (RawAnswers server = new RawAnswers(RawAnswers.text(busy, GOOD))) {
            assertThat(deliver(server, "batch=false", 1, "gtm.retry-max-delay", "2s").delivered()).isEqualTo(1);
            assertThat(server.millisAfter(1)).isGreaterThan(1900);
        }
    }

    @Test
    void aSuccessCanSayNo() throws Exception {
        try (RawAnswers server = new RawAnswers(RawAnswers.text(json(200, "{\"errors\":\"no such owner\"}"), GOOD,
                "HTTP/1.1 200 OK\nContent-Length: 2\n\nok", GOOD))) {
            InputSummary account = deliver(server, "maxInFlight=1", 3, "people-ai.failure-when", "/errors");

            assertThat(account.rejected()).isEqualTo(1);
            assertThat(account.delivered()).isEqualTo(2);
            assertThat(reason()).isEqualTo("responded with 200 and the error: no such owner");
            assertThat(server.requests()).as("one that cannot be read is asked for again").hasSize(4);
        }
    }

    @Test
    void aBatchThatIsForbiddenIsOneRequest() throws Exception {
        try (RawAnswers server = new RawAnswers(RawAnswers.text(json(403, "{}")))) {
            InputSummary account = deliver(server, "batch=true", 100);

            assertThat(account.rejected()).isEqualTo(100);
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void aVendorMayMeanSomethingElse() throws Exception {
        try (RawAnswers server = new RawAnswers(
                RawAnswers.text(json(403, "{}"), json(409, "{\"code\":7}"), json(409, "{}")))) {
            InputSummary account = deliver(server, "maxInFlight=1", 2, "people-ai.outcomes",
                    "403=retry, 409:/code=delivered");

            assertThat(account.delivered()).isEqualTo(1);
            assertThat(account.rejected()).isEqualTo(1);
            assertThat(server.requests()).hasSize(3);
        }
    }
}
