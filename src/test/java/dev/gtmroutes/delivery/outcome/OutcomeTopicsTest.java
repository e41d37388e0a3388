// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.delivery.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gtmroutes.TestDestination;
import dev.gtmroutes.delivery.Delivery;
import dev.gtmroutes.delivery.InputSummary;
import dev.gtmroutes.delivery.ScriptedApi;
import dev.gtmroutes.delivery.TestWebhook;
import dev.gtmroutes.delivery.status.PauseReason;
import dev.gtmroutes.kafka.Broker;
import org.apache.camel.component.kafka.KafkaComponent;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Dead letters and responses on topics of a real broker. */
class OutcomeTopicsTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    private static Broker broker;

    @TempDir
    Path data;

    private ScriptedApi api;
    private Delivery delivery;

    @BeforeAll
    static void startBroker() {
        broker = new Broker();
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @BeforeEach
    void startApi() throws IOException {
        api = new ScriptedApi();
    }

    @AfterEach
    void stop() {
        delivery.close();
        api.close();
    }

    private void start(String parameters, String deadLetters, String responses) throws Exception {
        delivery = new Delivery(data, api.url(), parameters, "gtm.kafka.brokers", broker.address(),
                "gtm.dead-letters.topic", deadLetters, "gtm.responses.topic", responses);
        var kafka = delivery.camel().getComponent("kafka", KafkaComponent.class).getConfiguration();
        kafka.setMaxBlockMs(1000);
        kafka.setRequestTimeoutMs(1000);
        kafka.setDeliveryTimeoutMs(2000);
    }

    private static List<JsonNode> events(String topic) {
        List<ConsumerRecord<String, String>> messages = broker.messages(topic);
        assertThat(messages).allSatisfy(each -> {
            assertThat(each.key()).isEqualTo("flow");
            assertThat(each.value()).doesNotContain("some-key");
            assertThat(each.headers()).isEmpty();
        });
        return messages.stream().map(each -> TestDestination.json(each.value())).toList();
    }

    @Test
    void deadLettersAreMessagesInTheFormOfTheirLines() throws Exception {
        broker.createTopic("letters", 1);
        api.script(each -> ScriptedApi.Reply.of(each.has(2) ? 422 : 200, "some-key"));
        start("batch=false&recordKey=n", "letters", "");

        InputSummary account = delivery.deliver("{\"n\":1}\n{\"n\":2}\n{\"n\":\n");

        assertThat(account).extracting(InputSummary::delivered, InputSummary::rejected).containsExactly(1L, 2L);
        assertThat(events("letters")).hasSize(2).anySatisfy(each -> {
            assertThat(each.path("record").path("n").asInt()).isEqualTo(2);
            assertThat(each.path("status").asInt()).isEqualTo(422);
            assertThat(each.path("requestId").asText()).isNotBlank();
            assertThat(each.path("recordKey").asText()).isEqualTo("2");
        }).anySatisfy(each -> assertThat(each.path("reason").asText()).contains("not valid JSON"));
        assertThat(delivery.deadLetters()).isEmpty();
    }

    @Test
    void whatIsTooLargeForTheTopicIsInTheFile() throws Exception {
        broker.createTopic("small", 1);
        api.script(each -> ScriptedApi.Reply.of(422));
        start("batch=false", "small", "");

        delivery.deliver("{\"n\":1}\n{\"n\":2,\"text\":\"" + "x".repeat(1_100_000) + "\"}\n");

        assertThat(events("small")).singleElement()
                .satisfies(each -> assertThat(each.path("record").path("n").asInt()).isEqualTo(1));
        assertThat(delivery.deadLetters()).singleElement()
                .satisfies(each -> assertThat(each.path("record").path("n").asInt()).isEqualTo(2));
    }

    @Test
    void responsesReachTheTopicAndTheWebhook() throws Exception {
        broker.createTopic("responses", 1);
        try (TestWebhook webhook = new TestWebhook(0)) {
            start("batch=true&batchSize=2&maxInFlight=1&responseWebhook=RAW(" + webhook.url() + ")", "", "responses");

            delivery.deliver(Delivery.records(3));

            await().atMost(LONG).until(() -> webhook.events().size() == 2);
            assertThat(events("responses")).isEqualTo(webhook.events());
            assertThat(webhook.events()).extracting(each -> each.path("request").path("recordCount").asInt())
                    .containsExactly(2, 1);
        }
    }

    @Test
    void anEventThatIsTooLargeForTheTopicIsToldInParts() throws Exception {
        broker.createTopic("small-responses", 1);
        start("batch=true&batchSize=5000&recordKey=n,text", "", "small-responses");
        String records = IntStream.rangeClosed(1, 5000)
                .mapToObj(i -> "{\"n\":" + i + ",\"text\":\"" + "k".repeat(300) + "\"}\n").collect(Collectors.joining());

        assertThat(delivery.deliver(records).delivered()).isEqualTo(5000);

        List<JsonNode> events = events("small-responses");
        assertThat(events).hasSizeGreaterThan(1)
                .allSatisfy(each -> assertThat(each.path("request").path("recordCount").asInt()).isEqualTo(5000));
        assertThat(events.stream().flatMap(each -> each.path("records").findValuesAsText("line").stream()))
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 5000).mapToObj(String::valueOf).toList());
    }

    @Test
    void withoutTheBrokerTheFlowWaitsAndSendsNothingTwice() throws Exception {
        broker.createTopic("late-letters", 1);
        broker.createTopic("late-responses", 1);
        api.script(each -> ScriptedApi.Reply.of(each.has(1) ? 422 : 200));
        start("maxInFlight=1", "late-letters", "late-responses");
        broker.kill();
        CompletableFuture<InputSummary> waiting = delivery.deliverMeanwhile(Delivery.records(2));
        await().atMost(LONG).until(() -> delivery.destination().halt().isPresent());
        assertThat(delivery.destination().halt().get()).satisfies(each -> {
            assertThat(each.kind()).isEqualTo(PauseReason.Kind.DISK);
            assertThat(each.reason()).contains("dead letters cannot be written", "topic late-letters");
        });

        broker.start();

        assertThat(waiting.get()).extracting(InputSummary::delivered, InputSummary::rejected).containsExactly(1L, 1L);
        assertThat(api.asked()).hasSize(2);
        assertThat(delivery.destination().halt()).isEmpty();
        assertThat(events("late-letters")).isNotEmpty()
                .allSatisfy(each -> assertThat(each.path("record").path("n").asInt()).isEqualTo(1));
        assertThat(events("late-responses")).extracting(each -> each.path("response").path("status").asInt())
                .containsExactly(422, 200);
    }
}
