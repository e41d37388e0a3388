// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.credential;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How much fits into a window, in a time that this test makes. */
class WindowTest {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    /** A moment at which something happens. */
    private record Event(long time, Runnable action) {
    }

    private final PriorityQueue<Event> events = new PriorityQueue<>(Comparator.comparingLong(Event::time));
    private final List<Long> counted = new ArrayList<>();

    private static Window window(String limit) {
        return new Window(RateLimit.parse(limit));
    }

    @ParameterizedTest
    @CsvSource({"600/1m, 60, 20, 800", "600/1m, 60, 20, 6000", "5/1s, 1, 1, 300", "100/1h, 3600, 100, 30000"})
    void noWindowOfTheVendorHoldsMoreAndLittleIsLeftUnused(String limit, int seconds, int fastest, int slowest) {
        Window window = window(limit);
        Random random = new Random(seconds);
        long length = seconds * SECOND;
        int workers = 40;
        for (int i = 0; i < workers; i++) {
            events.add(new Event(i, () -> {}));
        }
        long end = 20 * length;
        for (Event now = events.poll(); now.time() < end; now = events.poll()) {
            now.action().run();
            long time = now.time();
            if (!window.hasRoom(1, time)) {
                events.add(new Event(Math.max(time + 1, window.nextChange()), () -> {}));
                continue;
            }
            Window.Use use = window.use(1);
            window.sent(use, time);
            long answered = time + (fastest + random.nextInt(slowest - fastest)) * (SECOND / 1000);
            counted.add(time + (long) (random.nextDouble() * Math.min(answered - time, length / 50)));
            events.add(new Event(answered, () -> {
                window.answered(use, 1, answered);
                window.end(use);
            }));
        }
        counted.sort(null);
        int most = RateLimit.parse(limit).points();
        for (int i = most; i < counted.size(); i++) {
            assertThat(counted.get(i) - counted.get(i - most)).isGreaterThanOrEqualTo(length);
        }
        assertThat(counted.size()).isGreaterThanOrEqualTo((int) (0.97 * 20 * most));
    }

    @Test
    void pointsComeBackOneWindowAfterTheAnswer() {
        Window window = window("2/10s");
        Window.Use use = window.use(2);
        window.sent(use, 0);
        window.answered(use, 2, SECOND / 10);

        assertThat(window.hasRoom(1, 10 * SECOND)).isFalse();
        assertThat(window.hasRoom(1, 10 * SECOND + SECOND / 10)).isTrue();
    }

    @Test
    void aSlowAnswerDoesNotHoldThemBack() {
        Window window = window("2/10s");
        Window.Use use = window.use(2);
        window.sent(use, 0);

        assertThat(window.hasRoom(2, 10 * SECOND + SECOND / 5)).isTrue();
        window.answered(use, 2, 15 * SECOND);
        assertThat(window.used(15 * SECOND)).isZero();
    }

    @Test
    void aRequestThatCostsMoreThanTheLimitGoesAlone() {
        Window window = window("2/10s");
        assertThat(window.hasRoom(5, 0)).isTrue();
        window.use(5);
        assertThat(window.hasRoom(1, 0)).isFalse();
    }

    @Test
    void whatOthersUsedCountsForOneWindow() {
        Window window = window("10/10s");
        Window.Use ours = window.use(1);
        window.use(1);
        window.sent(ours, 0);
        window.answered(ours, 1, 0);

        window.remaining(6, 0);
        assertThat(window.used(0)).as("6 are left, of which one may go to the request without an answer").isEqualTo(5);

        window.remaining(9, SECOND);
        assertThat(window.used(SECOND)).as("the newest word counts").isEqualTo(2);

        window.remaining(0, 2 * SECOND);
        assertThat(window.hasRoom(1, 2 * SECOND)).isFalse();
        assertThat(window.hasRoom(1, 12 * SECOND)).isTrue();
    }
}
