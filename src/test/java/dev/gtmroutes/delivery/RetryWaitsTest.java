// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** When requests that wait for another attempt go on. */
class RetryWaitsTest {

    private static final Duration FOREVER = Duration.ofHours(1);

    private final RetryWaits waits = new RetryWaits();
    private final AtomicBoolean running = new AtomicBoolean(true);
    private final List<CompletableFuture<Boolean>> waiting = new ArrayList<>();

    @AfterEach
    void stop() {
        running.set(false);
        waiting.forEach(CompletableFuture::join);
    }

    /** Begins waits, one after the other. */
    private void begin(int count, Duration asked) {
        begin(count, asked, 0);
    }

    private void begin(int count, Duration asked, int attempt) {
        for (int i = 0; i < count; i++) {
            CompletableFuture<Boolean> result = new CompletableFuture<>();
            Thread thread = new Thread(() -> {
                try {
                    result.complete(waits.await(FOREVER, asked, attempt, running::get));
                } catch (InterruptedException e) {
                    result.completeExceptionally(e);
                }
            });
            thread.start();
            waiting.add(result);
            await().until(() -> thread.getState() == Thread.State.TIMED_WAITING || result.isDone());
        }
    }

    private long over() {
        return waiting.stream().filter(CompletableFuture::isDone).count();
    }

    @Test
    void aPersonNeedNotWaitAndIsToldSinceWhenItFails() {
        assertThat(waits.failing()).isEmpty();
        begin(2, null, 1);
        assertThat(waits.failing()).hasValueSatisfying(each -> {
            assertThat(each.requests()).isEqualTo(2);
            assertThat(each.attempt()).isEqualTo(2);
            assertThat(each.next()).isAfter(each.since());
        });
        waits.retryNow();
        await().until(() -> over() == 2);
        assertThat(waits.failing()).hasValueSatisfying(each -> assertThat(each.next()).isNull());
        waits.worked();
        assertThat(waits.failing()).isEmpty();
    }

    @Test
    void aRequestThatAlwaysFailsIsNotSentAsOftenAsOthersSucceed() {
        long begun = System.nanoTime();
        begin(1, null, 3);
        waits.worked();
        waits.worked();

        await().until(() -> over() == 1);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isBetween(Duration.ofMillis(700), Duration.ofSeconds(5));
    }

    @Test
    void theFirstGoodResponseEndsOneWaitAndEachFurtherOneTwiceAsMany() {
        begin(8, null);

        waits.worked();
        await().until(() -> over() == 1);
        waits.worked();
        await().until(() -> over() == 3);
        waits.worked();
        await().until(() -> over() == 7);
        waits.worked();
        await().until(() -> over() == 8);
        assertThat(waiting).allSatisfy(each -> assertThat(each.join()).isTrue());
    }

    @Test
    void anotherFailureBeginsWithOneAgain() {
        begin(4, null);
        waits.worked();
        waits.worked();
        await().until(() -> over() == 3);
        begin(5, null);

        waits.worked();

        await().until(() -> over() == 4);
        assertThat(over()).isEqualTo(4);
    }

    @Test
    void aDelayThatTheDestinationHasAskedForIsKept() {
        begin(1, FOREVER);
        begin(1, null);

        waits.worked();
        waits.worked();

        await().until(() -> waiting.get(1).isDone());
        assertThat(waiting.get(0)).isNotDone();
    }

    @Test
    void whatIsAddedToADelayThatWasAskedForIsOurs() {
        begin(1, Duration.ofMillis(1));
        begin(1, Duration.ZERO);

        await().until(() -> {
            waits.worked();
            return over() == 2;
        });

        assertThat(waiting).allSatisfy(each -> assertThat(each.join()).isTrue());
    }

    @Test
    void oneOfThemIsTriedEveryFewSecondsHoweverLongItsDelay() {
        begin(1, FOREVER);
        begin(2, null);

        await().atMost(RetryWaits.PROBE.multipliedBy(6)).until(() -> waiting.get(1).isDone());

        assertThat(waiting.get(1).join()).isTrue();
        assertThat(waiting.get(0)).isNotDone();
    }

    @Test
    void aFlowThatIsStoppedWaitsNoMore() {
        begin(2, null);

        running.set(false);

        await().until(() -> over() == 2);
        assertThat(waiting).allSatisfy(each -> assertThat(each.join()).isFalse());
    }
}
