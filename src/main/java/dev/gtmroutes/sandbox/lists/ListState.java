// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.sandbox.lists;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.LongStream;

import dev.gtmroutes.sandbox.exports.SandboxClock;

/** What is in a list: the records it had at first, and what became of them since, which alone is kept. */
final class ListState {

    /** The two orders in which any record can be found without a look at the others. */
    enum Order {
        NUMBER, CHANGE
    }

    private final SandboxClock clock;
    private final TreeSet<Long> deleted = new TreeSet<>();
    /** Changed and added ones. */
    private final TreeMap<Long, SimulatedRecord> kept = new TreeMap<>();
    private BaseOrder base;
    private Random random;
    private long next;
    private long latest;
    private long modifications;
    private Index index;

    ListState(SandboxClock clock, long size, long seed, long sameTime) {
        this.clock = clock;
        reset(size, seed, sameTime);
    }

    /** Begins anew with this many records. */
    void reset(long size, long seed, long sameTime) {
        base = new BaseOrder(size, seed, sameTime);
        random = new Random(seed);
        deleted.clear();
        kept.clear();
        next = size;
        latest = BaseOrder.end();
        modified();
    }

    private void modified() {
        modifications++;
        index = null;
    }

    /** Another number each time the content changes. */
    long modifications() {
        return modifications;
    }

    /** Changes this many records, chosen by chance; @return these. */
    List<SimulatedRecord> change(long count, boolean atOnce) {
        List<SimulatedRecord> chosen = choose(count);
        long time = time();
        for (int i = 0; i < chosen.size(); i++) {
            SimulatedRecord old = chosen.get(i);
            SimulatedRecord changed = new SimulatedRecord(old.number(), old.version() + 1, old.created(),
                    atOnce ? time : time + i);
            kept.put(old.number(), changed);
            latest = changed.updated();
            chosen.set(i, changed);
        }
        modified();
        return chosen;
    }

    /** Deletes this many records, chosen by chance; @return these as they were. */
    List<SimulatedRecord> delete(long count) {
        List<SimulatedRecord> chosen = choose(count);
        for (SimulatedRecord each : chosen) {
            kept.remove(each.number());
            if (each.number() < base.size()) {
                deleted.add(each.number());
            }
        }
        modified();
        return chosen;
    }

    /** Adds this many records; @return these. */
    List<SimulatedRecord> add(long count, boolean atOnce) {
        List<SimulatedRecord> added = new ArrayList<>();
        long time = time();
        for (int i = 0; i < count; i++) {
            latest = atOnce ? time : time + i;
            added.add(new SimulatedRecord(next, 0, latest, latest));
            kept.put(next, added.get(i));
            next++;
        }
        modified();
        return added;
    }

    /** Later than any time in the list, in whatever way the clock goes. */
    private long time() {
        return Math.max(Micros.of(clock.now()), latest + 1);
    }

    private List<SimulatedRecord> choose(long count) {
        long there = count();
        Set<Long> chosen = new HashSet<>();
        for (long i = 0; i < there && count >= there; i++) {
            chosen.add(i);
        }
        while (chosen.size() < Math.min(count, there)) {
            chosen.add((long) (random.nextDouble() * there));
        }
        return new ArrayList<>(chosen.stream().sorted().map(place -> at(Order.NUMBER, place)).toList());
    }

    long count() {
        return base.size() - deleted.size() + index().added.length;
    }

    /** The record at a place of an order, from 0. */
    SimulatedRecord at(Order order, long place) {
        Index now = index();
        if (order == Order.NUMBER) {
            long first = base.size() - now.deleted.length;
            return place < first ? record(nth(now.deleted, place)) : now.added[(int) (place - first)];
        }
        long first = base.size() - now.replaced.length;
        return place < first ? base.at(nth(now.replaced, place)) : now.byChange[(int) (place - first)];
    }

    /** The record of a number; null = there is none. */
    SimulatedRecord find(long number) {
        boolean there = number >= 0 && number < base.size() && !deleted.contains(number) || kept.containsKey(number);
        return there ? record(number) : null;
    }

    private SimulatedRecord record(long number) {
        SimulatedRecord changed = kept.get(number);
        return changed == null ? base.record(number) : changed;
    }

    /** The first place, in the order of changes, with a change at this time or later. */
    long firstAt(long micros) {
        Index now = index();
        long place = base.firstAt(micros);
        if (place < base.size()) {
            return place - below(now.replaced, place);
        }
        long first = base.size() - now.replaced.length;
        return first + Arrays.stream(now.byChange).filter(each -> each.updated() < micros).count();
    }

    /** The first place, in the order of numbers, behind a number. */
    long firstBehind(long number) {
        Index now = index();
        long end = Math.min(base.size(), number + 1);
        return end - below(now.deleted, end) + Arrays.stream(now.added).filter(each -> each.number() <= number).count();
    }

    /** The number of this place among those that are not in a sorted list of numbers. */
    private static long nth(long[] without, long place) {
        int low = 0;
        int high = without.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (without[middle] - middle <= place) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return place + low;
    }

    private static int below(long[] sorted, long number) {
        int found = Arrays.binarySearch(sorted, number);
        return found < 0 ? -found - 1 : found;
    }

    private Index index() {
        if (index == null) {
            index = new Index(deleted.stream().mapToLong(Long::longValue).toArray(),
                    LongStream.concat(deleted.stream().mapToLong(base::place),
                            kept.headMap(base.size()).keySet().stream().mapToLong(base::place)).sorted().toArray(),
                    kept.tailMap(base.size()).values().toArray(SimulatedRecord[]::new),
                    kept.values().stream().sorted(Comparator.comparingLong(SimulatedRecord::updated)
                            .thenComparingLong(SimulatedRecord::number)).toArray(SimulatedRecord[]::new));
        }
        return index;
    }

    /**
     * What is kept, in order.
     *
     * @param deleted  numbers that are no more
     * @param replaced places of first records that were changed or deleted
     * @param added    those that were added, by number
     * @param byChange all that were changed or added, by time
     */
    private record Index(long[] deleted, long[] replaced, SimulatedRecord[] added, SimulatedRecord[] byChange) {
    }
}
