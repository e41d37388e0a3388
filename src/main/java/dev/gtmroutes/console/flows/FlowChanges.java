// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.flows;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

import io.quarkus.qute.RawString;

/**
 * Which lines of the list have changed since a page was sent, so that a page with 500 flows need not be sent anew. The cells
 * of a line are made when it changes, not for each page.
 */
public final class FlowChanges {

    /**
     * A line of the list.
     *
     * @param cells its cells as HTML
     */
    public record Row(FlowLine line, RawString cells) {
    }

    private record Seen(Row row, long change) {
    }

    private final Function<FlowLine, String> cells;
    private Map<String, Seen> seen = Map.of();
    private List<String> order = List.of();
    /** Other numbers than those of a program that ran before. */
    private long now = System.currentTimeMillis();
    private long reordered = now;

    /** @param cells makes the cells of a line; it may use nothing but the line and what never changes */
    FlowChanges(Function<FlowLine, String> cells) {
        this.cells = cells;
    }

    /**
     * The lines, and those that have changed.
     *
     * @param number      of the newest change
     * @param isOtherList whether flows came or went, so that the whole list has to be shown again
     * @param all         all lines
     * @param changed     those that have changed
     */
    public record Changes(long number, boolean isOtherList, List<Row> all, List<Row> changed) {
    }

    /** @param after the number of the change that a page shows */
    public synchronized Changes since(long after, List<FlowLine> lines) {
        List<String> ids = lines.stream().map(FlowLine::id).toList();
        Map<String, Seen> next = new HashMap<>();
        long change = now + 1;
        for (FlowLine each : lines) {
            Seen before = seen.get(each.id());
            boolean isSame = before != null && before.row.line.equals(each);
            next.put(each.id(), isSame ? before : new Seen(new Row(each, new RawString(cells.apply(each))), change));
            now = isSame ? now : change;
        }
        if (!ids.equals(order)) {
            now = change;
            reordered = change;
            order = ids;
        }
        seen = next;
        boolean isUnknown = after < reordered || after > now;
        List<Seen> all = ids.stream().map(next::get).toList();
        return new Changes(now, isUnknown, rows(all.stream()),
                isUnknown ? List.of() : rows(all.stream().filter(each -> each.change > after)));
    }

    private static List<Row> rows(Stream<Seen> seen) {
        return seen.map(Seen::row).toList();
    }
}
