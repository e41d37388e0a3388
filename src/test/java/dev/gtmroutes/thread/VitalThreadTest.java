// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.thread;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.Test;

class VitalThreadTest {

    @Test
    void goesOnAfterAnyErrorAndAfterAnInterruption() {
        AtomicInteger turns = new AtomicInteger();
        VitalThread thread = VitalThread.start("of-the-test", () -> {
            switch (turns.incrementAndGet()) {
                case 1 -> throw new OutOfMemoryError("of the test");
                case 2 -> throw new InterruptedException();
                case 3 -> throw new StackOverflowError();
                default -> Thread.sleep(1);
            }
        });

        await().until(() -> turns.get() > 4);
        assertThat(VitalTask.dead()).isEmpty();
        thread.stop();
    }

    @Test
    void oneThatEndsIsNamedAndOneThatIsStoppedIsNot() throws Exception {
        AtomicReference<Thread> inside = new AtomicReference<>();
        CountDownLatch ended = new CountDownLatch(1);
        VitalThread stopped = VitalThread.start("stopped", () -> {
            inside.set(Thread.currentThread());
            ended.await();
        });
        await().until(() -> inside.get() != null);

        stopped.interrupt();
        inside.get().join();
        assertThat(VitalTask.dead()).isEmpty();

        VitalThread gone = VitalThread.start("gone", () -> {
            throw new ThreadDeath();
        });
        try {
            // Awaitility would take the end of that thread for one of this test.
            await().dontCatchUncaughtExceptions().untilAsserted(() -> assertThat(VitalTask.dead()).containsExactly("gone"));
        } finally {
            gone.stop();
        }
        assertThat(VitalTask.dead()).isEmpty();
    }
}
