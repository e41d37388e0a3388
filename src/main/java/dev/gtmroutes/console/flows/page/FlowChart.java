// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.flows.page;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import dev.gtmroutes.history.Slice;

/**
 * Records per minute of two days, as a chart of the console takes it.
 *
 * @param start  of the first value, in seconds since 1970
 * @param step   from one value to the next, in seconds
 * @param unit   of the values
 * @param series lines of the chart
 */
public record FlowChart(long start, long step, String unit, List<Series> series) {

    private static final int MINUTES = 10;
    private static final int VALUES = 24 * 60 / MINUTES;

    /**
     * A line of the chart.
     *
     * @param kind   main or before
     * @param values one per step; null where there is nothing to show
     */
    public record Series(String title, String kind, List<Double> values) {
    }

    /**
     * Of a flow.
     *
     * @param midnight  when today began
     * @param today     by minute
     * @param yesterday by minute
     */
    static FlowChart of(Instant midnight, List<Slice> today, List<Slice> yesterday) {
        return new FlowChart(midnight.getEpochSecond(), MINUTES * 60L, "records per minute", List.of(
                new Series("Today", "main", values(today)), new Series("Yesterday", "before", values(yesterday))));
    }

    private static List<Double> values(List<Slice> minutes) {
        List<Double> values = new ArrayList<>();
        for (int i = 0; i < VALUES; i++) {
            List<Slice> span = minutes.subList(Math.min(i * MINUTES, minutes.size()),
                    Math.min((i + 1) * MINUTES, minutes.size()));
            values.add(span.isEmpty() ? null
                    : Math.round(10.0 * span.stream().mapToLong(Slice::delivered).sum() / span.size()) / 10.0);
        }
        return values;
    }
}
