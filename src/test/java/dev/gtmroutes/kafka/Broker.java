// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.kafka;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import dev.gtmroutes.FreePort;
import kafka.tools.StorageTool;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;

/**
 * A real Kafka broker of one node, as a process of its own that can be stopped, killed and started again on the same
 * port with what it has stored. Keys and values are text.
 */
public final class Broker implements AutoCloseable {

    private final Path directory;
    private final int port = FreePort.next();
    private final int securedPort = FreePort.next();
    private final String controller = "127.0.0.1:" + FreePort.next();
    private Process process;

    /** A started one. */
    public Broker() {
        this(List.of());
    }

    /**
     * A started one that also has an address for clients with TLS and the name {@code gtm}.
     *
     * @param keys     a key store for 127.0.0.1
     * @param password of the key store
     * @param secret   the password of the name
     */
    public static Broker secured(Path keys, String password, String secret) {
        return new Broker(List.of(
                "listener.security.protocol.map=PLAINTEXT:PLAINTEXT,SASL_SSL:SASL_SSL,CONTROLLER:PLAINTEXT",
                "sasl.enabled.mechanisms=PLAIN", "ssl.keystore.type=PKCS12", "ssl.keystore.location=" + keys,
                "ssl.keystore.password=" + password, "ssl.key.password=" + password,
                "listener.name.sasl_ssl.plain.sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule "
                        + "required username=\"broker\" password=\"none\" user_gtm=\"" + secret + "\";"));
    }

    /** @param more properties; with any, there is a listener SASL_SSL */
    private Broker(List<String> more) {
        String secured = more.isEmpty() ? "" : ",SASL_SSL://" + securedAddress();
        try {
            directory = Files.createTempDirectory("gtm-broker");
            List<String> lines = new ArrayList<>(List.of("node.id=1", "process.roles=broker,controller",
                    "listeners=PLAINTEXT://" + address() + secured + ",CONTROLLER://" + controller,
                    "advertised.listeners=PLAINTEXT://" + address() + secured, "controller.listener.names=CONTROLLER",
                    "controller.quorum.voters=1@" + controller, "log.dirs=" + directory.resolve("log"),
                    "offsets.topic.replication.factor=1", "offsets.topic.num.partitions=1",
                    "transaction.state.log.replication.factor=1", "transaction.state.log.min.isr=1",
                    "share.coordinator.state.topic.replication.factor=1", "share.coordinator.state.topic.min.isr=1",
                    "group.initial.rebalance.delay.ms=0", "log.message.timestamp.type=CreateTime"));
            lines.addAll(more);
            Files.write(properties(), lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        int formatted = StorageTool.execute(new String[] {"format", "--cluster-id", Uuid.randomUuid().toString(),
                "--config", properties().toString()}, new PrintStream(PrintStream.nullOutputStream()));
        if (formatted != 0) {
            throw new IllegalStateException("the broker's directory cannot be formatted");
        }
        start();
    }

    /** The host and port that clients begin with. */
    public String address() {
        return "127.0.0.1:" + port;
    }

    /** The same for clients with TLS and a password. */
    public String securedAddress() {
        return "127.0.0.1:" + securedPort;
    }

    /** Starts it, or starts it again, and waits until it answers. */
    public void start() {
        try {
            process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m",
                    "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"),
                    "kafka.Kafka", properties().toString()).redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(directory.resolve("broker.log").toFile())).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        // A test that is killed leaves no broker behind.
        Process started = process;
        Runtime.getRuntime().addShutdownHook(new Thread(started::destroyForcibly));
        Awaitility.await().atMost(Duration.ofSeconds(90)).until(this::answers);
    }

    /** Ends it at once, as {@code kill -9} does. */
    public void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    public void createTopic(String name, int partitions) {
        try (Admin admin = admin()) {
            admin.createTopics(Set.of(new NewTopic(name, partitions, (short) 1))).all().get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Sends messages and waits until the broker has them. */
    public void send(List<ProducerRecord<String, String>> messages) {
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(Map.of("bootstrap.servers", address()),
                new StringSerializer(), new StringSerializer())) {
            messages.forEach(producer::send);
            producer.flush();
        }
    }

    /** Everything in a topic, each partition in its order. */
    public List<ConsumerRecord<String, String>> messages(String topic) {
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(Map.of("bootstrap.servers", address()),
                new StringDeserializer(), new StringDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(each -> new TopicPartition(topic, each.partition())).toList();
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            List<ConsumerRecord<String, String>> messages = new ArrayList<>();
            while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.get(each))) {
                consumer.poll(Duration.ofMillis(100)).forEach(messages::add);
            }
            return messages;
        }
    }

    /** What a group has committed, by partition of a topic; a partition of which it committed nothing is missing. */
    public Map<Integer, Long> committed(String group, String topic) {
        Map<Integer, Long> offsets = new TreeMap<>();
        try (Admin admin = admin()) {
            admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get().forEach((partition, offset) -> {
                if (partition.topic().equals(topic) && offset != null) {
                    offsets.put(partition.partition(), offset.offset());
                }
            });
            return offsets;
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** How many members of a group hold partitions. */
    public long holders(String group) {
        try (Admin admin = admin()) {
            return admin.describeConsumerGroups(Set.of(group)).all().get().get(group).members().stream()
                    .filter(each -> !each.assignment().topicPartitions().isEmpty()).count();
        } catch (ExecutionException e) {
            // There is no such group yet.
            return 0;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A client for what this class has no word for. The caller closes it. */
    public Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", address()));
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }

    private boolean answers() {
        if (!process.isAlive()) {
            throw new IllegalStateException("the broker has ended: see " + directory.resolve("broker.log"));
        }
        try (Admin admin = admin()) {
            admin.describeCluster().nodes().get(5, TimeUnit.SECONDS);
            return true;
        } catch (Exception notYet) {
            return false;
        }
    }

    private Path properties() {
        return directory.resolve("server.properties");
    }
}
