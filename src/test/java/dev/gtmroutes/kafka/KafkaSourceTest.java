// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.management.Attribute;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gtmroutes.disk.Disk;
import dev.gtmroutes.progress.InputCompletion;
import dev.gtmroutes.progress.InputProgress;
import dev.gtmroutes.progress.ProgressLog;
import dev.gtmroutes.sandbox.faults.Misbehaviour;
import org.apache.camel.Exchange;
import org.apache.camel.component.kafka.KafkaComponent;
import org.apache.camel.component.kafka.KafkaConfiguration;
import org.apache.camel.component.kafka.KafkaEndpoint;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
                .mapToObj(n -> new ProducerRecord<String, String>(topic, n % partitions, null, "{\"n\":" + n + "}"))
                .toList());
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
            awaitCommitted("plain", Map.of(0, 84L, 1, 83L, 2, 83L));

            assertThat(flow.arrived()).containsExactlyInAnyOrderElementsOf(numbers(250));
            assertThat(flow.deadLetters()).isEmpty();
        }
    }

    @Test
    void whatIsNoRecordIsRejectedAloneWithAllThatIsKnownOfItsMessage() throws Exception {
        try (KafkaFlow flow = flow("mixed", 1)) {
            ProducerRecord<String, String> broken = new ProducerRecord<>("mixed", 0, "acme", "{\"n\":1");
            broken.headers().add("source", "crm".getBytes(UTF_8)).add("trace", new byte[] {(byte) 0xff});
            broker.send(List.of(new ProducerRecord<>("mixed", 0, null, "{\"n\":0}"), broken,
                    new ProducerRecord<>("mixed", 0, "gone", null), new ProducerRecord<>("mixed", 0, null, "[{\"n\":3}]"),
                    new ProducerRecord<>("mixed", 0, null, " {\"n\":4} ")));
            flow.start();
            awaitCommitted("mixed", Map.of(0, 5L));

            assertThat(flow.arrived()).containsExactly(0, 4);
            List<JsonNode> letters = flow.deadLetters();
            assertThat(letters).extracting(each -> each.path("sourceFile").asText()).containsExactly(
                    "mixed, partition 0, offset 1", "mixed, partition 0, offset 2", "mixed, partition 0, offset 3");
            assertThat(letters).extracting(each -> each.path("reason").asText()).containsExactly(
                    "not valid JSON: it ends too early at column 7 of the record",
                    "the message is empty, like messages that delete a key (tombstones)", "not a JSON object but an array");
            assertThat(letters.get(0).path("record").asText()).isEqualTo("{\"n\":1");
            JsonNode message = letters.get(0).path("message");
            assertThat(message.path("topic").asText()).isEqualTo("mixed");
            assertThat(message.path("partition").asInt()).isZero();
            assertThat(message.path("offset").asLong()).isEqualTo(1);
            assertThat(message.path("key").asText()).isEqualTo("acme");
            assertThat(message.path("headers").toString()).isEqualTo(
                    "[{\"name\":\"source\",\"value\":\"crm\"},{\"name\":\"trace\",\"value\":\"base64:/w==\"}]");
            assertThat(letters.get(1).at("/message/key").asText()).isEqualTo("gone");
            assertThat(letters.get(2).at("/message/key").isNull()).isTrue();
        }
    }

    @Test
    void aDestinationThatIsDownForLongDoesNotCostThePlaceInTheGroup() throws Exception {
        try (KafkaFlow flow = flow("patient", 2).with("maxPollInterval=2000&sessionTimeout=6000")) {
            flow.sandbox().misbehave(Misbehaviour.forEver().status(503));
            send("patient", 2, 0, 40);
            flow.start();
            await().atMost(LONG).until(() -> !flow.sandbox().requests().isEmpty());
            String member = members("patient").get(0);
            long since = System.nanoTime();
            await().atMost(LONG).until(() -> System.nanoTime() - since > 4_500_000_000L);
            assertThat(members("patient")).containsExactly(member);
            send("patient", 2, 40, 60);

            flow.sandbox().clearMisbehaviours();

            awaitCommitted("patient", Map.of(0, 30L, 1, 30L));
            assertThat(flow.arrived()).containsExactlyInAnyOrderElementsOf(numbers(60));
            assertThat(members("patient")).containsExactly(member);
        }
    }

    @Test
    void severalConsumersHaveAChunkInWorkEach() throws Exception {
        CyclicBarrier together = new CyclicBarrier(3);
        AtomicInteger firsts = new AtomicInteger();
        try (KafkaFlow flow = flow("parallel", 3).with("consumers=3&recordsPerPoll=20").before(each -> {
            if (firsts.incrementAndGet() <= 3) {
                meet(together);
            }
        })) {
            flow.start();
            await().atMost(LONG).until(() -> broker.holders("gtm-parallel") == 3);
            send("parallel", 3, 0, 150);
            awaitCommitted("parallel", Map.of(0, 50L, 1, 50L, 2, 50L));

            assertThat(flow.arrived()).containsExactlyInAnyOrderElementsOf(numbers(150));
        }
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await(30, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException("they were not in work at the same time", e);
        }
    }

    @Test
    void whatAStepFailedWithComesAgain() throws Exception {
        AtomicInteger tries = new AtomicInteger();
        try (KafkaFlow flow = flow("failing", 3).with("recordsPerPoll=20").before(each -> {
            if (tries.incrementAndGet() <= 2) {
                throw new IllegalStateException("not now");
            }
        })) {
            send("failing", 3, 0, 90);
            flow.start();
            awaitCommitted("failing", Map.of(0, 30L, 1, 30L, 2, 30L));

            assertThat(flow.arrived()).containsExactlyInAnyOrderElementsOf(numbers(90));
            assertThat(tries.get()).isGreaterThan(2);
        }
    }

    @Test
    void whatAStepEndsIsDone() throws Exception {
        try (KafkaFlow flow = flow("ended", 1).with("recordsPerPoll=10").before(each -> each.setRouteStop(true))) {
            send("ended", 1, 0, 25);
            flow.start();
            awaitCommitted("ended", Map.of(0, 25L));

            assertThat(flow.arrived()).isEmpty();
        }
    }

    @Test
    void afterAStopInAPollOnlyTheRestComes() throws Exception {
        List<Integer> before;
        try (KafkaFlow flow = flow("stopped", 3)) {
            flow.sandbox().latencyMs(200);
            send("stopped", 3, 0, 300);
            flow.start();
            await().atMost(LONG).until(() -> flow.arrived().size() >= 40);
            flow.camel().stop();
            before = flow.arrived();
            assertThat(before).hasSizeBetween(40, 250);
        }
        try (KafkaFlow flow = new KafkaFlow("stopped", data.resolve("again"), broker.address()).start()) {
            awaitCommitted("stopped", Map.of(0, 100L, 1, 100L, 2, 100L));

            assertThat(flow.arrived()).doesNotContainAnyElementsOf(before);
            assertThat(flow.arrived().size() + before.size()).isEqualTo(300);
        }
    }

    @Test
    void aMessageOfWhichAStepMadeManyRecordsComesAgainUnlessAllOfThemArrived() throws Exception {
        Consumer<Exchange> twentyOfEach = each -> each.getMessage().setBody(IntStream
                .range(0, 20 * each.getMessage().getBody(List.class).size()).mapToObj(n -> Map.of("n", n)).toList());
        List<Integer> arrived;
        try (KafkaFlow flow = flow("multiplied", 1).before(twentyOfEach)) {
            flow.sandbox().latencyMs(200);
            send("multiplied", 1, 0, 10);
            flow.start();
            await().atMost(LONG).until(() -> flow.arrived().size() >= 20);
            flow.camel().stop();
            arrived = new ArrayList<>(flow.arrived());
            assertThat(arrived).hasSizeLessThan(200);
        }
        try (KafkaFlow flow = new KafkaFlow("multiplied", data.resolve("again"), broker.address()).before(twentyOfEach)) {
            flow.start();
            awaitCommitted("multiplied", Map.of(0, 10L));
            arrived.addAll(flow.arrived());
        }
        assertThat(arrived).containsAll(numbers(200));
    }

    @Test
    void whatAStepDoesAtTheEndOfAMessageIsDoneBeforeTheCommit() throws Exception {
        AtomicBoolean uncommitted = new AtomicBoolean();
        Consumer<Exchange> task = each -> {
            each.getMessage().setBody(List.of(Map.of("n", 0)));
            each.getProperty(InputCompletion.PROPERTY, InputCompletion.class).whenDone(over -> {
                await().during(Duration.ofSeconds(1)).until(() -> broker.committed("gtm-ending", "ending").isEmpty());
                uncommitted.set(true);
            });
        };
        try (KafkaFlow flow = flow("ending", 1).before(task)) {
            send("ending", 1, 0, 1);
            flow.start();
            awaitCommitted("ending", Map.of(0, 1L));

            assertThat(uncommitted).isTrue();
        }
    }

    @Test
    void aStepBehindTheDestinationGetsAgainWhatItFailedWith() throws Exception {
        AtomicInteger tries = new AtomicInteger();
        try (KafkaFlow flow = flow("behind", 1).after(each -> {
            if (tries.incrementAndGet() == 1) {
                throw new IllegalStateException("not now");
            }
        })) {
            send("behind", 1, 0, 15);
            flow.start();
            awaitCommitted("behind", Map.of(0, 15L));

            assertThat(tries).hasValueGreaterThan(1);
            assertThat(flow.arrived()).containsAll(numbers(15));
        }
    }

    /** What waits for another attempt is sent by the new owner only, and the last to arrive is the newer one. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void partitionsThatAnotherMemberTakesOverMidPollAreItsOwn(boolean onceOnly) throws Exception {
        String topic = "shared-" + onceOnly;
        try (KafkaFlow first = flow(topic, 2).to("onceOnly=" + onceOnly);
                KafkaFlow second = new KafkaFlow(topic, data.resolve("second"), broker.address())
                        .to("onceOnly=" + onceOnly)) {
            first.sandbox().misbehave(Misbehaviour.forEver().status(503));
            send(topic, 2, 0, 40);
            first.start();
            await().atMost(LONG).until(() -> !first.sandbox().requests().isEmpty());
            second.start();
            await().atMost(LONG).until(() -> second.arrived().size() == 20);
            send(topic, 2, 40, 60);
            await().atMost(LONG).until(() -> second.arrived().size() == 30);

            first.sandbox().clearMisbehaviours();

            awaitCommitted(topic, Map.of(0, 30L, 1, 30L));
            assertThat(first.arrived()).doesNotContainAnyElementsOf(second.arrived());
            assertThat(Stream.concat(first.arrived().stream(), second.arrived().stream()))
                    .containsExactlyInAnyOrderElementsOf(numbers(60));
            assertThat(first.deadLetters()).isEmpty();
            assertThat(second.deadLetters()).isEmpty();
        }
    }

    @Test
    void messagesOfLaterPollsAreSentWhileARequestIsTriedAgain() throws Exception {
        try (KafkaFlow flow = flow("streamed", 1).with("recordsPerPoll=200")) {
            // Of the last request of the first two hundred.
            flow.sandbox().latencyMs(50).misbehave(Misbehaviour.forEver().poison("n", "199").status(503));
            send("streamed", 1, 0, 600);
            flow.start();
            await().atMost(LONG).until(() -> flow.arrived().contains(300));
            assertThat(flow.arrived()).doesNotContain(199);

            flow.sandbox().clearMisbehaviours();
            awaitCommitted("streamed", Map.of(0, 600L));
            assertThat(flow.arrived()).containsExactlyInAnyOrderElementsOf(numbers(600));
        }
    }

    @Test
    void whatIsSentBehindARequestThatIsTriedAgainIsBoundedAndSoIsWhatComesAgain() throws Exception {
        List<Integer> before;
        try (KafkaFlow flow = flow("window", 1).with("recordsPerPoll=60")) {
            flow.sandbox().misbehave(Misbehaviour.forEver().poison("n", "0").status(503));
            send("window", 1, 0, 500);
            flow.start();
            await().atMost(LONG).until(() -> flow.arrived().size() >= 20);
            await().during(Duration.ofSeconds(2)).atMost(LONG).until(() -> flow.arrived().size() <= 50);
            assertThat(read("window", 500)).isBetween(30L, 60L + 4 * 60);
            assertThat(broker.committed("gtm-window", "window")).isEmpty();
            before = flow.arrived();
        }
        try (KafkaFlow flow = new KafkaFlow("window", data.resolve("again"), broker.address()).start()) {
            awaitCommitted("window", Map.of(0, 500L));
            assertThat(flow.arrived()).containsExactlyInAnyOrderElementsOf(numbers(500)).containsAll(before);
        }
    }

    /** An API that is down, and one that refuses the credential, so that the flow pauses. */
    @ParameterizedTest
    @ValueSource(ints = {503, 401})
    void aDestinationThatTakesNothingHoldsTheReadingBack(int status) throws Exception {
        String topic = "held-" + status;
        try (KafkaFlow flow = flow(topic, 3).with("recordsPerPoll=20")) {
            flow.sandbox().misbehave(Misbehaviour.forEver().status(status));
            send(topic, 3, 0, 300);
            flow.start();
            await().atMost(LONG).until(() -> !flow.sandbox().requests().isEmpty() && read(topic, 100) > 20);
            await().during(Duration.ofSeconds(2)).atMost(LONG).until(() -> read(topic, 100) <= 20 + 4 * 20);

            flow.sandbox().clearMisbehaviours();
            awaitCommitted(topic, Map.of(0, 100L, 1, 100L, 2, 100L));
            assertThat(flow.arrived()).containsExactlyInAnyOrderElementsOf(numbers(300));
        }
    }

    @Test
    void whatIsInFlightLandsBeforeItsPartitionGoesToAnotherMember() throws Exception {
        try (KafkaFlow first = flow("moved", 4);
                KafkaFlow second = new KafkaFlow("moved", data.resolve("second"), broker.address())) {
            first.sandbox().latencyMs(100);
            second.sandbox().latencyMs(100);
            send("moved", 4, 0, 2000);
            first.start();
            await().atMost(LONG).until(() -> first.arrived().size() >= 40);
            second.start();
            await().atMost(LONG).until(() -> !second.arrived().isEmpty());
            awaitCommitted("moved", Map.of(0, 500L, 1, 500L, 2, 500L, 3, 500L));

            assertThat(Stream.concat(first.arrived().stream(), second.arrived().stream()))
                    .containsExactlyInAnyOrderElementsOf(numbers(2000));
        }
    }

    private static List<MessageId> messages(String topic, Predicate<ConsumerRecord<String, String>> which) {
        return broker.messages(topic).stream().filter(which)
                .map(each -> MessageId.of(new ConsumerRecord<>(topic, each.partition(), each.offset(), each.timestamp(),
                        each.timestampType(), 0, 0, null, each.value().getBytes(UTF_8), each.headers(), Optional.empty()),
                        new TopicPartition(topic, each.partition())))
                .toList();
    }

    /** As after a crash: of both partitions, messages are settled, and messages were being sent. */
    private FlowProgress notes(String topic) throws Exception {
        // The flow was edited meanwhile: its destination stood elsewhere.
        InputProgress.DestinationKey place = new InputProgress.DestinationKey("elsewhere",
                "people-ai-push-batch-call-activities");
        FlowProgress before = FlowProgress.read(topic, FlowProgress.path(data, topic), new Disk());
        before.note(ProgressLog.Note.SENDING, place, messages(topic, each -> each.offset() < 30));
        before.note(ProgressLog.Note.SETTLED, place, messages(topic, each -> each.offset() < 20 && each.offset() != 7));
        return before;
    }

    /** With delivery as the only step, and with another one before it. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void afterACrashADestinationThatSendsOnceOnlyGetsNoMessageTwice(boolean only) throws Exception {
        String topic = "once-" + only;
        AtomicInteger chunks = new AtomicInteger();
        try (KafkaFlow flow = flow(topic, 2).with("recordsPerPoll=50").to("onceOnly=true")) {
            if (!only) {
                flow.before(each -> chunks.incrementAndGet());
            }
            send(topic, 2, 0, 200);
            notes(topic);
            flow.start();
            awaitCommitted(topic, Map.of(0, 100L, 1, 100L));

            assertThat(chunks.get() == 0).isEqualTo(only);
            assertThat(flow.arrived()).containsExactlyInAnyOrderElementsOf(IntStream.range(60, 200).boxed().toList());
            List<JsonNode> letters = flow.deadLetters();
            assertThat(letters).extracting(each -> each.at("/message/offset").asInt()).containsExactlyInAnyOrderElementsOf(
                    IntStream.concat(IntStream.of(7), IntStream.range(20, 30)).flatMap(n -> IntStream.of(n, n)).boxed()
                            .toList());
            assertThat(letters).allSatisfy(each -> {
                assertThat(each.path("state").asText()).isEqualTo("held");
                assertThat(each.path("reason").asText()).contains("the program ended while this record was being sent");
            });
            await().atMost(LONG).until(() -> Files.notExists(FlowProgress.path(data, topic)));
        }
    }

    @Test
    void whereAMessageMayBeSentTwiceNothingIsHeldAndWhatIsSettledIsNotSentAgain() throws Exception {
        try (KafkaFlow flow = flow("twice", 2)) {
            send("twice", 2, 0, 100);
            notes("twice");
            flow.start();
            awaitCommitted("twice", Map.of(0, 50L, 1, 50L));

            assertThat(flow.arrived()).containsExactlyInAnyOrderElementsOf(
                    IntStream.range(0, 100).filter(n -> n >= 40 || n / 2 == 7).boxed().toList());
            assertThat(flow.deadLetters()).isEmpty();
            await().atMost(LONG).until(() -> Files.notExists(FlowProgress.path(data, "twice")));
        }
    }

    /** One request is tried again, and those behind it cannot be committed. */
    @Test
    void afterACrashWhatIsSettledBehindARequestThatIsTriedAgainIsNotSentAgain() throws Exception {
        List<Integer> before;
        Path after = data.resolve("again");
        try (KafkaFlow flow = flow("uncommitted", 1)) {
            flow.sandbox().misbehave(Misbehaviour.forEver().poison("n", "0").status(503));
            send("uncommitted", 1, 0, 300);
            flow.start();
            await().atMost(LONG).until(() -> Files.exists(FlowProgress.path(data, "uncommitted")));
            await().during(Duration.ofSeconds(2)).atMost(LONG).until(() -> flow.arrived().size() >= 200);
            // As it is on the disk now, with no time to end anything.
            Files.createDirectories(FlowProgress.path(after, "uncommitted").getParent());
            Files.copy(FlowProgress.path(data, "uncommitted"), FlowProgress.path(after, "uncommitted"));
            before = flow.arrived();
        }
        try (KafkaFlow flow = new KafkaFlow("uncommitted", after, broker.address()).start()) {
            awaitCommitted("uncommitted", Map.of(0, 300L));
            assertThat(flow.arrived()).doesNotContainAnyElementsOf(before);
            assertThat(Stream.concat(before.stream(), flow.arrived().stream()))
                    .containsExactlyInAnyOrderElementsOf(numbers(300));
        }
    }

    @Test
    void messagesOfATopicThatWasDeletedAndMadeAgainAreOthers() throws Exception {
        try (KafkaFlow flow = flow("made-again", 2).to("onceOnly=true")) {
            send("made-again", 2, 0, 100);
            notes("made-again");
            try (Admin admin = broker.admin()) {
                admin.deleteTopics(List.of("made-again")).all().get();
                await().atMost(LONG).until(() -> !admin.listTopics().names().get().contains("made-again"));
            }
            broker.createTopic("made-again", 2);
            send("made-again", 2, 0, 100);
            flow.start();
            awaitCommitted("made-again", Map.of(0, 50L, 1, 50L));

            assertThat(flow.arrived()).containsExactlyInAnyOrderElementsOf(numbers(100));
            assertThat(flow.deadLetters()).isEmpty();
        }
    }

    @Test
    void whatCameBackWithTheRestOfAChunkIsNotSentAgainWhereThatMustNotHappen() throws Exception {
        AtomicInteger tries = new AtomicInteger();
        try (KafkaFlow flow = flow("failed-behind", 1).to("onceOnly=true").after(each -> {
            if (tries.incrementAndGet() == 1) {
                throw new IllegalStateException("not now");
            }
        })) {
            send("failed-behind", 1, 0, 15);
            flow.start();
            awaitCommitted("failed-behind", Map.of(0, 15L));

            assertThat(tries).hasValueGreaterThan(1);
            assertThat(flow.arrived()).containsExactlyInAnyOrderElementsOf(numbers(15));
        }
    }

    /** How many messages a flow has read from its topic, each partition of which holds so many. */
    private static long read(String topic, long each) {
        try {
            MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
            long read = 0;
            for (ObjectName partition : beans.queryNames(new ObjectName(
                    "kafka.consumer:type=consumer-fetch-manager-metrics,topic=" + topic + ",*"), null)) {
                // It is missing until the first message of the partition is read.
                for (Attribute lag : beans.getAttributes(partition, new String[] {"records-lag"}).asList()) {
                    read += each - ((Number) lag.getValue()).longValue();
                }
            }
            return read;
        } catch (JMException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void settingsOfTheComponentReachTheClient() throws Exception {
        String password = "jaas-secret-41d8";
        try (KafkaFlow flow = new KafkaFlow("secured", data, "127.0.0.1:1")) {
            // As Camel Main and Camel Quarkus do with camel.component.kafka.*
            KafkaConfiguration common = flow.camel().getComponent("kafka", KafkaComponent.class).getConfiguration();
            common.setSecurityProtocol("SASL_PLAINTEXT");
            common.setSaslMechanism("PLAIN");
            common.setSaslJaasConfig("org.apache.kafka.common.security.plain.PlainLoginModule required"
                    + " username=\"me\" password=\"" + password + "\";");
            flow.start();

            KafkaConfiguration used = flow.camel().getEndpoints().stream().filter(KafkaEndpoint.class::isInstance)
                    .map(KafkaEndpoint.class::cast).findFirst().orElseThrow().getConfiguration();
            Properties settings = used.createConsumerProperties();
            assertThat(settings).containsEntry("security.protocol", "SASL_PLAINTEXT")
                    .containsEntry("sasl.mechanism", "PLAIN");
            assertThat(settings.getProperty("sasl.jaas.config")).contains(password);
        }
    }

    @Test
    void aBrokerThatIsKilledCostsNothing() throws Exception {
        try (KafkaFlow flow = flow("killed", 3).with("recordsPerPoll=20")) {
            flow.sandbox().latencyMs(100);
            send("killed", 3, 0, 300);
            flow.start();
            await().atMost(LONG).until(() -> flow.arrived().size() >= 60);
            broker.kill();
            int now = flow.arrived().size();
            broker.start();
            send("killed", 3, 300, 330);
            awaitCommitted("killed", Map.of(0, 110L, 1, 110L, 2, 110L));

            assertThat(now).isLessThan(300);
            assertThat(flow.arrived()).containsAll(numbers(330));
            assertThat(flow.arrived()).hasSizeLessThanOrEqualTo(330 + 20);
        }
    }

    private static void awaitCommitted(String topic, Map<Integer, Long> offsets) {
        await().atMost(LONG).untilAsserted(() -> assertThat(broker.committed("gtm-" + topic, topic)).isEqualTo(offsets));
    }

    private static List<String> members(String topic) throws Exception {
        try (Admin admin = broker.admin()) {
            return admin.describeConsumerGroups(List.of("gtm-" + topic)).all().get().get("gtm-" + topic).members().stream()
                    .map(MemberDescription::consumerId).toList();
        }
    }
}
