// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class LastSeenTest {

    /** A share that does not answer must not hold one thread after the other. */
    @Test
    void whileOneThreadLooksAllOthersTakeWhatWasSeenBefore() throws Exception {
        CountDownLatch isLooking = new CountDownLatch(1);
        CountDownLatch answers = new CountDownLatch(1);
        LastSeen<Integer> last = new LastSeen<>(before -> {
            if (before != null) {
                isLooking.countDown();
                awaitThat(answers);
            }
            return before == null ? 1 : before + 1;
        });
        assertThat(last.now()).isEqualTo(1);

        // Once what was seen is old.
        CompletableFuture<Integer> looks = CompletableFuture.supplyAsync(() -> {
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> last.now() == 2);
            return last.now();
        });
        isLooking.await();
        assertThat(last.now()).isEqualTo(1);

        answers.countDown();
        assertThat(looks.get(1, TimeUnit.MINUTES)).isEqualTo(2);
    }

    private static void awaitThat(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
