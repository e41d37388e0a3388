// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.parameter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Routes that come and go while Camel stops: it goes through its list of them without a lock. */
class RouteChangesTest {

    private final CamelContext camel = new DefaultCamelContext();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch mayEnd = new CountDownLatch(1);

    @BeforeEach
    void start() {
        camel.start();
    }

    @AfterEach
    void stop() {
        mayEnd.countDown();
        threads.shutdownNow();
        camel.stop();
    }

    @Test
    void camelStopsWhenTheChangesHaveEndedThatHadBegun() throws Exception {
        Future<Boolean> wasRunning = change();
        Future<?> stopped = threads.submit(camel::stop);
        awaitTooLate();

        assertThat(camel.isStopping()).isFalse();

        mayEnd.countDown();
        stopped.get(1, TimeUnit.MINUTES);
        assertThat(wasRunning.get()).isTrue();
        assertThat(camel.isStopped()).isTrue();
    }

    @Test
    void noChangeBeginsWhenCamelIsStopping() throws Exception {
        AtomicInteger made = new AtomicInteger();
        change();
        threads.submit(camel::stop);
        awaitTooLate();

        RouteChanges.makeInTime(camel, made::incrementAndGet);
        assertThatThrownBy(() -> RouteChanges.make(camel, made::incrementAndGet)).isInstanceOf(IllegalStateException.class)
                .hasMessage("the program is being stopped");
        assertThatThrownBy(() -> RouteModel.endpoint(camel, "direct:new")).hasMessage("the program is being stopped");
        assertThat(made).hasValue(0);
        assertThat(camel.hasEndpoint("direct:new")).isNull();
    }

    @Test
    void aChangeThatDoesNotEndHoldsCamelUpForItsShutdownTimeout() {
        camel.getShutdownStrategy().setTimeUnit(TimeUnit.MILLISECONDS);
        camel.getShutdownStrategy().setTimeout(50);
        change();

        camel.stop();

        assertThat(camel.isStopped()).isTrue();
    }

    @Test
    void changesAreMadeAgainWhenCamelIsStartedAgain() throws Exception {
        assertThat(RouteChanges.make(camel, () -> "made")).isEqualTo("made");
        camel.stop();
        assertThat(RouteChanges.isTooLate(camel)).isTrue();

        camel.start();

        assertThat(RouteChanges.make(camel, () -> "made again")).isEqualTo("made again");
    }

    /** One that has begun, and ends when it may: whether Camel ran until then. */
    private Future<Boolean> change() {
        CountDownLatch begun = new CountDownLatch(1);
        Future<Boolean> change = threads.submit(() -> RouteChanges.make(camel, () -> {
            begun.countDown();
            mayEnd.await();
            return camel.isStarted();
        }));
        try {
            begun.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return change;
    }

    private void awaitTooLate() {
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> RouteChanges.isTooLate(camel));
    }
}
