// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import dev.gtmroutes.access.ClientAddress.Client;
import org.junit.jupiter.api.Test;

/** How long clients that guess passwords must wait, and whom that keeps out. */
class LoginThrottleTest {

    private static final Client GUESSER = new Client("10.0.0.1", "10.0.0.1");
    private static final Client OTHER = new Client("10.0.0.2", "10.0.0.2");
    private static final Client THIS_MACHINE = new Client("127.0.0.1", "127.0.0.1");

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-31T08:00:00Z"));
    private final AtomicInteger compared = new AtomicInteger();
    private final LoginThrottle attempts = new LoginThrottle(now::get);

    private LoginThrottle.Attempt attempt(Client client, Role role, boolean right) {
        return attempts.attempt(client, role, () -> {
            compared.incrementAndGet();
            return right;
        });
    }

    private void fail(int times, Client client, Role role) {
        for (int i = 0; i < times; i++) {
            assertThat(attempt(client, role, false).isRight()).isFalse();
        }
    }

    private static Client client(int number) {
        String address = "10." + (number >> 16) + "." + (number >> 8 & 255) + "." + (number & 255);
        return new Client(address, address);
    }

    @Test
    void afterFiveFailuresTheRightPasswordIsRefusedForAMinute() {
        fail(4, GUESSER, Role.OPERATOR);
        assertThat(attempts.delay(GUESSER, Role.OPERATOR)).isZero();
        fail(20, GUESSER, Role.OPERATOR);
        assertThat(compared).hasValue(5);
        assertThat(attempt(GUESSER, Role.OPERATOR, true))
                .isEqualTo(new LoginThrottle.Attempt(false, Duration.ofMinutes(1)));
        assertThat(attempt(OTHER, Role.OPERATOR, true).isRight()).isTrue();
        assertThat(attempt(GUESSER, Role.VIEWER, true).isRight()).isTrue();

        now.updateAndGet(each -> each.plusSeconds(60));
        assertThat(attempt(GUESSER, Role.OPERATOR, true).isRight()).isTrue();
    }

    @Test
    void aLogInForgetsTheFailuresOfItsRoleAndNetworkOnly() {
        fail(4, GUESSER, Role.OPERATOR);
        assertThat(attempt(GUESSER, Role.VIEWER, true).isRight()).isTrue();
        assertThat(attempt(OTHER, Role.OPERATOR, true).isRight()).isTrue();
        fail(1, GUESSER, Role.OPERATOR);
        assertThat(attempts.delay(GUESSER, Role.OPERATOR)).isPositive();

        fail(4, OTHER, Role.OPERATOR);
        assertThat(attempt(OTHER, Role.OPERATOR, true).isRight()).isTrue();
        fail(4, OTHER, Role.OPERATOR);
        assertThat(attempts.delay(OTHER, Role.OPERATOR)).isZero();
    }

    @Test
    void guessesInParallelAreNoMore() throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(16);
        CountDownLatch start = new CountDownLatch(1);
        for (int i = 0; i < 200; i++) {
            threads.submit(() -> {
                start.await();
                return attempt(GUESSER, Role.OPERATOR, false);
            });
        }
        start.countDown();
        threads.shutdown();
        assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        assertThat(compared).hasValue(5);
    }

    /** Each network is a client that has logged in before, so that the limit for all does not hold for it. */
    @Test
    void knownNetworksTakeLimitedMemoryToo() {
        for (int i = 0; i < 100_000; i++) {
            assertThat(attempt(client(i), Role.VIEWER, true).isRight()).isTrue();
        }
        for (int i = 0; i < 100_000; i++) {
            attempt(client(i), Role.VIEWER, false);
        }
        assertThat(attempts.remembered()).isLessThanOrEqualTo(2200);
    }

    @Test
    void aMillionNetworksGuessNoFasterAndKeepNoOperatorOut() {
        assertThat(attempt(OTHER, Role.OPERATOR, true).isRight()).isTrue();
        compared.set(0);
        for (int i = 0; i < 1_000_000; i++) {
            attempt(client(i + 1000), Role.OPERATOR, false);
        }
        assertThat(compared).hasValue(100);
        assertThat(attempts.remembered()).isLessThanOrEqualTo(101);
        for (Client each : List.of(OTHER, THIS_MACHINE)) {
            assertThat(attempt(each, Role.OPERATOR, true).isRight()).as("%s", each).isTrue();
        }
        assertThat(attempt(GUESSER, Role.OPERATOR, true).isRight()).isFalse();
        assertThat(attempt(GUESSER, Role.VIEWER, true).isRight()).isTrue();

        now.updateAndGet(each -> each.plusSeconds(60));
        assertThat(attempt(GUESSER, Role.OPERATOR, true).isRight()).isTrue();
    }
}
