// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.flows;

import java.util.Comparator;
import java.util.List;

import dev.gtmroutes.console.flows.FlowChanges.Row;
import dev.gtmroutes.console.state.FlowChip;
import dev.gtmroutes.console.state.VendorMark;

/**
 * What the list of flows shows.
 *
 * @param change   the number of the newest change in it
 * @param zone     the time zone that today is a day of
 * @param lines    flows, the most urgent first
 * @param webhooks their response webhooks
 * @param readOnly why no flow can be saved; empty if flows can be
 */
public record FlowListPage(long change, String zone, List<Row> lines, List<Row> webhooks, boolean mayChange,
        boolean mayEdit, String readOnly) {

    private static final Comparator<Row> URGENT_FIRST = Comparator.comparing((Row each) -> each.line().urgency())
            .thenComparing(each -> each.line().id());

    static FlowListPage of(long change, String zone, List<Row> all, boolean mayChange, boolean mayEdit,
            String readOnly) {
        return new FlowListPage(change, zone, all.stream().filter(each -> each.line().hasPage())
                .sorted(URGENT_FIRST).toList(),
                all.stream().filter(each -> !each.line().hasPage()).toList(), mayChange, mayEdit, readOnly);
    }

    /** One line of facts. */
    public String lead() {
        long vendors = vendors().stream().filter(each -> !each.equals(VendorMark.OTHER)).count();
        return lines.isEmpty() ? "A flow sends records from a source to an endpoint of a vendor."
                : (lines.size() == 1 ? "1 flow" : lines.size() + " flows") + " to "
                        + (vendors == 1 ? "1 vendor" : vendors + " vendors");
    }

    /** The titles of the vendors that flows send to, and of what is no vendor. */
    public List<String> vendors() {
        return lines.stream().map(each -> each.line().summary().vendor()).distinct().sorted().toList();
    }

    /** What a flow can be. */
    public List<FlowChip.Kind> states() {
        return List.of(FlowChip.Kind.values());
    }
}
