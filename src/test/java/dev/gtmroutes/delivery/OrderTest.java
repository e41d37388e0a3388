// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.gtmroutes.delivery.ScriptedApi.Asked;
import dev.gtmroutes.delivery.ScriptedApi.Reply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** In which order records arrive, and how many requests are under way. */
class OrderTest {

    private static final int USERS = 10;

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

    /** Record n belongs to user n modulo 10. */
    private static String records(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(i -> "{\"n\":" + i + ",\"user\":\"u" + i % USERS + "\",\"region\":"
                + i % 3 + "}\n").collect(Collectors.joining());
    }

    private void assertEachUserInOrder(int count) {
        assertThat(api.taken()).hasSize(count).doesNotHaveDuplicates();
        for (int user = 0; user < USERS; user++) {
            int of = user;
            assertThat(api.taken().stream().filter(each -> each % USERS == of)).isSorted();
        }
    }

    private static Reply unreliable(Asked asked) {
        AnswerTableTest.pause(Duration.ofMillis(ThreadLocalRandom.current().nextInt(5)));
        return ThreadLocalRandom.current().nextInt(20) == 0 ? Reply.of(503) : Reply.of(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"maxInFlight=4&orderBy=user", "maxInFlight=4&orderBy=user&batch=true&batchSize=3",
            "maxInFlight=4&orderBy=user&batch=true&batchSize=3&groupBy=region"})
    void recordsOfOneValueArriveInOrderThroughRetries(String parameters) throws Exception {
        api.script(OrderTest::unreliable);
        try (Delivery delivery = new Delivery(data, api.url(), parameters, "gtm.retry-max-delay", "50ms")) {
            assertThat(delivery.deliver(records(400)).delivered()).isEqualTo(400);
            assertEachUserInOrder(400);
        }
    }

    @Test
    void recordsOfOneValueArriveInOrderThroughSplits() throws Exception {
        api.script(each -> each.ids().stream().anyMatch(n -> n % 40 == 7) ? Reply.of(422) : unreliable(each));
        try (Delivery delivery = new Delivery(data, api.url(), "maxInFlight=4&orderBy=user&batch=true&batchSize=8",
                "gtm.retry-max-delay", "50ms")) {
            assertThat(delivery.deliver(records(400)).rejected()).isEqualTo(10);
            assertEachUserInOrder(390);
        }
    }

    @Test
    void otherValuesGoOnWhileOneIsStuck() throws Exception {
        api.script(each -> each.ids().get(0) % USERS == 1 ? Reply.of(503) : Reply.of(200));
        try (Delivery delivery = new Delivery(data, api.url(), "maxInFlight=2&orderBy=user", "gtm.retry-max-delay",
                "50ms")) {
            CompletableFuture<InputSummary> account = delivery.deliverMeanwhile(records(200));
            await().until(() -> api.taken().size() == 180);
            assertThat(api.asked()).filteredOn(each -> each.ids().get(0) % USERS == 1).extracting(Asked::ids)
                    .containsOnly(List.of(1));
            api.script(each -> Reply.of(200));
            assertThat(account.get().delivered()).isEqualTo(200);
            assertThat(api.taken()).isSorted().hasSize(20);
        }
    }

    @Test
    void oneRequestAtATimeKeepsEverythingInOrder() throws Exception {
        api.script(OrderTest::unreliable);
        try (Delivery delivery = new Delivery(data, api.url(), "maxInFlight=1&batch=true&batchSize=7", "gtm.retry-max-delay",
                "50ms")) {
            assertThat(delivery.deliver(records(300)).delivered()).isEqualTo(300);
            assertThat(api.taken()).isSorted().hasSize(300);
        }
    }

    @Test
    void noMoreRequestsThanAllowedAreUnderWay() throws Exception {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        api.script(each -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            AnswerTableTest.pause(Duration.ofMillis(5));
            now.decrementAndGet();
            return Reply.of(200);
        });
        try (Delivery delivery = new Delivery(data, api.url(), "maxInFlight=3&orderBy=user")) {
            delivery.deliver(records(200));
            assertThat(most.get()).isEqualTo(3);
            assertThat(delivery.destination().tally().inFlight()).isZero();
        }
    }

    @Test
    void anOrderThatCannotBeKeptIsRefused() {
        assertThatThrownBy(() -> new Delivery(data, api.url(), "batch=true&batchTimeout=1000&groupBy=region&orderBy=user"))
                .hasStackTraceContaining("groups would not keep the order of their records");
    }
}
