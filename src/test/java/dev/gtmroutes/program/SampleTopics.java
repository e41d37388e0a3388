// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.program;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;

import dev.gtmroutes.kafka.Broker;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/** Topics of one partition. Messages that are sent together are read together: in one poll. */
final class SampleTopics implements AutoCloseable {

    private final Broker broker = new Broker();
    /** It waits long for more messages, so that all before a flush are in one batch, which is stored at once. */
    private final KafkaProducer<String, String> producer = new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.address(), "linger.ms", "10000"), new StringSerializer(),
            new StringSerializer());

    String brokers() {
        return broker.address();
    }

    void create(Set<String> topics) {
        try (Admin admin = broker.admin()) {
            admin.createTopics(topics.stream().map(topic -> new NewTopic(topic, 1, (short) 1))
                    .collect(Collectors.toSet())).all().get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Sends messages and waits until the broker has them. */
    void send(String topic, List<String> messages) {
        messages.forEach(message -> producer.send(new ProducerRecord<>(topic, message)));
        producer.flush();
    }

    @Override
    public void close() {
        producer.close();
        broker.close();
    }
}
