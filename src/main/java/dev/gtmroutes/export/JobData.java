// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.export;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import dev.gtmroutes.export.fragment.Fragment;
import dev.gtmroutes.export.fragment.FragmentData;

/**
 * The data of a completed job: which of its fragments are behind the sink, and whether they are all there is. If their bytes
 * are fewer than People.ai says, the next fragment is asked for, until there is none, and then all fragments once more. Not
 * safe for use by many threads.
 */
final class JobData {

    private final long size;
    private final boolean cut;
    private int fragments;
    private final BitSet done = new BitSet();
    /** What was fetched, by the number of the fragment; of a fragment that was handed over, once that is reported. */
    private final Map<Integer, FragmentData> fetched = new TreeMap<>();
    /** Bytes of all that was fetched, once it is compared. */
    private long compared;
    private long bytes;
    private long records;
    private SumCheck check = SumCheck.OPEN;
    private int round;
    /** Whether there is no fragment behind the last one. */
    private boolean ends;
    /** Numbers of those that were asked for again in this round, with whatever result. */
    private final BitSet again = new BitSet();
    /** Whether tasks are handed over: what comes of them is reported later. */
    private boolean handedOver;
    /** Numbers of those of this round whose task was handed over, and not reported. */
    private final BitSet handed = new BitSet();

    /**
     * @param size      bytes of all of it; less than 0 if People.ai does not say
     * @param fragments of the job; 0 if People.ai does not say
     */
    JobData(long size, int fragments) {
        this(size, fragments > 0, fragments > 0 ? fragments : size == 0 ? 0 : 1);
    }

    private JobData(long size, boolean cut, int fragments) {
        this.size = size;
        this.cut = cut;
        this.fragments = fragments;
    }

    /** Bytes of all of it, as People.ai says; less than 0 if it does not. */
    long size() {
        return size;
    }

    /** How many fragments there are, as far as is known. */
    int fragments() {
        return fragments;
    }

    /** How many of them were accepted. */
    int accepted() {
        return done.cardinality();
    }

    /** Bytes that were accepted. */
    long bytes() {
        return bytes;
    }

    /** Records that were accepted. */
    long records() {
        return records;
    }

    SumCheck check() {
        return check;
    }

    /** Bytes of all fragments that were fetched. */
    long sum() {
        return fetched.isEmpty() ? compared : fetched.values().stream().mapToLong(FragmentData::bytes).sum();
    }

    /** Whether all fragments that the job says it has were accepted. */
    boolean isComplete() {
        return done.cardinality() >= fragments;
    }

    /** How many tasks were handed over and are not reported. */
    int unreported() {
        return handedOver && !check.isOver() ? check == SumCheck.OPEN ? done.cardinality() - fetched.size()
                : handed.cardinality() : 0;
    }

    /** Of how many fragments it is not known what they hold. */
    int unknown() {
        return check.isOver() && fetched.isEmpty() && compared > 0 ? 0 : fragments - fetched.size();
    }

    /** The fragments to ask for now. @param first the first fragment of the job */
    List<Fragment> left(Fragment first) {
        List<Fragment> left = new ArrayList<>();
        if (check == SumCheck.OPEN) {
            for (int i = done.nextClearBit(0); i < fragments; i = done.nextClearBit(i + 1)) {
                left.add(fragment(first, i, Fragment.Ask.FIRST));
            }
        } else {
            extra(first).stream().filter(each -> !handed.get(each.index())).forEach(left::add);
        }
        return left;
    }

    /** The fragments whose tasks were handed over, and of which nothing is reported so far. */
    List<Fragment> reportsToCome(Fragment first) {
        List<Fragment> open = new ArrayList<>();
        if (handedOver && check == SumCheck.OPEN) {
            done.stream().filter(each -> !fetched.containsKey(each))
                    .forEach(each -> open.add(fragment(first, each, Fragment.Ask.FIRST)));
        } else if (handedOver) {
            extra(first).stream().filter(each -> handed.get(each.index())).forEach(open::add);
        }
        return open;
    }

    private List<Fragment> extra(Fragment first) {
        List<Fragment> extra = new ArrayList<>();
        if (check == SumCheck.NEXT) {
            extra.add(fragment(first, fragments, Fragment.Ask.NEXT));
        } else if (check == SumCheck.AGAIN) {
            for (int i = again.nextClearBit(0); i < fragments; i = again.nextClearBit(i + 1)) {
                extra.add(fragment(first, i, Fragment.Ask.AGAIN));
            }
        }
        return extra;
    }

    private Fragment fragment(Fragment first, int index, Fragment.Ask ask) {
        return new Fragment(first.window(), first.type(), first.days(), first.activityType(), first.job(), index, cut, size,
                ask, ask == Fragment.Ask.FIRST ? 0 : round,
                ask == Fragment.Ask.FIRST ? null : fetched.get(ask == Fragment.Ask.NEXT ? index - 1 : index));
    }

