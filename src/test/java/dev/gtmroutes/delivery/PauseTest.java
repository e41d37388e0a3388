// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.gtmroutes.delivery.ScriptedApi.Reply;
import dev.gtmroutes.delivery.status.PauseReason;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A flow that pauses, because sending on would only make it worse. */
class PauseTest {

    @TempDir
    Path data;
    private ScriptedApi api;

    @BeforeEach
    void start() throws Exception {
        api = new ScriptedApi();
    }

    @AfterEach
    void stop() {
        api.close();
    }

    private static void awaitHalt(Delivery delivery, PauseReason.Kind kind) {
        await().until(() -> delivery.destination().halt().map(PauseReason::kind).equals(Optional.of(kind)));
    }

    @Test
    void aRefusedCredentialPausesTheFlowAndItGoesOnByItself() throws Exception {
        api.script(each -> each.number() <= 5 ? Reply.of(401) : Reply.of(200));
        try (Delivery delivery = new Delivery(data, api.url(), "maxInFlight=2")) {
            CompletableFuture<InputSummary> account = delivery.deliverMeanwhile(Delivery.records(30));
            awaitHalt(delivery, PauseReason.Kind.CREDENTIAL);
            assertThat(delivery.destination().halt().orElseThrow().reason()).contains("401").doesNotContain("some-key");
            await().during(Duration.ofSeconds(2)).atMost(Duration.ofSeconds(4)).until(() -> api.asked().size() <= 2);
            api.script(each -> Reply.of(200));
            assertThat(account.get().delivered()).isEqualTo(30);
            assertThat(api.taken()).hasSize(30).doesNotHaveDuplicates();
            assertThat(delivery.destination().halt()).isEmpty();
            assertThat(delivery.deadLetters()).isEmpty();
        }
    }

    @Test
    void aPauseIsNoTimeInWhichARequestIsRetried() throws Exception {
        Duration retried = Duration.ofSeconds(4);
        try (Delivery delivery = new Delivery(data, api.url(), "maxInFlight=1&retryFor=4s", "gtm.retry-max-delay", "1ms")) {
            api.script(each -> {
                if (each.number() == 1) {
                    delivery.destination().diskRefused("a topic cannot be reached");
                }
                return Reply.of(each.number() < 3 ? 503 : 200);
            });
            CompletableFuture<InputSummary> account = delivery.deliverMeanwhile(Delivery.records(1));
            awaitHalt(delivery, PauseReason.Kind.DISK);
            Instant end = Instant.now().plus(retried);
            await().until(() -> Instant.now().isAfter(end));
            delivery.destination().diskWorked();

            assertThat(account.get().delivered()).isEqualTo(1);
            assertThat(account.get().requests()).isEqualTo(3);
        }
    }

    @Test
    void aPersonResumesAFlowWhoseCredentialWorksAgain() throws Exception {
        api.script(each -> Reply.of(401));
        try (Delivery delivery = new Delivery(data, api.url(), "batch=true&batchSize=10&maxInFlight=1")) {
            CompletableFuture<InputSummary> account = delivery.deliverMeanwhile(Delivery.records(30));
            awaitHalt(delivery, PauseReason.Kind.CREDENTIAL);
            api.script(each -> Reply.of(200));
            delivery.destination().resume();
            assertThat(account.get().delivered()).isEqualTo(30);
            assertThat(api.taken()).containsExactlyElementsOf(IntStream.rangeClosed(1, 30).boxed().toList());
        }
    }

    @Test
    void aPausedFlowTakesNoOtherChunkAndKeepsAllWhenItIsStopped() throws Exception {
        api.script(each -> Reply.of(401));
        try (Delivery delivery = new Delivery(data, api.url(), "maxInFlight=1")) {
            CompletableFuture<InputSummary> first = delivery.deliverMeanwhile(Delivery.records(3));
            awaitHalt(delivery, PauseReason.Kind.CREDENTIAL);
            CompletableFuture<InputSummary> second = delivery.deliverMeanwhile(Delivery.records(3));
            delivery.camel().stop();
            assertThatThrownBy(first::get).hasRootCauseInstanceOf(InputKeptException.class);
            assertThatThrownBy(second::get).rootCause().isInstanceOf(Exception.class);
            assertThat(delivery.deadLetters()).isEmpty();
        }
    }

    @Test
    void twentyEqualRejectionsInARowPauseTheFlow() throws Exception {
        api.script(each -> Reply.of(404, "{\"error\":\"no such user\",\"request\":\"r-" + each.number() + "\"}"));
        try (Delivery delivery = new Delivery(data, api.url(), "maxInFlight=1")) {
            CompletableFuture<InputSummary> account = delivery.deliverMeanwhile(Delivery.records(30));
            awaitHalt(delivery, PauseReason.Kind.REJECTIONS);
            assertThat(delivery.destination().halt().orElseThrow().reason())
                    .startsWith("20 records in a row were rejected for the same reason: responded with 404")
                    .contains("no such user");
            assertThat(delivery.deadLetters()).hasSize(20);
            await().during(Duration.ofSeconds(1)).until(() -> api.asked().size() == 20);
            api.script(each -> Reply.of(200));
            delivery.destination().resume();
            assertThat(account.get().delivered()).isEqualTo(10);
            assertThat(account.get().rejected()).isEqualTo(20);
        }
    }

