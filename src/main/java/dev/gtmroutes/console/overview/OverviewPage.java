// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.overview;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import dev.gtmroutes.console.state.FlowChip;

/**
 * What the overview shows.
 *
 * @param flows     in words: how many there are, and in which state
 * @param attention what needs a person
 * @param today     the numbers of today
 * @param period    the span of the chart
 * @param chart     what the chart shows, in a sentence
 * @param zone      the time zone that today is a day of
 */
public record OverviewPage(String flows, Attention attention, Today today, Throughput.Period period, String chart,
        String zone) {

    /** Spans that a person can choose from. */
    public List<Throughput.Period> periods() {
        return List.of(Throughput.Period.values());
    }

    /** Such as {@code 14 flows: 11 healthy, 1 failing, 2 paused}. */
    static String count(Collection<FlowChip> chips) {
        Map<FlowChip.Kind, Long> byKind = chips.stream()
                .collect(Collectors.groupingBy(FlowChip::kind, Collectors.counting()));
        String all = chips.size() == 1 ? "1 flow" : chips.size() + " flows";
        return chips.isEmpty() ? "No flows yet" : all + ": " + Arrays.stream(FlowChip.Kind.values())
                .filter(byKind::containsKey)
                .map(each -> byKind.get(each) + " " + each.title().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
    }
}
