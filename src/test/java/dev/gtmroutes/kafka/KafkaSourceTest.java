package dev.gtmroutes.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaSourceTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    private static Broker broker;

    @TempDir
    Path data;

    @BeforeAll
    static void startBroker() {
        broker = new Broker();
    }

    @AfterAll
    static void endBroker() {
        broker.close();
    }

    /** Messages {@code {"n":from}} up to {@code {"n":to - 1}}, one partition after the other. */
    private static void send(String topic, int partitions, int from, int to) {
        broker.send(IntStream.range(from, to)
                .mapToObj(n -> new ProducerRecord<String, String>(topic, n % partitions, null, "{\"n\":" + n + "}")).toList());
    }

    private static List<Integer> numbers(int to) {
        return IntStream.range(0, to).boxed().toList();
    }

    private KafkaFlow flow(String topic, int partitions) {
        broker.createTopic(topic, partitions);
        return new KafkaFlow(topic, data, broker.address());
    }

    @Test
    void eachMessageIsDeliveredOnceAndCommitted() throws Exception {
        try (KafkaFlow flow = flow("plain", 3)) {
            send("plain", 3, 0, 250);
            flow.start();
            await().atMost(LONG).untilAsserted(() ->
                    assertThat(broker.committed("gtm-plain", "plain")).isEqualTo(Map.of(0, 84L, 1, 83L, 2, 83L)));

            assertThat(flow.arrived()).containsExactlyInAnyOrderElementsOf(numbers(250));
            assertThat(flow.deadLetters()).isEmpty();
        }
    }
}
