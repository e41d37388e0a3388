// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gtmroutes.delivery.ScriptedApi.Reply;
import dev.gtmroutes.delivery.status.DestinationStatus;
import dev.gtmroutes.delivery.status.RecentRequest;
import dev.gtmroutes.outbox.Outboxes;
import org.apache.camel.Route;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Responses wait on disk for their webhook. In a Camel without Quarkus. */
class OutboxTest {

    @TempDir
    Path data;

    private ScriptedApi api;
    private TestWebhook webhook;

    @BeforeEach
    void start() throws Exception {
        api = new ScriptedApi();
        webhook = new TestWebhook(0);
    }

    @AfterEach
    void stop() {
        webhook.close();
        api.close();
    }

    private Delivery delivery(String url, String parameters) throws Exception {
        return new Delivery(data, api.url(), "responseWebhook=RAW(" + url + ")" + parameters, "gtm.retry-max-delay",
                "100ms");
    }

    private List<Integer> statuses() {
        return webhook.events().stream().map(each -> each.path("response").path("status").asInt()).toList();
    }

    private List<Path> waiting() throws IOException {
        try (Stream<Path> files = Files.walk(data.resolve("responses/flow.1"))) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    @Test
    void everyAttemptIsToldInOrder() throws Exception {
        api.script(each -> Reply.of(each.number() % 2 == 1 ? 503 : 200, "{\"asked\":" + each.number() + "}"));
        try (Delivery delivery = delivery(webhook.url(), "&maxInFlight=1")) {
            assertThat(delivery.deliver(Delivery.records(10)).delivered()).isEqualTo(10);
            await().until(() -> webhook.events().size() == 20);

            assertThat(webhook.events().stream().map(each -> each.path("response").path("json").path("asked").asInt()))
                    .containsExactlyElementsOf(IntStream.rangeClosed(1, 20).boxed().toList());
            for (int i = 0; i < 20; i += 2) {
                JsonNode first = webhook.events().get(i);
                JsonNode second = webhook.events().get(i + 1);
                assertThat(first.path("requestId").asText()).isNotBlank().isEqualTo(second.path("requestId").asText());
                assertThat(first.path("attempt").asInt()).isEqualTo(1);
                assertThat(second.path("attempt").asInt()).isEqualTo(2);
            }
            assertThat(webhook.events().stream().map(each -> each.path("requestId").asText()).distinct()).hasSize(10);
            // Files come and go while they are listed.
            await("what was delivered is deleted").ignoreExceptions().until(() -> waiting().isEmpty());
        }
    }

    @Test
    void anAttemptWithARefusedCredentialHasANumberOfItsOwn() throws Exception {
        api.script(each -> Reply.of(each.number() == 1 ? 401 : 200));
        try (Delivery delivery = delivery(webhook.url(), "&maxInFlight=1")) {
            CompletableFuture<InputSummary> account = delivery.deliverMeanwhile(Delivery.records(1));
            await().until(() -> delivery.destination().halt().isPresent());
            delivery.destination().resume();
            assertThat(account.get().delivered()).isEqualTo(1);
            await().until(() -> webhook.events().size() == 2);

            assertThat(statuses()).containsExactly(401, 200);
            assertThat(webhook.events()).extracting(each -> each.path("attempt").asInt()).containsExactly(1, 2);
            assertThat(webhook.events().stream().map(each -> each.path("requestId").asText()).distinct()).hasSize(1);
            assertThat(delivery.destination().recent().after(0)).extracting(RecentRequest::attempt)
                    .containsExactly(1, 2);
        }
    }

    @Test
    void aLongBodyIsCut() throws Exception {
        api.script(each -> Reply.of(200, "ä".repeat(100_000)));
        try (Delivery delivery = delivery(webhook.url(), "")) {
            delivery.deliver(Delivery.records(1));
            await().until(() -> webhook.events().size() == 1);
        }
        String body = webhook.events().get(0).path("response").path("body").asText();
        assertThat(webhook.events().get(0).path("response").path("cut").asBoolean()).isTrue();
        assertThat(body).startsWith("äää").endsWith("ä … (cut)");
        assertThat(body.getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(64 * 1024).isGreaterThan(64_000);
    }

    @Test
    void aWebhookThatHangsHoldsUpNoDelivery() throws Exception {
        CountDownLatch allDelivered = new CountDownLatch(1);
        webhook.answer(() -> {
            try {
                return allDelivered.await(1, TimeUnit.MINUTES) ? 204 : 500;
            } catch (InterruptedException e) {
                return 500;
            }
        });
        try (Delivery delivery = delivery(webhook.url(), "")) {
            assertThat(delivery.deliver(Delivery.records(300)).delivered()).isEqualTo(300);
            assertThat(webhook.events()).isEmpty();
            allDelivered.countDown();
            await().until(() -> webhook.events().size() >= 300);
        }
        assertThat(webhook.events().stream().map(each -> each.path("requestId").asText()).distinct()).hasSize(300);
    }

    @Test
    void whatADeadWebhookMissedIsToldToTheNextOne() throws Exception {
        String dead = webhook.url();
        webhook.close();
        try (Delivery delivery = delivery(dead, "&maxInFlight=1")) {
            assertThat(delivery.deliver(Delivery.records(150)).delivered()).isEqualTo(150);
        }
        assertThat(waiting()).isNotEmpty();

        webhook = new TestWebhook(0);
        try (Delivery again = delivery(webhook.url(), "&maxInFlight=1")) {
            await().until(() -> webhook.events().size() == 150);
            assertThat(again.deliver(Delivery.records(1)).delivered()).isEqualTo(1);
            await().until(() -> webhook.events().size() == 151);
        }
        assertThat(webhook.events().stream().map(each -> each.path("requestId").asText()).distinct()).hasSize(151);
        assertThat(webhook.events().stream().map(each -> each.path("sentAt").asText())).isSorted();
    }

    @Test
    void aRecordWaitsForTheInboxOfTheOtherFlow() throws Exception {
        Path inbox = Files.createDirectories(data.resolve("inbox")).resolve("answers");
        Files.writeString(inbox, "in the way");
        try (Delivery delivery = new Delivery(data, api.url(), "responseFlow=answers")) {
            CompletableFuture<InputSummary> account = delivery.deliverMeanwhile(Delivery.records(1));
            await().until(() -> delivery.destination().halt().isPresent());
            assertThat(delivery.destination().halt().get().reason()).contains("cannot write a response event to " + inbox);
            assertThat(delivery.destination().tally().recordsDelivered()).isZero();
            Files.delete(inbox);
            assertThat(account.get().delivered()).isEqualTo(1);
            assertThat(api.asked()).hasSize(1);
            await().until(() -> {
                try (Stream<Path> files = Files.list(inbox)) {
                    return files.anyMatch(each -> each.toString().endsWith(".ndjson"));
                }
            });
        }
    }

    @Test
    void aRecordWaitsForItsEvent() throws Exception {
        Path outbox = Files.createDirectories(data.resolve("responses")).resolve("flow.1");
        Files.writeString(outbox, "in the way");
        try (Delivery delivery = delivery(webhook.url(), "")) {
            CompletableFuture<InputSummary> account = delivery.deliverMeanwhile(Delivery.records(1));
            await().until(() -> delivery.destination().tally().requests().containsKey(200));
            assertThat(delivery.destination().tally().recordsDelivered()).isZero();
            Files.delete(outbox);

            assertThat(account.get().delivered()).isEqualTo(1);
            assertThat(account.get().requests()).isEqualTo(1);
            await().until(() -> webhook.events().size() == 1);
        }
    }

    @Test
    void aFlowThatWasStoppedGoesOnTelling() throws Exception {
        webhook.answer(() -> 503);
        try (Delivery delivery = delivery(webhook.url(), "")) {
            delivery.deliver(Delivery.records(5));
            delivery.camel().getRouteController().stopRoute("flow");
            webhook.answer(() -> 204);

            await().until(() -> statuses().equals(List.of(200, 200, 200, 200, 200)));
        }
    }

    @Test
    void theRouteOfTheOutboxComesAndGoesWithItsDestination() throws Exception {
        webhook.answer(() -> 503);
        try (Delivery delivery = delivery(webhook.url(), "")) {
            delivery.deliver(Delivery.records(7));
            assertThat(delivery.camel().getRoutes()).extracting(Route::getRouteId).contains("flow.1-responses");

            KameletRoutes.remove(delivery.camel(), each -> each.equals("flow") || each.startsWith("flow:"));
            assertThat(delivery.camel().getRoutes()).extracting(Route::getRouteId)
                    .noneMatch(each -> each.startsWith("flow"));

            try (TestWebhook other = new TestWebhook(0)) {
                delivery.camel().addRoutes(new RouteBuilder() {
                    @Override
                    public void configure() {
                        from("direct:flow").routeId("flow").to("kamelet:people-ai-request-sink/flow:1?url=/things&"
                                + "responseWebhook=RAW(" + other.url() + ")");
                    }
                });
                await().until(() -> other.events().size() == 7);
                delivery.deliver(Delivery.records(1));
                await().until(() -> other.events().size() == 8);
            }
        }
        assertThat(webhook.events()).isEmpty();
    }

    @Test
    void withoutAWebhookThereIsNoOutbox() throws Exception {
        try (Delivery delivery = new Delivery(data, api.url(), "maxInFlight=1")) {
            delivery.deliver(Delivery.records(1));
            assertThat(delivery.camel().getRoutes()).extracting(Route::getRouteId)
                    .noneMatch(each -> each.contains("responses"));
        }
        assertThat(data.resolve("responses")).doesNotExist();
    }

    @Test
    void aWebhookThatRefusesEverythingPausesAndCanBeResumed() throws Exception {
        webhook.answer(() -> 404);
        try (Delivery delivery = delivery(webhook.url(), "")) {
            assertThat(delivery.deliver(Delivery.records(25)).delivered()).isEqualTo(25);
            DestinationStatus told = Outboxes.destinations(delivery.camel(), "flow").get(0);
            await().until(() -> told.halt().isPresent());
            assertThat(delivery.destination().halt()).isEmpty();

            webhook.answer(() -> 204);
            told.resume();
            await().until(() -> webhook.events().size() == 5);
            assertThat(told.tally().recordsRejected()).containsExactlyEntriesOf(Map.of("404", 20L));
        }
    }

    @Test
    void theUrlIsNowhereToBeRead() throws Exception {
        ConcurrentLinkedQueue<String> log = new ConcurrentLinkedQueue<>();
        Handler handler = handler(log);
        Logger.getLogger("").addHandler(handler);
        try (Delivery delivery = delivery(webhook.url(), "")) {
            webhook.answer(() -> 503);
            delivery.deliver(Delivery.records(1));
            await().until(() -> log.stream().anyMatch(each -> each.contains("POST /response-webhook responded with 503")));
            webhook.answer(() -> 404);
            await().until(() -> Files.isDirectory(data.resolve("dead-letters/flow.1-responses")));
            webhook.answer(() -> 401);
            delivery.deliver(Delivery.records(1));
            await().until(() -> log.stream().anyMatch(each -> each.contains("flow.1-responses: paused")));
        } finally {
            Logger.getLogger("").removeHandler(handler);
        }
        assertThat(log).noneMatch(each -> each.contains(TestWebhook.SECRET));
        assertThat(everythingIn(data)).contains("Cannot POST").doesNotContain(TestWebhook.SECRET);
    }

    private static Handler handler(ConcurrentLinkedQueue<String> log) {
        return new Handler() {
            @Override
            public void publish(LogRecord entry) {
                log.add(entry.getMessage() + " " + entry.getThrown());
            }

            @Override
            public void flush() {
                // Nothing is held back.
            }

            @Override
            public void close() {
                // Nothing is open.
            }
        };
    }

    private static String everythingIn(Path directory) throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path each : files.filter(Files::isRegularFile).toList()) {
                all.append(each).append('\n').append(Files.readString(each));
            }
        }
        return all.toString();
    }
}
