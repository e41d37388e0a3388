// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

class SlowReaderTest {

    private final SlowReader reader = new SlowReader(1024);
    private long second;

    /** For a minute: whether it was too slow once. */
    private boolean isTooSlow(boolean owing, long bytesASecond) {
        boolean tooSlow = false;
        for (int i = 0; i < 61; i++, second++) {
            tooSlow |= reader.isTooSlow(owing, second * bytesASecond, TimeUnit.SECONDS.toNanos(second));
        }
        return tooSlow;
    }

    @Test
    void aClientThatReadsNothingOrHardlyAnythingIsTooSlow() {
        assertThat(isTooSlow(true, 0)).isTrue();
        assertThat(isTooSlow(true, 1000)).isTrue();
    }

    @Test
    void aClientAtTheLeastRateOrWithoutAnythingToReadIsNot() {
        assertThat(isTooSlow(true, 1024)).isFalse();
        assertThat(isTooSlow(false, 0)).isFalse();
    }

    @Test
    void theTimeBeginsAnewWhenAllIsRead() {
        for (int i = 0; i < 200; i++) {
            assertThat(reader.isTooSlow(i % 20 > 0, 0, TimeUnit.SECONDS.toNanos(i))).isFalse();
        }
    }
}
