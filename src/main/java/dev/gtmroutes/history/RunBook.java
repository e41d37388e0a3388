// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.history;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.gtmroutes.delivery.Input;
import dev.gtmroutes.delivery.status.InputCounts;
import dev.gtmroutes.delivery.status.InputWatch;
import dev.gtmroutes.delivery.status.RunName;

/**
 * Makes runs of the inputs that destinations open and close. What it does for an input takes microseconds and touches no
 * disk. Bounded: a destination gets a line for each of its first {@value #MOST_PER_HOUR} runs of an hour, and one for all
 * others. For any number of threads.
 */
final class RunBook implements InputWatch {

    static final int MOST_PER_HOUR = 120;
    private static final int MOST_OPEN = 5_000;
    private static final int MOST_FINISHED = 20_000;
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);
    private static final Duration LONGEST_WAIT = Duration.ofHours(48);
    private static final RunName FURTHER = RunName.hours("");

    private final Clock clock;
    private final Map<Input, Tracked> inputs = new IdentityHashMap<>();
    private final Map<String, OpenRun> open = new LinkedHashMap<>();
    private final List<Run> finished = new ArrayList<>();
    private final Map<String, Integer> begun = new HashMap<>();
    private long hour;

    /** An input in work, and what of it is counted in its run. */
    private static final class Tracked {
        private OpenRun run;
        private InputCounts counted = InputCounts.NONE;
    }

    RunBook(Clock clock) {
        // Runs are saved to the millisecond, and are the same before and after.
        this.clock = Clock.tick(clock, Duration.ofMillis(1));
    }

    /** Goes on with the runs that were open when the program ended. */
    synchronized void restore(Collection<OpenRun> runs) {
        runs.forEach(each -> open.putIfAbsent(each.key(), each));
    }

    @Override
    public synchronized void opened(Input input) {
        if (input.run() != null && !input.destination().tellsResponses() && !inputs.containsKey(input)) {
            Instant now = clock.instant();
            Tracked tracked = new Tracked();
            tracked.run = run(input, now);
            tracked.run.opened(now);
            inputs.put(input, tracked);
        }
    }

    @Override
    public synchronized void closed(Input input) {
        Tracked tracked = inputs.remove(input);
        if (tracked != null) {
            boolean again = input.comesAgain();
            InputCounts counts = input.counts();
            count(tracked, again ? new InputCounts(counts.outcomes(), counts.delivered(), counts.unchanged(),
                    counts.rejected(), counts.held()) : counts);
            tracked.run.closed(clock.instant(), again);
            finish(tracked.run);
        }
    }

    @Override
    public synchronized void ended(String flow, RunName run) {
        List.copyOf(open.values()).stream().filter(each -> each.flow().equals(flow) && each.name().key().equals(run.key()))
                .forEach(each -> {
                    each.ended();
                    finish(each);
                });
    }

    private static void count(Tracked tracked, InputCounts counts) {
        tracked.run.add(counts.minus(tracked.counted));
        tracked.counted = counts;
    }

    private void finish(OpenRun run) {
        if (run.isComplete()) {
            finish(run, run.last());
        }
    }

    private void finish(OpenRun run, Instant end) {
        open.remove(run.key());
        if (finished.size() < MOST_FINISHED) {
            finished.add(run.run(end));
        }
    }

    private OpenRun run(Input input, Instant now) {
        String route = input.destination().id();
        OpenRun there = open.get(OpenRun.key(route, input.run(), now));
        if (there == null) {
            RunName name = mayBegin(route, now) ? input.run() : FURTHER;
            there = open.computeIfAbsent(OpenRun.key(route, name, now), key -> new OpenRun(input.flow(), route,
                    input.template(), name, input.destination().isDeferred(), now));
        }
        return there;
    }

    private boolean mayBegin(String route, Instant now) {
        if (hour != Grain.HOUR.number(now)) {
            hour = Grain.HOUR.number(now);
            begun.clear();
        }
        return begun.merge(route, 1, (before, one) -> Math.min(before + one, MOST_PER_HOUR + 1)) <= MOST_PER_HOUR
                && open.size() < MOST_OPEN;
    }

    /** Counts what has become of the inputs in work, and finishes runs of which no more is to come. */
    synchronized void sample() {
        Instant now = clock.instant();
        inputs.forEach((input, tracked) -> {
            count(tracked, input.counts());
            if (tracked.run.name().span() == RunName.Span.HOUR
                    && !tracked.run.key().equals(OpenRun.key(tracked.run.route(), tracked.run.name(), now))) {
                nextHour(input, tracked, now);
            }
        });
        for (OpenRun each : List.copyOf(open.values())) {
            if (!each.isInWork()) {
                endIdle(each, now);
            }
        }
    }

    /** A source that has no end has an input in work for hours. */
    private void nextHour(Input input, Tracked tracked, Instant now) {
        OpenRun before = tracked.run;
        before.left(now);
        tracked.run = open.computeIfAbsent(OpenRun.key(before.route(), before.name(), now),
                key -> new OpenRun(input.flow(), before.route(), input.template(), before.name(),
                        input.destination().isDeferred(), now));
        tracked.run.opened(now);
    }

    private void endIdle(OpenRun run, Instant now) {
        Duration idle = Duration.between(run.last(), now);
        boolean over = switch (run.name().span()) {
            case HOUR -> !run.key().equals(OpenRun.key(run.route(), run.name(), now));
            case PARTS -> !run.waits() && idle.compareTo(LONGEST_PAUSE) > 0;
            case INPUT -> false;
        };
        if (over) {
            finish(run, run.last());
        } else if (idle.compareTo(LONGEST_WAIT) > 0) {
            finish(run, null);
        }
    }

    /** The runs of a flow that are not over or not {@link #saved}, with what has become of their records by now. */
    synchronized List<Run> runs(String flow) {
        inputs.forEach((input, tracked) -> {
            if (tracked.run.flow().equals(flow)) {
                count(tracked, input.counts());
            }
        });
        return Stream.concat(open.values().stream().filter(each -> each.flow().equals(flow)).map(each -> each.run(null)),
                finished.stream().filter(each -> each.flow().equals(flow))).toList();
    }

    /** Flows without an input in work have other names from now on. @param names by the names before */
    synchronized void rename(Map<String, String> names) {
        List.copyOf(open.values()).stream().filter(each -> names.containsKey(each.flow())).forEach(each -> {
            open.remove(each.key());
            each.rename(names.get(each.flow()));
            open.put(each.key(), each);
        });
        finished.replaceAll(each -> names.containsKey(each.flow()) ? each.of(names.get(each.flow())) : each);
    }

    /** The open runs, to be written to the disk. */
    synchronized byte[] openRuns() {
        return RunText.write(open.values());
    }

    /** Runs that are over and were not {@link #saved} so far. */
    synchronized List<Run> finished() {
        return List.copyOf(finished);
    }

    /** These are on the disk. */
    synchronized void saved(List<Run> runs) {
        finished.subList(0, runs.size()).clear();
    }
}
