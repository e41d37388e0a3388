// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.overview;

import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;

import dev.gtmroutes.console.flows.FlowLine;
import dev.gtmroutes.console.flows.WaitingInput;
import dev.gtmroutes.delivery.outcome.DeadLetterState;
import dev.gtmroutes.flow.FlowStatus;
import dev.gtmroutes.history.History;
import dev.gtmroutes.history.Slice;

/**
 * The numbers of today, and those of yesterday until the same time.
 *
 * @param done      today
 * @param before    yesterday
 * @param held      held dead letters that are open
 * @param heldFlows how many flows have some
 * @param records   records that wait; null where that is not known of each flow
 * @param files     files that wait in inboxes, files in work included
 * @param bytes     of these files
 * @param oldest    when the oldest record came that has no outcome; null if all have one
 */
public record Today(Slice done, Slice before, long held, int heldFlows, Long records, long files, long bytes,
        Instant oldest) {

    private static final double PERCENT = 100;
    private static final double TENTHS = 10;

    static Today of(History history, Collection<FlowStatus> flows, List<FlowLine> lines, OpenWork.Counts work,
            ZonedDateTime now) {
        ZonedDateTime midnight = now.toLocalDate().atStartOfDay(now.getZone());
        return new Today(history.sum(null, midnight.toInstant(), now.toInstant()),
                history.sum(null, midnight.minusDays(1).toInstant(), now.minusDays(1).toInstant()),
                work.open(DeadLetterState.HELD), work.byFlow(DeadLetterState.HELD).size(),
                records(lines), files(lines, WaitingInput::files), files(lines, WaitingInput::bytes),
                flows.stream().map(FlowStatus::oldestUndelivered).flatMap(Optional::stream)
                        .min(Comparator.naturalOrder()).orElse(null));
    }

    private static long files(List<FlowLine> lines, ToLongFunction<WaitingInput> number) {
        return lines.stream().filter(FlowLine::hasPage).map(FlowLine::waiting).mapToLong(number).sum();
    }

    /** Windows of exports are no records. */
    private static Long records(List<FlowLine> lines) {
        List<WaitingInput> waiting = lines.stream().filter(FlowLine::hasPage).map(FlowLine::waiting)
                .filter(each -> each.files() > 0 || each.unit().equals("records")).toList();
        return waiting.stream().anyMatch(each -> each.records() == null) ? null
                : (Long) waiting.stream().filter(each -> each.unit().equals("records")).mapToLong(WaitingInput::records)
                        .sum();
    }

    /** The size of the files, for people. */
    public String size() {
        return WaitingInput.size(bytes);
    }

    /** How many percent more, or less, were delivered than yesterday; null if there is nothing to compare with. */
    public Double change() {
        return before.delivered() == 0 ? null
                : Math.round(TENTHS * PERCENT * (done.delivered() - before.delivered()) / before.delivered()) / TENTHS;
    }

    /** The same without its sign. */
    public double changeSize() {
        return Math.abs(change());
    }

    /** How many more, or less, were rejected than yesterday. */
    public long moreRejected() {
        return done.rejected() - before.rejected();
    }

    /** The same without its sign. */
    public long moreRejectedSize() {
        return Math.abs(moreRejected());
    }
}
