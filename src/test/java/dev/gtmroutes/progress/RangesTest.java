// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.List;

import org.junit.jupiter.api.Test;

class RangesTest {

    private static final int HIGH = 2_000_000_000;

    @Test
    void whatStandsInARowIsOneRange() {
        assertThat(Ranges.of(List.of(0, 1, 2, 7, 9, 10, HIGH), each -> each))
                .hasToString("0-2 7-7 9-10 " + HIGH + "-" + HIGH);
        assertThat(Ranges.of(List.<Integer>of(), each -> each)).hasToString("");
        assertThat(Ranges.of(5)).hasToString("5-5");
    }

    @Test
    void itIsReadAsItIsWritten() {
        assertThat(Ranges.parse("0-2 7-7 9-10")).hasToString("0-2 7-7 9-10");
        assertThat(Ranges.parse("").isEmpty()).isTrue();
    }

    @Test
    void itAddsAndRemovesJustItsNumbers() {
        BitSet numbers = new BitSet();
        numbers.set(3, 6);

        Ranges.parse("0-0 4-8").addTo(numbers);
        assertThat(Ranges.of(numbers)).hasToString("0-0 3-8");
        Ranges.parse("4-4 8-9").removeFrom(numbers);
        assertThat(Ranges.of(numbers)).hasToString("0-0 3-3 5-7");
    }
}
