// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.bulk;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntPredicate;

import dev.gtmroutes.api.ApiAnswer;
import dev.gtmroutes.delivery.outcome.Rejection;

/**
 * What all phases of a job share: its state, its records, and how these get their outcomes.
 *
 * @param flow  id of the flow
 * @param bytes the most bytes of the records of one upload
 */
record JobWork(String flow, JobState state, JobRecords records, BulkKey key, int bytes, Outcomes outcomes, Pace pace) {

    /** So many records get their outcome together. */
    private static final int TOGETHER = 500;
    private static final int MOST_ABANDONED = 3;

    /**
     * Gives records their outcomes. A crash in between brings no dead letter twice.
     *
     * @param delivered indices of records
     * @param refused   the same of others, with the reason
     * @param lastResult the id of the last result that is dealt with then
     */
    void settle(BitSet delivered, Map<Integer, Rejection> refused, long lastResult) throws IOException {
        delivered.andNot(state.settled);
        List<Outcomes.Refused> letters = new ArrayList<>();
        for (Map.Entry<Integer, Rejection> each : new TreeMap<>(refused).entrySet()) {
            if (!state.settled.get(each.getKey())) {
                letters.add(new Outcomes.Refused(records.get(each.getKey()), each.getValue()));
            }
        }
        if (!letters.isEmpty()) {
            write(letters);
        }
        state.settled.or(delivered);
        refused.keySet().forEach(state.settled::set);
        state.delivered += delivered.cardinality();
        state.held += (int) letters.stream().filter(each -> each.why().isHeld()).count();
        state.rejected += (int) letters.stream().filter(each -> !each.why().isHeld()).count();
        state.lastResult = lastResult;
        state.settling = null;
        state.save();
        outcomes.count(delivered.cardinality(), letters);
    }

    private void write(List<Outcomes.Refused> letters) throws IOException {
        Set<String> known = state.settling == null ? Set.of() : outcomes.writtenSince(state.settling);
        if (state.settling == null) {
            state.settling = Instant.now();
            state.save();
        }
        List<Outcomes.Refused> left = known.isEmpty() ? letters
                : letters.stream().filter(each -> !known.contains(WrittenLetters.mark(each.record()))).toList();
        if (!left.isEmpty()) {
            outcomes.write(left);
        }
    }

    /** The same outcome for all records of the job that have none yet. */
    void refuse(IntPredicate which, Rejection why) throws IOException {
        Map<Integer, Rejection> some = new TreeMap<>();
        for (int i = 0; i < records.count(); i++) {
            if (!state.settled.get(i) && which.test(i)) {
                some.put(i, why);
            }
            if (some.size() == TOGETHER || i == records.count() - 1 && !some.isEmpty()) {
                settle(new BitSet(), some, state.lastResult);
                some.clear();
            }
        }
    }

    void over() throws IOException {
        state.phase = JobState.Phase.OVER;
        state.save();
        pace.progress();
    }

    /**
     * Gives up a job that was not started, so that the vendor never carries it out, and begins another one.
     *
     * @param why one line
     * @return    whether there is another one; if not, all records are rejected
     */
    boolean abandon(String why) throws IOException {
        if (state.abandoned >= MOST_ABANDONED) {
            refuse(each -> true, Rejection.unsent(state.title() + " was not started, because " + why
                    + ". Nothing of it was processed; replay the records"));
            over();
            return false;
        }
        records.forgetIds();
        state.beginAgain(flow);
        state.save();
        pace.pause(why, null);
        return true;
    }

    /** Whether a request was certainly not carried out, and may be made again. */
    static boolean isForLater(ApiAnswer answer) {
        return answer.status() == 429 || answer.status() == 425
                || answer.status() == ApiAnswer.NONE && !answer.maybeSent();
    }
}