    @Test
    void aRestartRemembersThePauseUntilAPersonResumesTheFlow() throws Exception {
        api.script(each -> Reply.of(404));
        try (Delivery delivery = new Delivery(data, api.url(), "maxInFlight=1")) {
            delivery.deliverMeanwhile(Delivery.records(30));
            awaitHalt(delivery, PauseReason.Kind.REJECTIONS);
        }
        api.script(each -> Reply.of(200));
        try (Delivery delivery = new Delivery(data, api.url(), "maxInFlight=1")) {
            CompletableFuture<InputSummary> account = delivery.deliverMeanwhile(Delivery.records(5));
            awaitHalt(delivery, PauseReason.Kind.REJECTIONS);
            assertThat(delivery.destination().halt().orElseThrow().reason()).startsWith("20 records in a row were rejected");
            await().during(Duration.ofMillis(500)).until(() -> api.asked().isEmpty());
            delivery.destination().resume();
            assertThat(account.get().delivered()).isEqualTo(5);
        }
        try (Delivery delivery = new Delivery(data, api.url(), "maxInFlight=1")) {
            assertThat(delivery.deliver(Delivery.records(5)).delivered()).isEqualTo(5);
        }
    }

    @Test
    void aPauseThatCannotBeReadIsOne() throws Exception {
        Files.createDirectories(data.resolve("state/paused"));
        Files.writeString(data.resolve("state/paused/flow%3A1-delivery.json"), "{\"version\":2}");
        try (Delivery delivery = new Delivery(data, api.url(), "maxInFlight=1")) {
            CompletableFuture<InputSummary> account = delivery.deliverMeanwhile(Delivery.records(1));
            awaitHalt(delivery, PauseReason.Kind.REJECTIONS);
            assertThat(delivery.destination().halt().orElseThrow().reason()).contains("newer version");
            delivery.destination().resume();
            assertThat(account.get().delivered()).isEqualTo(1);
        }
    }

    @Test
    void rejectionsThatDifferOrAreNotInARowDoNot() throws Exception {
        api.script(
                each -> each.number() % 15 == 0 ? Reply.of(200) : Reply.of(each.number() < 90 ? 404 : each.number() % 2 == 0
                        ? 422 : 409));
        try (Delivery delivery = new Delivery(data, api.url(), "maxInFlight=1")) {
            assertThat(delivery.deliver(Delivery.records(200)).rejected()).isEqualTo(187);
        }
    }

    @Test
    void rejectionsBetweenRecordsThatAreTakenAreNotInARow() throws Exception {
        api.script(each -> Reply.of(200, each.ids().stream().map(n -> "{\"code\":" + (n % 3 == 0 ? 422 : 200) + "}")
                .collect(Collectors.joining(",", "{\"results\":[", "]}"))));
        try (Delivery delivery = new Delivery(data, api.url(),
                "batch=true&maxInFlight=1&itemResults=RAW(items: /results, status: /code)")) {
            assertThat(delivery.deliver(Delivery.records(300)).rejected()).isEqualTo(100);
            assertThat(delivery.deliver(("nonsense\n" + Delivery.records(1)).repeat(50)).rejected()).isEqualTo(50);
        }
    }

    @Test
    void requestsThatWereUnderWayDoNotDelayTheFirstTry() throws Exception {
        api.script(each -> {
            AnswerTableTest.pause(Duration.ofMillis(200));
            return Reply.of(401);
        });
        try (Delivery delivery = new Delivery(data, api.url(), "maxInFlight=16")) {
            CompletableFuture<InputSummary> account = delivery.deliverMeanwhile(Delivery.records(40));
            await().until(() -> delivery.destination().tally().requests().getOrDefault(401, 0L) >= 16);
            api.script(each -> Reply.of(200));
            await().atMost(Duration.ofSeconds(20)).until(() -> account.isDone());
            assertThat(account.get().delivered()).isEqualTo(40);
        }
    }

    @Test
    void aLongAnswerIsComparedAsFarAsAPersonWould() throws Exception {
        api.script(each -> Reply.of(422, "x".repeat(60_000) + each.number()));
        try (Delivery delivery = new Delivery(data, api.url(), "maxInFlight=1")) {
            delivery.deliverMeanwhile(Delivery.records(30));
            awaitHalt(delivery, PauseReason.Kind.REJECTIONS);
            assertThat(delivery.deadLetters()).hasSize(20);
        }
    }

    @Test
    void recordsThatAreNotFitToBeSentCountAsWell() throws Exception {
        try (Delivery delivery = new Delivery(data, api.url(), "maxInFlight=1")) {
            CompletableFuture<InputSummary> account = delivery
                    .deliverMeanwhile("nonsense\n".repeat(25) + Delivery.records(3));
            awaitHalt(delivery, PauseReason.Kind.REJECTIONS);
            assertThat(delivery.deadLetters()).hasSize(20);
            delivery.destination().resume();
            assertThat(account.get().rejected()).isEqualTo(25);
            assertThat(account.get().delivered()).isEqualTo(3);
        }
    }

    @Test
    void theGuardCanBeTurnedOff() throws Exception {
        api.script(each -> Reply.of(404));
        try (Delivery delivery = new Delivery(data, api.url(), "maxInFlight=1", "gtm.pause-after-rejections", "0")) {
            assertThat(delivery.deliver(Delivery.records(50)).rejected()).isEqualTo(50);
        }
    }
}
