// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.overview;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import dev.gtmroutes.console.overview.Throughput.Period;
import dev.gtmroutes.history.Slice;
import org.junit.jupiter.api.Test;

/** Two records are delivered in each minute. */
class ThroughputTest {

    private static final ZonedDateTime NOW = Instant.parse("2026-11-30T08:41:20Z").atZone(ZoneId.of("Europe/Berlin"));

    @Test
    void aDayBeginsAtMidnightOfTheReaderAndWhatIsToComeIsOpen() {
        Throughput day = of(Period.DAY);

        assertThat(Instant.ofEpochSecond(day.start())).isEqualTo("2026-11-29T23:00:00Z");
        assertThat(day.step()).isEqualTo(600);
        assertThat(day.series()).extracting(Throughput.Series::kind).containsExactly("main", "before", "bad");
        List<Double> today = day.series().get(0).values();
        assertThat(today).hasSize(144);
        assertThat(today.stream().filter(Objects::nonNull)).hasSize(59).containsOnly(2.0);
        assertThat(day.series().get(1).values()).hasSize(144).containsOnly(2.0);
        assertThat(day.summary()).isEqualTo("Delivered records per minute: at most 2. No records were rejected.");
    }

    @Test
    void anHourHasItsMinutes() {
        Throughput hour = of(Period.HOUR);

        assertThat(Instant.ofEpochSecond(hour.start())).isEqualTo("2026-11-30T07:42:00Z");
        assertThat(hour.series().get(0).values()).isEqualTo(Collections.nCopies(60, 2.0));
        assertThat(hour.series().get(1).values()).isEqualTo(Collections.nCopies(60, 2.0));
    }

    @Test
    void aMonthHasItsDays() {
        Throughput month = of(Period.MONTH);

        assertThat(month.step()).isEqualTo(86_400);
        assertThat(month.unit()).isEqualTo("records per day");
        List<Double> days = month.series().get(0).values();
        assertThat(days).hasSize(30);
        assertThat(days.subList(0, 29)).containsOnly(2880.0);
    }

    @Test
    void anUnknownPeriodIsADay() {
        assertThat(Period.of("")).isEqualTo(Period.DAY);
        assertThat(Period.of("7y")).isEqualTo(Period.DAY);
        assertThat(Period.of("1h")).isEqualTo(Period.HOUR);
    }

    private static Throughput of(Period period) {
        return Throughput.of(slices(ChronoUnit.MINUTES, 2), slices(ChronoUnit.HOURS, 120), period, NOW);
    }

    private static Throughput.Slices slices(ChronoUnit unit, long delivered) {
        return (from, until) -> Stream.iterate(from.truncatedTo(unit), start -> start.isBefore(until),
                start -> start.plus(1, unit)).map(start -> new Slice(start, delivered, 0, 0, 0, 1, 0)).toList();
    }
}
