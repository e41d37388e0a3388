// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.parameter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {

    @ParameterizedTest
    @CsvSource({"30s,PT30S", "15m,PT15M", "24h,PT24H", "7d,PT168H", "1h30m,PT90M", "500ms,PT0.5S", "0s,PT0S", "PT1H,PT1H",
            "P1D,PT24H", "1d2h3m4s5ms,PT26H3M4.005S", "' 5m ',PT5M"})
    void theyAreTakenAsPeopleWriteThem(String text, Duration duration) {
        assertThat(Durations.parse(text)).isEqualTo(duration);
    }

    @ParameterizedTest
    @ValueSource(strings = {"banana", "24H", "90", "0", "", " ", "a,b", "1.5h", "-1s", "PT-1H", "PT", "P", "30m1h", "1h 30m",
            "5 m", "١s", "99999999999999999999d", "PT999999999999H", "s", "m5"})
    void everythingElseIsRefusedWithAnExample(String text) {
        assertThat(Durations.isDuration(text)).isFalse();
        assertThatThrownBy(() -> Durations.parse(text)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Enter a duration such as 30s, 15m, 24h or 7d.");
    }
}
