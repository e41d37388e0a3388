// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.flows;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import dev.gtmroutes.history.Slice;
import org.junit.jupiter.api.Test;

class SparklineTest {

    private static Sparkline of(Integer... delivered) {
        List<Slice> hours = new ArrayList<>();
        Arrays.stream(delivered).forEach(each -> hours.add(new Slice(Instant.EPOCH, each, 0, 0, 0, 0, 0)));
        return Sparkline.of(hours);
    }

    @Test
    void itIsOneShortPath() {
        // The first point, a level part, up by the whole height, and down by half of it.
        assertThat(of(0, 0, 10, 5).path()).isEqualTo("M-2 26V22h6l4-19l4,10h2V26z");
        assertThat(of(0, 0, 10, 5).total()).isEqualTo(15);
    }

    @Test
    void withoutRecordsThereIsNothingToDraw() {
        assertThat(of(0, 0, 0).isIdle()).isTrue();
        assertThat(of(0, 0, 0).path()).isEmpty();
    }

    @Test
    void aDayOfAnyNumbersIsShort() {
        Integer[] day = new Integer[24];
        Arrays.setAll(day, each -> each * 7919 % 1000);
        assertThat(of(day).path()).hasSizeLessThan(180);
    }
}
