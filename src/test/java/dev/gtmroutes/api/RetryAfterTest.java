// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {

    @ParameterizedTest
    @CsvSource({"0, 0", "3, 3000", "' 3 ', 3000", "2.5, 2500", "2., 2000", "'3, 7, 5', 7000"})
    void seconds(String value, long millis) {
        assertThat(RetryAfter.of(List.of(value))).isEqualTo(Duration.ofMillis(millis));
    }

    static Stream<String> inTenMinutes() {
        ZonedDateTime then = ZonedDateTime.now(ZoneOffset.UTC).plusMinutes(10);
        return Stream.of(DateTimeFormatter.RFC_1123_DATE_TIME.format(then),
                DateTimeFormatter.ofPattern("EEEE, dd-MMM-yy HH:mm:ss 'GMT'", Locale.ENGLISH).format(then),
                DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.ENGLISH).format(then));
    }

    @ParameterizedTest
    @MethodSource("inTenMinutes")
    void allThreeFormsOfADate(String value) {
        assertThat(RetryAfter.of(List.of(value))).isBetween(Duration.ofMinutes(9), Duration.ofMinutes(10));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994"})
    void aDateThatIsOverAsksForNothing(String value) {
        assertThat(RetryAfter.of(List.of(value))).isEqualTo(Duration.ZERO);
    }

    @ParameterizedTest
    @ValueSource(strings = {"99999999999999999999", "soon", "-5", "1h", "2026-11-29T05:00:00Z", "Sunday, 29-Nov-26"})
    void whatIsTooLargeOrCannotBeReadAsksForLongerThanAnybodyWaits(String value) {
        assertThat(RetryAfter.of(List.of(value))).isGreaterThanOrEqualTo(Duration.ofDays(365));
    }

    @Test
    void theLongestOfSeveralCounts() {
        assertThat(RetryAfter.of(List.of("3", "3"))).isEqualTo(Duration.ofSeconds(3));
        assertThat(RetryAfter.of(List.of("3", "9", "5"))).isEqualTo(Duration.ofSeconds(9));
        assertThat(RetryAfter.of(List.of("3", "later"))).isGreaterThan(Duration.ofDays(1));
    }

    @Test
    void nothingIsNothing() {
        assertThat(RetryAfter.of((List<String>) null)).isNull();
        assertThat(RetryAfter.of(List.of())).isNull();
        assertThat(RetryAfter.of(Arrays.asList("", null))).isNull();
    }

    @Test
    void aListWithoutEndIsOneThatCannotBeRead() {
        assertThat(RetryAfter.of(List.of("0,".repeat(4000) + "0"))).isGreaterThan(Duration.ofDays(1));
        assertThat(RetryAfter.of(List.of("0, 1.5 ,2"))).isEqualTo(Duration.ofSeconds(2));
    }
}
