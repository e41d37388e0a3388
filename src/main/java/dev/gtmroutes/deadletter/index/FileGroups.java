// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.deadletter.index;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

import dev.gtmroutes.deadletter.DeadLetter;
import dev.gtmroutes.deadletter.DeadLetter.Fate;
import dev.gtmroutes.delivery.outcome.DeadLetterState;

/**
 * To which group each line of a file belongs, when it was written and what became of it: about seven bytes for a line.
 * The counts are kept up to date as lines come and are closed, so that no page has to count.
 */
final class FileGroups {

    /** Counts of one group in the file. */
    private static final class Count {

        private final Map<Fate, Integer> lines = new EnumMap<>(Fate.class);
        private final Map<Fate, Integer> newest = new EnumMap<>(Fate.class);

        private void add(Fate fate, int line) {
            lines.merge(fate, 1, Integer::sum);
            newest.merge(fate, line, Math::max);
        }

        private int of(Fate fate) {
            return lines.getOrDefault(fate, 0);
        }

        private int all() {
            return lines.values().stream().mapToInt(Integer::intValue).sum();
        }
    }

    private final GroupTable table;
    /** Times are those since then. */
    private final Instant start;
    private final Map<Integer, Count> counts = new HashMap<>();
    private final BitSet replayed = new BitSet();
    private final BitSet discarded = new BitSet();
    private short[] groups = new short[16];
    private int[] millis = new int[16];
    private int lines;

    FileGroups(GroupTable table, Instant start) {
        this.table = table;
        this.start = start;
    }

    /** Counts the next line, as open. */
    void add(DeadLetter letter) {
        lines++;
        if (lines == groups.length) {
            int size = lines + (lines >> 1);
            groups = Arrays.copyOf(groups, size);
            millis = Arrays.copyOf(millis, size);
        }
        int group = table.add(letter);
        groups[lines] = (short) group;
        millis[lines] = (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE,
                Duration.between(start, letter.time()).toMillis()));
        counts.computeIfAbsent(group, each -> new Count()).add(Fate.OPEN, lines);
    }

    /** Says which lines are closed now. */
    void close(BitSet nowReplayed, BitSet nowDiscarded) {
        nowReplayed.clear(lines + 1, Math.max(lines + 1, nowReplayed.length()));
        nowDiscarded.clear(lines + 1, Math.max(lines + 1, nowDiscarded.length()));
        nowDiscarded.andNot(nowReplayed);
        if (!isIn(replayed, nowReplayed) || !isIn(discarded, nowDiscarded)) {
            reopen();
        }
        close(nowReplayed, replayed, Fate.REPLAYED);
        close(nowDiscarded, discarded, Fate.DISCARDED);
    }

    private static boolean isIn(BitSet some, BitSet all) {
        BitSet others = (BitSet) some.clone();
        others.andNot(all);
        return others.isEmpty();
    }

    /** Begins anew: the file of marks is another one. */
    private void reopen() {
        replayed.clear();
        discarded.clear();
        counts.clear();
        for (int line = 1; line <= lines; line++) {
            counts.computeIfAbsent((int) groups[line], each -> new Count()).add(Fate.OPEN, line);
        }
    }

    private void close(BitSet now, BitSet before, Fate fate) {
        BitSet closed = (BitSet) now.clone();
        closed.andNot(before);
        before.or(closed);
        for (int line = closed.nextSetBit(1); line > 0; line = closed.nextSetBit(line + 1)) {
            Count count = counts.get((int) groups[line]);
            count.add(fate, line);
            count.lines.merge(Fate.OPEN, -1, Integer::sum);
        }
    }

    /** The lines of which this became. */
    BitSet lines(Fate fate) {
        if (fate != Fate.OPEN) {
            return (BitSet) (fate == Fate.REPLAYED ? replayed : discarded).clone();
        }
        BitSet open = new BitSet(lines + 1);
        open.set(1, lines + 1);
        open.andNot(replayed);
        open.andNot(discarded);
        return open;
    }

    /** Whether a line is among those of which this became. */
    private boolean is(Fate fate, int line) {
        return switch (fate) {
            case OPEN -> !replayed.get(line) && !discarded.get(line);
            case REPLAYED -> replayed.get(line);
            case DISCARDED -> discarded.get(line);
        };
    }

    /** Leaves only the lines of one group. */
    void keep(BitSet some, int group) {
        for (int line = some.nextSetBit(1); line > 0; line = some.nextSetBit(line + 1)) {
            if (groups[line] != group) {
                some.clear(line);
            }
        }
    }

    /** Whether this became of any line of a group; of all groups for a number less than 0. */
    boolean has(Fate fate, int group) {
        if (group >= 0) {
            return counts.containsKey(group) && counts.get(group).of(fate) > 0;
        }
        return counts.values().stream().anyMatch(each -> each.of(fate) > 0);
    }

    /** How many lines are open, in this state. */
    long open(DeadLetterState state) {
        long open = 0;
        for (Map.Entry<Integer, Count> each : counts.entrySet()) {
            open += table.get(each.getKey()).reason().state() == state ? each.getValue().of(Fate.OPEN) : 0;
        }
        return open;
    }

    /** When the newest of these lines was written. The next answer begins where this one ended. */
    private Instant newest(int group, Count count, Fate fate) {
        int line = Math.min(count.newest.getOrDefault(fate, 0), lines);
        while (line > 0 && (groups[line] != group || !is(fate, line))) {
            line--;
        }
        count.newest.put(fate, line);
        return time(line);
    }

    private Instant time(int line) {
        return start.plusMillis(millis[line]);
    }

    /** Adds all lines of the file. */
    void tally(GroupTally tally) {
        counts.forEach((group, count) -> {
            if (count.of(tally.fate()) > 0) {
                tally.add(table.get(group), count.of(tally.fate()), newest(group, count, tally.fate()));
            }
        });
    }

    /** Adds those lines of the file that were written between these times, either of which may be null. */
    void tally(GroupTally tally, Instant since, Instant until) {
        for (int line = 1; line <= lines; line++) {
            Instant time = time(line);
            if (is(tally.fate(), line) && (since == null || !time.isBefore(since))
                    && (until == null || time.isBefore(until))) {
                tally.add(table.get(groups[line]), 1, time);
            }
        }
    }

    /** Takes its lines out of the table, as the file is gone. */
    void forget() {
        counts.forEach((group, count) -> table.remove(group, count.all()));
    }
}
