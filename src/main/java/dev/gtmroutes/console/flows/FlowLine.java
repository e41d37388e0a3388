// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.flows;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;

import dev.gtmroutes.console.state.FlowChip;
import dev.gtmroutes.delivery.outcome.DeadLetterState;
import dev.gtmroutes.flow.FlowState;
import dev.gtmroutes.flow.FlowStatus;

/**
 * A flow as one line of the list. Two are equal if they look the same.
 *
 * @param deliveredToday records since midnight, where the person is who looks
 * @param unchanged      records since the start that were not sent, as the destination has them in the same form
 * @param last           when it delivered last; null if it has not in the last 30 days
 * @param rejectedOpen   rejected records that wait for a person
 * @param heldOpen       held records that wait for a person
 */
public record FlowLine(String id, String description, String webhookOf, FlowState state, FlowSummary summary, FlowChip chip,
        Sparkline lastDay, long deliveredToday, long unchanged, WaitingInput waiting, Instant last, long rejectedOpen,
        long heldOpen) {

    static FlowLine of(FlowStatus flow, FlowSummary summary, FlowChip chip, FlowTrend trend, WaitingInput waiting,
            Map<DeadLetterState, Long> open) {
        return new FlowLine(flow.id(), flow.description(), flow.webhookOf(), flow.state(), summary, chip, trend.lastDay(), 0,
                flow.destinations().stream().mapToLong(each -> each.tally().recordsUnchanged()).sum(), waiting,
                trend.last() == null ? null : trend.last().truncatedTo(ChronoUnit.SECONDS),
                open.getOrDefault(DeadLetterState.REJECTED, 0L),
                open.getOrDefault(DeadLetterState.HELD, 0L));
    }

    /** The same with what was delivered today. */
    FlowLine of(long today) {
        return new FlowLine(id, description, webhookOf, state, summary, chip, lastDay, today, unchanged, waiting, last,
                rejectedOpen,
                heldOpen);
    }

    /** Whether it has a page and a file of its own. */
    public boolean hasPage() {
        return webhookOf.isEmpty();
    }

    public long open() {
        return rejectedOpen + heldOpen;
    }

    public boolean mayPause() {
        return state.mayPause();
    }

    public boolean mayActivate() {
        return state.mayActivate();
    }

    /** What its numbers count. */
    public String unit() {
        return hasPage() ? "records" : "events";
    }

    /** Whether what waits does not go on as it should. */
    public boolean isBehind() {
        return chip.kind().isProblem();
    }

    /** What the list is sorted by in the column of states: the most urgent first. */
    public int urgency() {
        return chip.kind().ordinal();
    }
}
