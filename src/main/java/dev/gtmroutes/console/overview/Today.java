// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.overview;

import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

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
 * @param files     files that wait in inboxes, files in work included
 * @param bytes     of these files
 * @param oldest    when the oldest record came that has no outcome; null if all have one
 */
public record Today(Slice done, Slice before, long held, int heldFlows, long files, long bytes, Instant oldest) {

    private static final double PERCENT = 100;
    private static final double TENTHS = 10;
    private static final long KILO = 1000;

    static Today of(History history, Collection<FlowStatus> flows, OpenWork.Counts work, ZonedDateTime now) {
        ZonedDateTime midnight = now.toLocalDate().atStartOfDay(now.getZone());
        return new Today(history.sum(null, midnight.toInstant(), now.toInstant()),
                history.sum(null, midnight.minusDays(1).toInstant(), now.minusDays(1).toInstant()),
                work.open(DeadLetterState.HELD), work.byFlow(DeadLetterState.HELD).size(),
                flows.stream().mapToLong(each -> each.waiting().files()).sum(),
                flows.stream().mapToLong(each -> each.waiting().bytes()).sum(),
                flows.stream().map(FlowStatus::oldestUndelivered).flatMap(Optional::stream)
                        .min(Comparator.naturalOrder()).orElse(null));
    }

    /** The size of the files, for people. */
    public String size() {
        return bytes < KILO ? bytes + " bytes"
                : bytes < KILO * KILO ? bytes / KILO + " kB"
                : Math.round(TENTHS * bytes / KILO / KILO) / TENTHS + " MB";
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
