// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gtmroutes.DataDirectory;
import dev.gtmroutes.PlainCamel;
import dev.gtmroutes.delivery.InputSummary;
import dev.gtmroutes.delivery.sample.Preview;
import dev.gtmroutes.delivery.sample.SamplePayloads;
import dev.gtmroutes.delivery.status.DestinationRegistry;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.kafka.KafkaComponent;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records to topics of a real broker. Each test has a topic of its own. */
class RecordsSinkTest {

    private static Broker broker;

    @TempDir
    Path data;

    private final CamelContext camel = PlainCamel.create();

    @BeforeAll
    static void startBroker() {
        broker = new Broker();
        Awaitility.setDefaultTimeout(Duration.ofSeconds(60));
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @AfterEach
    void stop() {
        camel.stop();
    }

    private void start(String topic, String parameters) throws Exception {
        camel.getPropertiesComponent().addOverrideProperty("gtm.kafka.brokers", broker.address());
        camel.getPropertiesComponent().addOverrideProperty("gtm.data", data.toString());
        camel.getPropertiesComponent().addOverrideProperty("gtm.retry-max-delay", "500ms");
        var kafka = camel.getComponent("kafka", KafkaComponent.class).getConfiguration();
        kafka.setMaxBlockMs(1000);
        kafka.setRequestTimeoutMs(1000);
        kafka.setDeliveryTimeoutMs(2000);
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:flow").routeId("flow").to("kamelet:kafka-records-sink/flow:1?topic=" + topic + parameters);
            }
        });
        camel.start();
    }

    private InputSummary deliver(String chunk) throws Exception {
        Exchange done = camel.createProducerTemplate().request("direct:flow", each -> each.getMessage().setBody(chunk));
        if (done.getException() != null) {
            throw done.getException();
        }
        return done.getProperty(InputSummary.PROPERTY, InputSummary.class);
    }

    private CompletableFuture<InputSummary> deliverMeanwhile(String chunk) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return deliver(chunk);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private List<JsonNode> deadLetters() {
        return new DataDirectory(data).deadLetters("flow", each -> true);
    }

    private static String records(int first, int last) {
        return IntStream.rangeClosed(first, last).mapToObj(i -> record(i) + "\n").collect(Collectors.joining());
    }

    private static String record(int number) {
        return "{\"n\": %d, \"owner\": {\"id\": \"owner %d\"}}".formatted(number, number % 7);
    }

    private static List<String> values(String topic) {
        return broker.messages(topic).stream().map(ConsumerRecord::value).toList();
    }

    @Test
    void eachRecordIsAMessageInTheOrderOfItsKey() throws Exception {
        broker.createTopic("keyed", 3);
        start("keyed", "&keyBy=owner.id&batchSize=100");

        InputSummary account = deliver(records(1, 250));

        assertThat(account).extracting(InputSummary::read, InputSummary::delivered, InputSummary::requests)
                .containsExactly(250L, 250L, 3L);
        List<ConsumerRecord<String, String>> messages = broker.messages("keyed");
        assertThat(messages).extracting(ConsumerRecord::value).containsExactlyInAnyOrder(records(1, 250).split("\n"));
        assertThat(messages).allSatisfy(each -> assertThat(each.value()).endsWith("\"" + each.key() + "\"}}"));
        messages.stream().collect(Collectors.groupingBy(ConsumerRecord::key)).forEach((key, own) -> {
            assertThat(own).extracting(ConsumerRecord::partition).containsOnly(own.get(0).partition());
            assertThat(own).extracting(RecordsSinkTest::number).isSorted();
        });
        assertThat(messages).allSatisfy(each -> assertThat(each.headers()).isEmpty());
    }

    private static int number(ConsumerRecord<String, String> message) {
        return Integer.parseInt(message.value().replaceFirst("\\{\"n\": (\\d+).*", "$1"));
    }

    @Test
    void whatIsFaultyIsRejectedAloneWithItsReason() throws Exception {
        broker.createTopic("faulty", 1);
        start("faulty", "&excludeAttributes=secret");
        String large = "{\"n\": \"%s\"}".formatted("x".repeat(1_100_000));

        InputSummary account = deliver("{\"n\": 1, \"secret\": 7}\n{\"n\":\n" + large + "\n{\"n\": 4}\n");

        assertThat(account).extracting(InputSummary::delivered, InputSummary::rejected).containsExactly(2L, 2L);
        assertThat(values("faulty")).containsExactly("{\"n\": 1}", "{\"n\": 4}");
        assertThat(deadLetters()).extracting(each -> each.path("line").asInt()).containsExactlyInAnyOrder(2, 3);
        assertThat(deadLetters()).anySatisfy(each -> assertThat(each.path("reason").asText())
                .contains("1048576"));
    }

    /** Half a character has no bytes: as a key, it would become a question mark, and stand for another record. */
    @Test
    void aKeyThatCannotBeWrittenIsRefused() throws Exception {
        broker.createTopic("half", 1);
        start("half", "&keyBy=id");

        InputSummary account = deliver("{\"id\": \"a\"}\n{\"id\": \"\\ud83d\"}\n{\"id\": \"\\ud83d\\ude00\"}\n");

        assertThat(account).extracting(InputSummary::delivered, InputSummary::rejected).containsExactly(2L, 1L);
        assertThat(broker.messages("half")).extracting(ConsumerRecord::key).containsExactly("a", "\ud83d\ude00");
        assertThat(deadLetters()).singleElement().satisfies(each -> assertThat(each.path("reason").asText())
                .contains("the attribute id contains half a character"));
        assertThat(deliver("{\"id\": \"\\ud83d\"}\n")).extracting(InputSummary::delivered, InputSummary::rejected)
                .containsExactly(0L, 1L);
    }

    @Test
    void aRecordThatTheBrokerFindsInvalidTakesNoOtherWithIt() throws Exception {
        try (var admin = broker.admin()) {
            NewTopic compacted = new NewTopic("compacted", 1, (short) 1).configs(Map.of("cleanup.policy", "compact"));
            admin.createTopics(Set.of(compacted)).all().get();
        }
        start("compacted", "&keyBy=id");

        InputSummary account = deliver("{\"id\": 1}\n{\"id\": 2}\n{\"no\": 3}\n{\"id\": 4}\n");

        assertThat(account).extracting(InputSummary::delivered, InputSummary::rejected).containsExactly(3L, 1L);
        assertThat(values("compacted")).containsExactlyInAnyOrder("{\"id\": 1}", "{\"id\": 2}", "{\"id\": 4}");
        assertThat(deadLetters()).singleElement()
                .satisfies(each -> assertThat(each.path("record").toString()).isEqualTo("{\"no\":3}"));
    }

    @Test
    void aBrokerThatIsKilledLosesNothing() throws Exception {
        broker.createTopic("killed", 1);
        start("killed", "&batchSize=10");
        deliver(records(1, 10));
        broker.kill();
        CompletableFuture<InputSummary> waiting = deliverMeanwhile(records(11, 250));
        await().until(() -> DestinationRegistry.of(camel).of("flow").get(0).tally().retries() > 0);
        assertThat(waiting).isNotDone();

        broker.start();

        assertThat(waiting.get().delivered()).isEqualTo(240);
        assertThat(values("killed").stream().distinct()).containsExactly(records(1, 250).split("\n"));
        assertThat(deadLetters()).isEmpty();
    }

    @Test
    void aPreviewSendsNothing() throws Exception {
        broker.createTopic("previewed", 1);
        start("other", "");

        Preview preview = new SamplePayloads(camel).of("kafka-records-sink", Map.of("topic", "previewed", "keyBy", "n"),
                "{\"n\": 1}");

        assertThat(preview.requests()).singleElement().satisfies(each -> {
            assertThat(each.url()).isEqualTo("previewed");
            assertThat(each.headers()).containsEntry("key", "1");
            assertThat(each.body()).asString().isEqualTo("{\"n\": 1}");
        });
        assertThat(values("previewed")).isEmpty();
    }

    @Test
    void aNameThatNoTopicCanHaveIsToldAtOnce() {
        assertThatThrownBy(() -> start("RAW(a b)", "")).rootCause().hasMessageContaining("topic is 'a b'");
    }
}
