// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.flow.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.gtmroutes.api.NotSentException;
import org.junit.jupiter.api.Test;

class SharedGateTest {

    private static final Duration LONG = Duration.ofSeconds(10);

    private final SharedGate gate = new SharedGate();
    private final AtomicBoolean wanted = new AtomicBoolean(true);

    private CompletableFuture<Integer> enters(Duration longest) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return gate.enter(wanted::get, longest);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private CompletableFuture<Void> closes(Duration longest) {
        long end = System.nanoTime() + longest.toNanos();
        return CompletableFuture.runAsync(() -> {
            try {
                gate.close(end);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    @Test
    void whoIsInsideIsWaitedForAndWhoComesWaits() throws Exception {
        int before = gate.enter(wanted::get, LONG);
        CompletableFuture<Void> closing = closes(LONG);
        await().atMost(LONG).until(this::isClosed);
        CompletableFuture<Integer> next = enters(LONG);
        assertThat(closing).isNotDone();

        gate.leave();
        closing.get(10, TimeUnit.SECONDS);
        assertThat(next).isNotDone();

        gate.open();
        assertThat(next.get(10, TimeUnit.SECONDS)).as("it is another route").isNotEqualTo(before);
    }

    private boolean isClosed() throws InterruptedException {
        try {
            gate.enter(() -> false, LONG);
            gate.leave();
            return false;
        } catch (NotSentException e) {
            return true;
        }
    }

    @Test
    void whoStaysInsideIsNotWaitedForWithoutEnd() throws Exception {
        gate.enter(wanted::get, LONG);
        closes(Duration.ofMillis(1)).get(10, TimeUnit.SECONDS);
    }

    @Test
    void aRequestThatNobodyWantsOrThatWaitsTooLongIsNotSent() throws Exception {
        closes(LONG).get(10, TimeUnit.SECONDS);
        assertThatThrownBy(() -> enters(Duration.ofMillis(1)).join()).isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(NotSentException.class).hasMessageContaining("was not in use within");

        CompletableFuture<Integer> waits = enters(LONG);
        wanted.set(false);
        assertThatThrownBy(waits::join).hasCauseInstanceOf(NotSentException.class)
                .hasMessageContaining("the flow was stopped");
    }
}
