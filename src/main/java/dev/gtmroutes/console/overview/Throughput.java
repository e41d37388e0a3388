// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.overview;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

import dev.gtmroutes.history.History;
import dev.gtmroutes.history.Slice;

/**
 * What all flows have done, as {@code console.charts.js} draws it.
 *
 * @param start  when the first step begins, in seconds since 1970
 * @param step   how long each step is, in seconds
 * @param unit   what the numbers are
 * @param series what is drawn, each with one number for each step
 */
public record Throughput(long start, long step, String unit, List<Series> series) {

    /**
     * A line.
     *
     * @param title  for people
     * @param kind   how it is drawn: main, before or bad
     * @param values oldest first; null stands for a step that has not begun
     */
    public record Series(String title, String kind, List<Double> values) {
    }

    private static final int STEP_MINUTES = 10;
    private static final int DAYS = 30;

    /** The spans that the chart offers. */
    public enum Period {
        HOUR("1h", "1 h", "Last hour"), DAY("24h", "24 h", "Today"), MONTH("30d", "30 d", "Delivered");

        private final String id;
        private final String title;
        private final String legend;

        Period(String id, String title, String legend) {
            this.id = id;
            this.title = title;
            this.legend = legend;
        }

        public String id() {
            return id;
        }

        public String title() {
            return title;
        }

        /** What the chart calls its first line. */
        public String legend() {
            return legend;
        }

        /** The one with this id; a day for any other text. */
        static Period of(String id) {
            for (Period each : values()) {
                if (each.id.equals(id)) {
                    return each;
                }
            }
            return DAY;
        }
    }

    /** Where slices of all flows come from. */
    interface Slices {

        /** Those between two instants, oldest first, none left out. */
        List<Slice> between(Instant from, Instant until);
    }

    static Throughput of(History history, Period period, ZonedDateTime now) {
        return of((from, until) -> history.minutes(null, from, until), (from, until) -> history.hours(null, from, until),
                period, now);
    }

    static Throughput of(Slices minutes, Slices hours, Period period, ZonedDateTime now) {
        return switch (period) {
            case HOUR -> {
                ZonedDateTime until = now.truncatedTo(ChronoUnit.MINUTES).plusMinutes(1);
                yield perMinute(minutes, period, until.minusHours(1), until, 1, now);
            }
            case DAY -> {
                ZonedDateTime midnight = now.toLocalDate().atStartOfDay(now.getZone());
                yield perMinute(minutes, period, midnight, midnight.plusDays(1), STEP_MINUTES, now);
            }
            case MONTH -> perDay(hours, now);
        };
    }

    private static Throughput perMinute(Slices minutes, Period period, ZonedDateTime from, ZonedDateTime until, int step,
            ZonedDateTime now) {
        int steps = (int) (Duration.between(from, until).toMinutes() / step);
        List<Slice> today = minutes.between(from.toInstant(), now.toInstant());
        ZonedDateTime dayBefore = from.minusDays(1);
        Instant end = dayBefore.toInstant().plus(Duration.ofMinutes((long) steps * step));
        List<Slice> yesterday = minutes.between(dayBefore.toInstant(), end);
        return new Throughput(from.toEpochSecond(), 60L * step, "records per minute", List.of(
                new Series(period.legend(), "main",
                        rates(today, Slice::delivered, steps, step)),
                new Series("Yesterday", "before", rates(yesterday, Slice::delivered, steps, step)),
                new Series("Rejected", "bad", rates(today, Slice::rejected, steps, step))));
    }

    /** Of a step that is not over, by the minutes of it that have begun. */
    private static List<Double> rates(List<Slice> minutes, ToLongFunction<Slice> what, int steps, int step) {
        List<Double> rates = new ArrayList<>();
        for (int i = 0; i < steps; i++) {
            List<Slice> in = minutes.subList(Math.min(minutes.size(), i * step), Math.min(minutes.size(), (i + 1) * step));
            rates.add(in.isEmpty() ? null : Math.round(10.0 * in.stream().mapToLong(what).sum() / in.size()) / 10.0);
        }
        return rates;
    }

    private static Throughput perDay(Slices hours, ZonedDateTime now) {
        TreeMap<LocalDate, Slice> days = new TreeMap<>();
        for (int i = DAYS - 1; i >= 0; i--) {
            LocalDate day = now.toLocalDate().minusDays(i);
            days.put(day, Slice.empty(day.atStartOfDay(now.getZone()).toInstant()));
        }
        for (Slice hour : hours.between(days.firstEntry().getValue().start(), now.toInstant())) {
            days.computeIfPresent(hour.start().atZone(now.getZone()).toLocalDate(), (day, sum) -> sum.plus(hour));
        }
        return new Throughput(days.firstEntry().getValue().start().getEpochSecond(), Duration.ofDays(1).toSeconds(),
                "records per day", List.of(
                        new Series(Period.MONTH.legend(), "main", numbers(days.values(), Slice::delivered)),
                        new Series("Rejected", "bad", numbers(days.values(), Slice::rejected))));
    }

    private static List<Double> numbers(Collection<Slice> slices, ToLongFunction<Slice> what) {
        return slices.stream().map(each -> (double) what.applyAsLong(each)).toList();
    }

    /** What the chart shows, in a sentence for people who do not see it. */
    public String summary() {
        long most = Math.round(series.get(0).values().stream().filter(each -> each != null)
                .mapToDouble(Double::doubleValue).max().orElse(0));
        boolean rejects = series.get(series.size() - 1).values().stream().anyMatch(each -> each != null && each > 0);
        return "Delivered " + unit + ": at most " + most + ". " + (rejects ? "Some" : "No") + " records were rejected.";
    }
}
