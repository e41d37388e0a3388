// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.delivery.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;

/** What is remembered of requests for who watches: the last ones, and their numbers in the last hour. */
class RecentRequestsTest {

    private final RecentRequests recent = new RecentRequests();

    private void add() {
        recent.add("flow", "template", 200, 1, 1, Duration.ofMillis(7));
    }

    private List<Long> numbers(long after) {
        return recent.after(after).stream().map(RecentRequest::number).toList();
    }

    @Test
    void onlyTheLastOnesAreRemembered() {
        assertThat(numbers(0)).isEmpty();
        LongStream.rangeClosed(1, 1234).forEach(each -> add());

        assertThat(numbers(0)).isEqualTo(LongStream.rangeClosed(735, 1234).boxed().toList());
        assertThat(numbers(1232)).containsExactly(1233L, 1234L);
        assertThat(numbers(1234)).isEmpty();
        assertThat(numbers(99_999)).as("a number of a program that ran before").hasSize(500);
    }

    @Test
    void whoFollowsMissesNoneWhileManySend() throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        for (int i = 0; i < 4; i++) {
            threads.execute(() -> LongStream.range(0, 100).forEach(each -> add()));
        }
        threads.shutdown();
        List<Long> seen = new ArrayList<>();
        boolean over = false;
        while (!over) {
            over = threads.awaitTermination(1, TimeUnit.MILLISECONDS);
            seen.addAll(numbers(seen.isEmpty() ? 0 : seen.get(seen.size() - 1)));
        }
        assertThat(seen).isEqualTo(LongStream.rangeClosed(1, 400).boxed().toList());
    }

    @Test
    void aMinuteIsForgottenAfterAnHour() {
        LastHour hour = new LastHour();
        Instant before = Instant.now();
        hour.answered(true);
        hour.answered(false);
        hour.delivered(3);
        hour.rejected(2);

        LastHour.Minute all = hour.minutes(Instant.now()).stream().reduce(LastHour.Minute::plus).orElseThrow();
        assertThat(List.of(all.requests(), all.failed(), all.delivered(), all.rejected())).containsExactly(2L, 1L, 3L, 2L);
        assertThat(hour.minutes(before)).hasSize(60).last().extracting(LastHour.Minute::start)
                .isEqualTo(before.truncatedTo(ChronoUnit.MINUTES));
        assertThat(hour.minutes(before.plus(Duration.ofMinutes(62)))).allMatch(each -> each.requests() == 0);
    }
}
