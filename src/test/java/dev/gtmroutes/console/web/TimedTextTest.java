// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;

import dev.gtmroutes.console.web.TimedText.Part;
import org.junit.jupiter.api.Test;

/** Times within sentences. */
class TimedTextTest {

    private static Part words(String text) {
        return new Part(text, null);
    }

    private static Part time(String text) {
        return new Part(text, Instant.parse(text));
    }

    @Test
    void timesArePartsOfTheirOwn() {
        assertThat(TimedText.of("Start a job, not before 2026-11-30T10:00:26.123Z."))
                .containsExactly(words("Start a job, not before "), time("2026-11-30T10:00:26.123Z"), words("."));
        assertThat(TimedText.of("2026-11-30T10:00:26Z")).containsExactly(time("2026-11-30T10:00:26Z"));
        assertThat(TimedText.of("at 2026-99-30T10:00:26Z, on 2026-11-30"))
                .containsExactly(words("at 2026-99-30T10:00:26Z, on 2026-11-30"));
        assertThat(TimedText.of("")).isEmpty();
        assertThat(TimedText.of(null)).isEmpty();
    }
}
