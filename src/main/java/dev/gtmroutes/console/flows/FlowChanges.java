// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.flows;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which lines of the list have changed since a page was sent, so that a page with 500 flows need not be sent anew. */
public final class FlowChanges {

    private record Seen(FlowLine line, long change) {
    }

    private Map<String, Seen> seen = Map.of();
    private List<String> order = List.of();
    /** Other numbers than those of a program that ran before. */
    private long now = System.currentTimeMillis();
    private long reordered = now;

    /**
     * The lines that have changed.
     *
     * @param number    of the newest change
     * @param isOtherList whether flows came or went, so that the whole list has to be shown again
     * @param lines     those that have changed
     */
    public record Changes(long number, boolean isOtherList, List<FlowLine> lines) {
    }

    /** @param after the number of the change that a page shows */
    public synchronized Changes since(long after, List<FlowLine> lines) {
        List<String> ids = lines.stream().map(FlowLine::id).toList();
        Map<String, Seen> next = new HashMap<>();
        long change = now + 1;
        for (FlowLine each : lines) {
            Seen before = seen.get(each.id());
            boolean isSame = before != null && before.line.equals(each);
            next.put(each.id(), isSame ? before : new Seen(each, change));
            now = isSame ? now : change;
        }
        if (!ids.equals(order)) {
            now = change;
            reordered = change;
            order = ids;
        }
        seen = next;
        boolean isUnknown = after < reordered || after > now;
        return new Changes(now, isUnknown, isUnknown ? List.of()
                : lines.stream().filter(each -> next.get(each.id()).change > after).toList());
    }
}
