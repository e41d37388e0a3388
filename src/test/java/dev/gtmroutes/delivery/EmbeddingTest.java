// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RouteDefinition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When the sources of a user's own routes, in a Camel without Quarkus, get their acknowledgement. */
class EmbeddingTest {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final String RECORDS = Delivery.records(25);

    @TempDir
    Path directory;

    private final CountDownLatch answer = new CountDownLatch(1);

    private Delivery delivery(ScriptedApi api, String timeout) throws Exception {
        Delivery delivery = new Delivery(directory.resolve("data"), api.url(),
                "batch=true&batchSize=10&batchTimeout=" + timeout);
        delivery.camel().getShutdownStrategy().setTimeout(2);
        return delivery;
    }

    /** Answers all requests but the first at once. */
    private ScriptedApi api(int status) throws Exception {
        ScriptedApi api = new ScriptedApi();
        api.script(each -> {
            try {
                if (each.number() == 1) {
                    answer.await();
                }
                return ScriptedApi.Reply.of(status);
            } catch (InterruptedException e) {
                return ScriptedApi.Reply.none();
            }
        });
        return api;
    }

    private Path files(Delivery delivery) throws Exception {
        Path in = Files.createDirectories(directory.resolve("in"));
        delivery.camel().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("file:" + in + "?initialDelay=0&delay=50&move=.done&moveFailed=.again").routeId("files")
                        .to("direct:flow");
            }
        });
        Path hidden = Files.writeString(directory.resolve("hidden"), RECORDS);
        return Files.move(hidden, in.resolve("records.ndjson"), StandardCopyOption.ATOMIC_MOVE);
    }

    private TestQueue queue(Delivery delivery, String kind, String before) throws Exception {
        TestQueue queue = new TestQueue();
        delivery.camel().addComponent("queue", queue);
        delivery.camel().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                RouteDefinition route = from("queue:" + kind).routeId("queue");
                ProcessorDefinition<?> last = switch (before) {
                    case "split" -> route.split(body().tokenize("\n", 5, false));
                    case "threads" -> route.threads(2);
                    default -> route;
                };
                last.to("direct:flow");
            }
        });
        return queue;
    }

    private static CompletableFuture<Void> bring(TestQueue queue) {
        return CompletableFuture.runAsync(() -> {
            try {
                queue.deliver(RECORDS);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "50"})
    void aFileMovesOnlyWhenEachOfItsRecordsWasAnswered(String timeout) throws Exception {
        try (ScriptedApi api = api(200); Delivery delivery = delivery(api, timeout)) {
            Path file = files(delivery);
            // Whichever of the three requests came first.
            await().atMost(LONG).until(() -> api.taken().size() >= 15);
            assertThat(file).exists();

            answer.countDown();
            await().atMost(LONG).until(() -> Files.exists(file.resolveSibling(".done/records.ndjson")));
            assertThat(api.taken()).hasSize(25).doesNotHaveDuplicates();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "50"})
    void aFileWhoseRecordsWereNotAnsweredIsNotDone(String timeout) throws Exception {
        Path file;
        try (ScriptedApi api = api(401); Delivery delivery = delivery(api, timeout)) {
            file = files(delivery);
            answer.countDown();
            await().atMost(LONG).until(() -> delivery.destination().halt().isPresent());
            assertThat(file).exists();
        }
        assertThat(file.resolveSibling(".done/records.ndjson")).doesNotExist();
        assertThat(file.resolveSibling(".again/records.ndjson")).hasContent(RECORDS);
    }

    @ParameterizedTest
    @CsvSource({"sqs, 0, none", "sqs, 50, none", "sqs, 0, split", "sqs, 50, split", "sqs, 0, threads", "sqs, 50, threads",
            "jms, 0, none", "jms, 50, none", "jms, 0, split", "jms, 50, split"})
    void aQueueKeepsTheMessageUntilEachRecordWasAnswered(String kind, String timeout, String before) throws Exception {
        try (ScriptedApi api = api(200); Delivery delivery = delivery(api, timeout)) {
            TestQueue queue = queue(delivery, kind, before);
            CompletableFuture<Void> brought = bring(queue);
            int others = before.equals("split") ? 0 : 15;
            await().atMost(LONG).until(() -> api.taken().size() >= others && !api.asked().isEmpty());
            await().during(Duration.ofMillis(300)).until(() -> queue.acknowledged().isEmpty());

            answer.countDown();
            await().atMost(LONG).until(() -> queue.acknowledged().size() == 1);
            assertThat(api.taken()).hasSize(25).doesNotHaveDuplicates();
            brought.join();
        }
    }

    @ParameterizedTest
    @CsvSource({"sqs, 0, none", "sqs, 50, none", "sqs, 0, split", "sqs, 50, split", "sqs, 0, threads", "jms, 0, none",
            "jms, 50, none", "jms, 50, split"})
    void aQueueGetsBackWhatWasNotAnswered(String kind, String timeout, String before) throws Exception {
        TestQueue queue;
        CompletableFuture<Void> brought;
        try (ScriptedApi api = api(401); Delivery delivery = delivery(api, timeout)) {
            queue = queue(delivery, kind, before);
            brought = bring(queue);
            answer.countDown();
            await().atMost(LONG).until(() -> delivery.destination().halt().isPresent());
        }
        await().atMost(LONG).until(() -> queue.returned().size() == 1);
        assertThat(queue.acknowledged()).isEmpty();
        brought.join();
    }

    @Test
    void oneBadPartOfAMessageThatWasSplitBringsTheMessageBack() throws Exception {
        try (ScriptedApi api = new ScriptedApi(); Delivery delivery = delivery(api, "0")) {
            TestQueue queue = new TestQueue();
            delivery.camel().addComponent("queue", queue);
            delivery.camel().addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("queue:sqs").split(body().tokenize(";")).to("direct:flow");
                }
            });
            queue.deliver("{\"n\":1};<no record>;{\"n\":2}");

            assertThat(queue.returned()).hasSize(1);
            assertThat(queue.acknowledged()).isEmpty();
            assertThat(api.taken()).containsExactly(1, 2);
        }
    }

    /** Camel's aggregate ends an exchange when it has merged it: the reason why requests are filled inside the delivery. */
    @Test
    void anAggregateBeforeItAcknowledgesEarly() throws Exception {
        try (ScriptedApi api = api(200); Delivery delivery = delivery(api, "0")) {
            TestQueue queue = new TestQueue();
            delivery.camel().addComponent("queue", queue);
            delivery.camel().addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("queue:sqs").aggregate(constant(true), (old, each) -> each).completionSize(1).parallelProcessing()
                            .to("direct:flow");
                }
            });
            bring(queue).join();
            await().atMost(LONG).until(() -> queue.acknowledged().size() == 1);
            assertThat(api.taken().size()).isLessThan(25);
            answer.countDown();
        }
    }
}
