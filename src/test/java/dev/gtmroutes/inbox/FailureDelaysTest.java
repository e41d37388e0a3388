// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

class FailureDelaysTest {

    private static final int MOST = 10_000;
    private static final Path FILE = Path.of("a.ndjson");

    private final AtomicLong now = new AtomicLong();
    private final FailureDelays<Path> rests = new FailureDelays<>(MOST, now::get);

    @Test
    void growUntilTheFileDoesWell() {
        List<Long> seconds = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            seconds.add(rests.failed(FILE, "why").length().toSeconds());
        }
        assertThat(seconds).containsExactly(5L, 10L, 20L, 40L, 80L, 160L, 300L, 300L);

        rests.worked(FILE);
        assertThat(rests.failed(FILE, "why").length()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void end() {
        rests.failed(FILE, "why");
        now.addAndGet(Duration.ofSeconds(4).toNanos());
        assertThat(rests.isWaiting(FILE)).isTrue();
        now.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(rests.isWaiting(FILE)).isFalse();
    }

    @Test
    void onlyANewReasonIsNews() {
        assertThat(rests.failed(FILE, "why").isNews()).isTrue();
        assertThat(rests.failed(FILE, "why").isNews()).isFalse();
        assertThat(rests.failed(FILE, "other").isNews()).isTrue();
    }

    @Test
    void filesThatAreGoneAreForgotten() {
        rests.failed(FILE, "why");
        rests.keepOnly(Set.of());
        assertThat(rests.last(FILE)).isEmpty();
    }

    @Test
    void whenTooManyFailTheOthersWait() {
        for (int i = 0; i < MOST; i++) {
            rests.failed(Path.of("n" + i), "why");
        }
        assertThat(rests.isWaiting(FILE)).isTrue();
        now.addAndGet(Duration.ofSeconds(5).toNanos());
        assertThat(rests.isWaiting(Path.of("n1"))).isFalse();
        rests.worked(Path.of("n1"));
        assertThat(rests.isWaiting(FILE)).isFalse();
    }
}
