// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.sandbox.lists;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;

/**
 * The records of a selection, each to be found by its place.
 *
 * @param count how many there are
 * @param at    the record at a place, from 0
 */
record ListRows(long count, LongFunction<SimulatedRecord> at) {

    /** Records from a place on, at most this many. */
    List<SimulatedRecord> from(long place, long most) {
        List<SimulatedRecord> rows = new ArrayList<>();
        for (long i = place; i < Math.min(count, place + most); i++) {
            rows.add(at.apply(i));
        }
        return rows;
    }

    /** Finds the records of selections; those that need a look at all records are kept until the list changes. */
    static final class Finder {

        private static final int KEPT = 4;

        private final ListState state;
        private final Map<String, long[]> found = new LinkedHashMap<>(KEPT, 1, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, long[]> eldest) {
                return size() > KEPT;
            }
        };
        private long modifications;

        Finder(ListState state) {
            this.state = state;
        }

        ListRows find(ListSelection selection) {
            ListState.Order order = selection.order();
            if (selection.isByChangeOnly()) {
                return between(state.firstAt(selection.from()), state.firstAt(selection.until()), order, selection);
            }
            if (selection.isByNumberOnly()) {
                return between(state.firstBehind(selection.behind()), state.count(), order, selection);
            }
            if (modifications != state.modifications()) {
                found.clear();
                modifications = state.modifications();
            }
            long[] numbers = found.computeIfAbsent(selection.name(), name -> search(selection));
            return new ListRows(numbers.length, place -> state.find(numbers[(int) place]));
        }

        private ListRows between(long first, long end, ListState.Order order, ListSelection selection) {
            return new ListRows(Math.max(0, end - first), place -> state.at(order,
                    selection.isAscending() ? first + place : end - 1 - place));
        }

        private long[] search(ListSelection selection) {
            List<SimulatedRecord> records = new ArrayList<>();
            ListState.Order order = selection.order() == null ? ListState.Order.NUMBER : selection.order();
            long count = state.count();
            for (long i = 0; i < count; i++) {
                boolean upwards = selection.order() == null || selection.isAscending();
                SimulatedRecord record = state.at(order, upwards ? i : count - 1 - i);
                if (selection.lets(record)) {
                    records.add(record);
                }
            }
            if (selection.order() != null) {
                return records.stream().mapToLong(SimulatedRecord::number).toArray();
            }
            record Sorted(Comparable<?> value, long number) {
            }
            return records.stream().map(record -> new Sorted(selection.sortValue(record), record.number()))
                    .sorted(Comparator.comparing(Sorted::value, SortValue.order(selection.isAscending()))
                            .thenComparingLong(Sorted::number))
                    .mapToLong(Sorted::number).toArray();
        }
    }
}