    /** @return whether this fragment is asked for now, so that what came of it counts */
    boolean wants(Fragment fragment) {
        return switch (fragment.ask()) {
            case FIRST -> check == SumCheck.OPEN && fragment.index() < fragments && !done.get(fragment.index());
            case NEXT -> check == SumCheck.NEXT && fragment.index() == fragments;
            case AGAIN -> check == SumCheck.AGAIN && fragment.round() == round && !again.get(fragment.index());
        };
    }

    /**
     * The sink has accepted a fragment.
     *
     * @param data       what was fetched
     * @param newBytes   of that, which went to the sink
     * @param newRecords of that, which went to the sink
     */
    void accepted(Fragment fragment, FragmentData data, long newBytes, long newRecords) {
        bytes += newBytes;
        records += newRecords;
        if (fragment.ask() == Fragment.Ask.NEXT) {
            fragments++;
        }
        done.set(fragment.index());
        took(fragment, data);
    }

    private void took(Fragment fragment, FragmentData data) {
        handed.clear(fragment.index());
        FragmentData before = fetched.get(fragment.index());
        // Fewer bytes than before are no reason to forget what was delivered.
        if (data != null && (before == null || data.bytes() >= before.bytes())) {
            fetched.put(fragment.index(), data);
        }
        if (fragment.ask() == Fragment.Ask.AGAIN) {
            again.set(fragment.index());
        }
    }

    /** The task of a fragment was handed over: what comes of it is reported later. */
    void handedOver(Fragment fragment) {
        handedOver = true;
        if (fragment.isExtra()) {
            handed.set(fragment.index());
        } else {
            done.set(fragment.index());
        }
    }

    /** Whoever carried out the task of a fragment reports what was fetched and delivered. */
    void reported(Fragment fragment, FragmentData data) {
        boolean again = fragment.ask() == Fragment.Ask.AGAIN;
        long more = again ? Math.max(0, data.bytes() - fragment.known().bytes()) : data.bytes();
        long moreRecords = again ? Math.max(0, data.records() - fragment.known().records()) : data.records();
        accepted(fragment, data, more, moreRecords);
    }

    /** There is no fragment behind the last one, or none any more where it is asked for again. */
    void missing(Fragment fragment) {
        if (fragment.ask() == Fragment.Ask.NEXT) {
            ends = true;
        }
        took(fragment, null);
    }

    /** Begins to look for what is missing once more. */
    void lookAgain() {
        check = SumCheck.OPEN;
        ends = false;
        again.clear();
        handed.clear();
    }

    /** What is missing cannot be had any more. */
    void giveUp() {
        check = SumCheck.LESS;
        handed.clear();
    }

    /**
     * Compares, if there is something to compare.
     *
     * @param compare whether the bytes are to be compared at all
     */
    void settle(boolean compare) {
        if (check.isOver() && (compare || check != SumCheck.LESS) || !isComplete()) {
            return;
        }
        if (!compare) {
            over(SumCheck.NOT_COMPARED);
        } else if (fetched.size() < fragments) {
            if (!handedOver) {
                // An earlier version fetched some of it, and did not note how much.
                over(SumCheck.NOT_COMPARED);
            }
        } else if (size < 0) {
            begin(cut && !ends ? SumCheck.NEXT : SumCheck.NOT_COMPARED);
        } else {
            compareSum();
        }
    }

    private void compareSum() {
        long least = sum();
        long most = least + fetched.values().stream().mapToLong(FragmentData::spare).sum();
        if (least > size) {
            over(SumCheck.MORE);
        } else if (most >= size) {
            over(SumCheck.EQUAL);
        } else if (cut && !ends) {
            begin(SumCheck.NEXT);
        } else if (check != SumCheck.AGAIN) {
            again.clear();
            round++;
            begin(SumCheck.AGAIN);
        } else if (again.cardinality() >= fragments) {
            over(SumCheck.LESS);
        }
    }

    private void begin(SumCheck next) {
        if (check != next) {
            handed.clear();
        }
        check = next;
    }

    private void over(SumCheck verdict) {
        handed.clear();
        check = verdict;
    }

    /** All that is remembered of it, for the state document. Lists and maps are its own, not copies. */
    record Memory(long size, boolean cut, int fragments, BitSet done, Map<Integer, FragmentData> fetched, long compared,
            long bytes, long records, SumCheck check, int round, boolean ends, BitSet again, boolean handedOver,
            BitSet handed) {
    }

    Memory memory() {
        return new Memory(size, cut, fragments, done, fetched, sum(), bytes, records, check, round, ends, again, handedOver,
                handed);
    }

    static JobData of(Memory memory) {
        JobData data = new JobData(memory.size, memory.cut, memory.fragments);
        data.done.or(memory.done);
        data.fetched.putAll(memory.fetched);
        data.compared = memory.compared;
        data.bytes = memory.bytes;
        data.records = memory.records;
        data.check = memory.check;
        data.round = memory.round;
        data.ends = memory.ends;
        data.again.or(memory.again);
        data.handedOver = memory.handedOver;
        data.handed.or(memory.handed);
        return data;
    }
}
