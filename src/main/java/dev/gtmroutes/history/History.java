// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.history;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** What each flow did in the last days. For any number of threads; nothing in it delays a delivery. */
public final class History {

    /** So long, the counts of each minute are known. */
    public static final Duration MINUTES_KEPT = Duration.ofHours(48);

    private final HistoryLimits limits;
    private final SliceStore slices;
    private final RunStore runs;
    private final RunBook open;
    private final Clock clock;
    private volatile String trouble;
    private volatile Consumer<Map<String, String>> renaming = names -> {
    };

    History(HistoryLimits limits, SliceStore slices, RunStore runs, RunBook open, Clock clock) {
        this.clock = clock;
        this.limits = limits;
        this.slices = slices;
        this.runs = runs;
        this.open = open;
    }

    /** How long the history is kept; zero if it is switched off. */
    public Duration kept() {
        return limits.kept();
    }

    /** Why the history cannot be saved now; empty while all is well. */
    public Optional<String> trouble() {
        return Optional.ofNullable(trouble);
    }

    void renameBy(Consumer<Map<String, String>> recorder) {
        renaming = recorder;
    }

    /**
     * Has all that flows did count for other names; a flow of such a name goes on with it.
     *
     * @param names by the names before. These flows do nothing now
     */
    public void rename(Map<String, String> names) {
        renaming.accept(names);
    }

    void trouble(String why) {
        trouble = why;
    }

    /**
     * What was done in each minute, oldest first, minutes without anything included. At most 48 hours.
     *
     * @param flow id of a flow; null for all flows together
     * @param from the minute that this is in is the first
     */
    public List<Slice> minutes(String flow, Instant from, Instant until) {
        return slices(Grain.MINUTE, MINUTES_KEPT, flow, from, until);
    }

    /**
     * What was done in each hour, oldest first, hours without anything included. At most as long as it is {@link #kept}.
     *
     * @param flow id of a flow; null for all flows together
     * @param from the hour that this is in is the first
     */
    public List<Slice> hours(String flow, Instant from, Instant until) {
        return slices(Grain.HOUR, limits.kept(), flow, from, until);
    }

    private List<Slice> slices(Grain grain, Duration most, String flow, Instant from, Instant until) {
        long end = grain.endNumber(until);
        long first = Math.max(grain.number(from), end - most.dividedBy(grain.unit().getDuration()));
        List<Slice> all = new ArrayList<>();
        for (long number = first; number < end; number++) {
            all.add(Slice.empty(grain.start(number)));
        }
        slices.read(grain, flow, first, end, (number, slice) -> {
            int index = (int) (number - first);
            all.set(index, all.get(index).plus(slice));
        });
        return all;
    }

    /**
     * What was done in all between two instants: exact to the minute in the last 48 hours, and to the hour before.
     *
     * @param flow id of a flow; null for all flows together
     */
    public Slice sum(String flow, Instant from, Instant until) {
        Instant known = clock.instant().minus(MINUTES_KEPT);
        // Whole hours, and minutes of the hours at both ends.
        Instant first = Grain.HOUR.start(Grain.HOUR.endNumber(from));
        Instant last = Grain.HOUR.start(Grain.HOUR.number(until));
        Slice sum = Slice.empty(from);
        if (!first.isBefore(last)) {
            return from.isBefore(known) ? sum(sum, hours(flow, from, until)) : sum(sum, minutes(flow, from, until));
        }
        sum = sum(sum, hours(flow, first, last));
        sum = from.isBefore(known) ? sum : sum(sum, minutes(flow, from, first));
        return sum(sum, until.isBefore(known) ? hours(flow, last, until) : minutes(flow, last, until));
    }

    private static Slice sum(Slice begin, List<Slice> slices) {
        return slices.stream().reduce(begin, Slice::plus);
    }

    /**
     * Runs that began at an instant or later, the newest first, those that are not over included.
     *
     * @param flow id of a flow
     */
    public List<Run> runs(String flow, Instant from, int limit) {
        List<Run> all = new ArrayList<>();
        if (limit > 0) {
            eachRun(flow, from, null, run -> {
                all.add(run);
                return all.size() < limit;
            });
        }
        return all;
    }

    /**
     * Hands over runs that began at an instant or later, the newest first, those that are not over included. Only a few are
     * in memory at a time.
     *
     * @param flow   id of a flow
     * @param before only runs that began before this; null for all
     * @param reader false if it needs no more
     */
    public void eachRun(String flow, Instant from, Instant before, Predicate<Run> reader) {
        List<Run> now = open.runs(flow).stream().filter(each -> !each.begin().isBefore(from))
                .filter(each -> before == null || each.begin().isBefore(before))
                .sorted(Comparator.comparing(Run::begin).reversed()).toList();
        // What is being saved just now is in both.
        Set<Run> known = Set.copyOf(now);
        Iterator<Run> next = now.iterator();
        Run[] head = {next.hasNext() ? next.next() : null};
        boolean[] goesOn = {true};
        runs.read(flow, from, before, run -> {
            while (goesOn[0] && head[0] != null && !head[0].begin().isBefore(run.begin())) {
                goesOn[0] = reader.test(head[0]);
                head[0] = next.hasNext() ? next.next() : null;
            }
            goesOn[0] = goesOn[0] && (known.contains(run) || reader.test(run));
            return goesOn[0];
        });
        while (goesOn[0] && head[0] != null) {
            goesOn[0] = reader.test(head[0]);
            head[0] = next.hasNext() ? next.next() : null;
        }
    }
}
