// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import dev.gtmroutes.credential.RawServer;
import dev.gtmroutes.delivery.ScriptedApi.Asked;
import dev.gtmroutes.delivery.ScriptedApi.Reply;
import dev.gtmroutes.delivery.status.PauseReason;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an answer means, row by row, for one record and for a batch. */
class AnswerTableTest {

    private static final String BATCH = "batch=true&batchSize=8&maxInFlight=1";

    @TempDir
    static Path data;
    private static ScriptedApi api;
    private static Delivery single;
    private static Delivery batch;

    @BeforeAll
    static void start() throws Exception {
        api = new ScriptedApi();
        single = new Delivery(data.resolve("single"), api.url(), "maxInFlight=1");
        batch = new Delivery(data.resolve("batch"), api.url(), BATCH);
    }

    @AfterEach
    void forget() throws Exception {
        single.forget();
        batch.forget();
    }

    @AfterAll
    static void stop() {
        single.close();
        batch.close();
        api.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 202, 204})
    void aSuccessDelivers(int status) throws Exception {
        api.script(each -> Reply.of(status, status == 204 ? "" : "{}"));
        InputSummary account = batch.deliver(Delivery.records(8));
        assertThat(account.delivered()).isEqualTo(8);
        assertThat(account.requests()).isEqualTo(1);
        assertThat(batch.deadLetters()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 403, 404, 409, 410, 413, 422})
    void aFaultyRecordIsRejectedAtOnce(int status) throws Exception {
        api.script(each -> each.has(2) ? Reply.of(status) : Reply.of(200));
        InputSummary account = single.deliver(Delivery.records(3));
        assertThat(account.rejected()).isEqualTo(1);
        assertThat(account.requests()).isEqualTo(3);
        assertThat(api.taken()).containsExactly(1, 3);
        assertThat(single.deadLetters()).singleElement().satisfies(each -> {
            assertThat(each.path("record").path("n").asInt()).isEqualTo(2);
            assertThat(each.path("status").asInt()).isEqualTo(status);
            assertThat(each.path("reason").asText()).isEqualTo("responded with " + status);
            assertThat(each.path("line").asInt()).isEqualTo(2);
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 404, 409, 410, 413, 422})
    void aBatchWithAFaultyRecordIsCutInHalves(int status) throws Exception {
        api.script(each -> each.has(2) ? Reply.of(status) : Reply.of(200));
        InputSummary account = batch.deliver(Delivery.records(8));
        assertThat(api.taken()).containsExactly(1, 3, 4, 5, 6, 7, 8);
        assertThat(account.delivered()).isEqualTo(7);
        assertThat(account.rejected()).isEqualTo(1);
        assertThat(api.asked()).extracting(Asked::ids).startsWith(ids(1, 8), ids(1, 4), ids(1, 2), ids(1, 1), ids(2, 2));
        assertThat(batch.deadLetters()).extracting(each -> each.path("record").path("n").asInt()).containsExactly(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 304, 402, 403, 405, 406, 415, 451, 501, 505})
    void anAnswerThatIsNoRecordsFaultRejectsTheBatchAtOnce(int status) throws Exception {
        api.script(each -> Reply.of(status, ""));
        InputSummary account = batch.deliver(Delivery.records(8));
        assertThat(account.rejected()).isEqualTo(8);
        assertThat(account.requests()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 425, 429, 500, 502, 503, 504, 599, 0})
    void aPassingFailureIsRetried(int status) throws Exception {
        api.script(each -> each.number() <= 2 ? Reply.of(status) : Reply.of(200));
        InputSummary account = batch.deliver(Delivery.records(8));
        assertThat(account.delivered()).isEqualTo(8);
        assertThat(api.asked()).extracting(Asked::ids).containsExactly(ids(1, 8), ids(1, 8), ids(1, 8));
        assertThat(batch.destination().tally().requests().get(status)).isGreaterThanOrEqualTo(2);
    }

    @Test
    void aFailureThatDoesNotPassIsRejectedInTheEnd() throws Exception {
        api.script(each -> Reply.of(503, "down"));
        try (Delivery delivery = new Delivery(data.resolve("impatient"), api.url(), BATCH + "&retryFor=1s")) {
            InputSummary account = delivery.deliver(Delivery.records(8));
            assertThat(account.rejected()).isEqualTo(8);
            assertThat(account.requests()).isGreaterThan(1);
            assertThat(delivery.deadLetters()).hasSize(8).allSatisfy(each -> {
                assertThat(each.path("reason").asText()).matches("responded with 503 after \\d+ attempts");
                assertThat(each.path("answer").asText()).isEqualTo("down");
            });
        }
    }

    @Test
    void aTimeoutIsRetried() throws Exception {
        api.script(each -> {
            if (each.number() == 1) {
                pause(Duration.ofSeconds(5));
            }
            return Reply.of(200);
        });
        assertThat(batch.deliver(Delivery.records(3)).delivered()).isEqualTo(3);
        assertThat(api.asked()).hasSize(2);
    }

    @Test
    void aDestinationThatIsNotThereIsRetried() throws Exception {
        ScriptedApi gone = new ScriptedApi();
        gone.close();
        try (Delivery delivery = new Delivery(data.resolve("gone"), gone.url(), BATCH + "&retryFor=1s")) {
            assertThat(delivery.deliver(Delivery.records(3)).rejected()).isEqualTo(3);
            assertThat(delivery.destination().tally().requests().get(0)).isGreaterThan(1);
            assertThat(delivery.deadLetters()).allSatisfy(each -> assertThat(each.path("reason").asText())
                    .startsWith("no response (the connection was refused)"));
        }
    }

    @Test
    void retryAfterInSecondsAndAsADateIsHonoured() throws Exception {
        api.script(each -> switch (each.number()) {
            case 1 -> Reply.of(503).with("Retry-After", "2");
            case 2 -> Reply.of(429).with("Retry-After",
                    DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC).plusSeconds(3)));
            default -> Reply.of(200);
        });
        assertThat(batch.deliver(Delivery.records(1)).delivered()).isEqualTo(1);
        assertThat(between(0, 1)).isGreaterThanOrEqualTo(Duration.ofMillis(1990));
        // A date has whole seconds.
        assertThat(between(1, 2)).isGreaterThanOrEqualTo(Duration.ofMillis(1900));
    }

    @Test
    void nobodyWaitsLongerThanTheLongestDelay() throws Exception {
        api.script(each -> each.number() == 1 ? Reply.of(503).with("Retry-After", "86400") : Reply.of(200));
        try (Delivery delivery = new Delivery(data.resolve("capped"), api.url(), BATCH, "gtm.retry-max-delay", "1s")) {
            assertThat(delivery.deliver(Delivery.records(1)).delivered()).isEqualTo(1);
            assertThat(api.asked()).hasSize(2);
        }
    }

    @Test
    void recordsWaitWhileTheirDeadLettersCannotBeWritten() throws Exception {
        Path blocked = data.resolve("blocked");
        Path inTheWay = Files.createFile(Files.createDirectories(blocked).resolve("dead-letters"));
        api.script(each -> each.has(3) ? Reply.of(422) : Reply.of(200));
        try (Delivery delivery = new Delivery(blocked, api.url(), BATCH)) {
            CompletableFuture<InputSummary> account = delivery.deliverMeanwhile(Delivery.records(4));
            await().until(
                    () -> delivery.destination().halt().map(PauseReason::kind).equals(Optional.of(PauseReason.Kind.DISK)));
            Files.delete(inTheWay);
            assertThat(account.get().rejected()).isEqualTo(1);
            assertThat(api.taken()).containsExactly(1, 2, 4);
            assertThat(delivery.deadLetters()).hasSize(1);
            assertThat(delivery.destination().halt()).isEmpty();
        }
    }

    @Test
    void anAnswerThatBreaksOffCounts() throws Exception {
        try (RawServer server = new RawServer().behaving(connection -> {
            RawServer.HANG_UP.meet(connection);
            connection.getOutputStream().write("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nshort".getBytes());
        }); Delivery delivery = new Delivery(data.resolve("broken"), server.origin("http"), BATCH)) {
            InputSummary account = delivery.deliver(Delivery.records(4));
            assertThat(account.delivered()).isEqualTo(4);
            assertThat(account.requests()).isEqualTo(1);
        }
    }

    private Duration between(int first, int second) {
        return Duration.between(api.asked().get(first).at(), api.asked().get(second).at());
    }

    private static List<Integer> ids(int first, int last) {
        return IntStream.rangeClosed(first, last).boxed().toList();
    }

    static void pause(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
