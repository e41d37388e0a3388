package dev.gtmroutes.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

class FileDelaysTest {

    private static final Path FILE = Path.of("a.ndjson");

    private final AtomicLong now = new AtomicLong();
    private final FileDelays rests = new FileDelays(now::get);

    @Test
    void growUntilTheFileDoesWell() {
        List<Long> seconds = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            seconds.add(rests.failed(FILE, "why").length().toSeconds());
        }
        assertThat(seconds).containsExactly(5L, 10L, 20L, 40L, 80L, 160L, 300L, 300L);

        rests.forget(FILE);
        assertThat(rests.failed(FILE, "why").length()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void end() {
        rests.failed(FILE, "why");
        now.addAndGet(Duration.ofSeconds(4).toNanos());
        assertThat(rests.isResting(FILE)).isTrue();
        now.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(rests.isResting(FILE)).isFalse();
    }

    @Test
    void onlyANewReasonIsNews() {
        assertThat(rests.failed(FILE, "why").news()).isTrue();
        assertThat(rests.failed(FILE, "why").news()).isFalse();
        assertThat(rests.failed(FILE, "other").news()).isTrue();
    }

    @Test
    void filesThatAreGoneAreForgotten() {
        rests.failed(FILE, "why");
        rests.keepOnly(Set.of());
        assertThat(rests.has(FILE)).isFalse();
    }

    @Test
    void whenTooManyFailTheOthersWait() {
        for (int i = 0; i < FileDelays.MOST; i++) {
            rests.failed(Path.of("n" + i), "why");
        }
        assertThat(rests.isResting(FILE)).isTrue();
        now.addAndGet(Duration.ofSeconds(5).toNanos());
        assertThat(rests.isResting(Path.of("n1"))).isFalse();
        rests.forget(Path.of("n1"));
        assertThat(rests.isResting(FILE)).isFalse();
    }
}
