// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.history;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import dev.gtmroutes.history.Slice;

/**
 * A bar for each day: delivered records, and on top of them what was rejected or held. It is 100 high, and
 * {@value #DAY_WIDTH} wide for each day.
 *
 * @param days the oldest first
 * @param most the records of the busiest day
 */
public record DayBars(List<Day> days, long most) {

    static final int DAY_WIDTH = 20;
    private static final int HEIGHT = 100;
    private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH);

    /**
     * A day.
     *
     * @param x    where its bar begins
     * @param well height of what was delivered
     * @param bad  height of what was rejected or held
     */
    public record Day(String name, Slice sum, int x, int well, int bad) {

        public int wellTop() {
            return HEIGHT - well;
        }

        public int badTop() {
            return HEIGHT - well - bad;
        }

        public long refused() {
            return sum.rejected() + sum.held();
        }
    }

    /** @param hours all of these days; days begin at midnight where the program runs */
    static DayBars of(List<Slice> hours, LocalDate first, LocalDate last, ZoneId zone) {
        Map<LocalDate, Slice> sums = new TreeMap<>();
        for (LocalDate day = first; !day.isAfter(last); day = day.plusDays(1)) {
            sums.put(day, Slice.empty(day.atStartOfDay(zone).toInstant()));
        }
        hours.forEach(hour -> sums.computeIfPresent(LocalDate.ofInstant(hour.start(), zone),
                (day, sum) -> sum.plus(hour)));
        long most = sums.values().stream().mapToLong(each -> each.delivered() + each.rejected() + each.held()).max()
                .orElse(0);
        List<Day> days = new ArrayList<>();
        sums.forEach((day, sum) -> {
            int bad = height(sum.rejected() + sum.held(), most);
            int well = Math.min(height(sum.delivered(), most), HEIGHT - bad);
            days.add(new Day(NAME.format(day), sum, days.size() * DAY_WIDTH, well, bad));
        });
        return new DayBars(days, most);
    }

    private static int height(long number, long most) {
        return number <= 0 ? 0 : (int) Math.max(2, number * HEIGHT / most);
    }

    public int width() {
        return days.size() * DAY_WIDTH;
    }

    public String first() {
        return days.get(0).name();
    }

    public boolean isEmpty() {
        return most == 0;
    }

    /** Days on which something was done, the newest first. */
    public List<Day> busy() {
        List<Day> busy = new ArrayList<>(days.stream().filter(each -> !each.sum.isEmpty()).toList());
        Collections.reverse(busy);
        return busy;
    }

    /** When the first of so many days began. */
    static Instant begin(LocalDate first, ZoneId zone) {
        return first.atStartOfDay(zone).toInstant();
    }
}
