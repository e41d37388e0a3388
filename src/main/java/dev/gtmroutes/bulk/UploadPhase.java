// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.bulk;

import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gtmroutes.api.ApiAnswer;
import dev.gtmroutes.api.Outcome;
import dev.gtmroutes.delivery.outcome.Rejection;

/**
 * Puts the records into the job, request by request. An upload has no identity of its own, so before one is made again the
 * total of the job tells whether it has arrived. After each one, the ids of its records are read.
 */
final class UploadPhase extends JobPhase {

    /** So often a total that fits nothing, or a list that is not complete, is looked at again. */
    private static final int MOST_LOOKS = 5;

    /** What is asked next about the records that are being sent. */
    private enum Turn {
        SEND, LOOK, LIST
    }

    private Turn turn;
    private int looks;
    private int most = BulkCall.MOST_RECORDS;
    /** Why the last upload was refused; null if it was not. */
    private ApiAnswer refusal;
    private final List<Integer> chunk = new ArrayList<>();
    private final ListedData listed;

    UploadPhase(JobWork work) throws IOException {
        super(work);
        listed = new ListedData(work);
        // An upload of an earlier run may have arrived.
        turn = Turn.LOOK;
        fill(state.sending);
    }

    @Override
    BulkCall next() throws IOException {
        if (state.sending == 0 && !take()) {
            go(JobState.Phase.START);
            return null;
        }
        return switch (turn) {
            case LOOK -> BulkCall.look(state.job);
            case LIST -> BulkCall.list(state.job, listed.last());
            case SEND -> upload();
        };
    }

    private BulkCall upload() throws IOException {
        List<byte[]> parts = new ArrayList<>(chunk.size());
        for (int each : chunk) {
            parts.add(work.records().get(each).part());
        }
        return BulkCall.upload(state.job, BulkCall.body(parts), chunk.size());
    }

    /** Notes which records are sent next. @return false if there are no more */
    private boolean take() throws IOException {
        int count = 0;
        int records = 0;
        long bytes = 0;
        while (state.sent + count < state.records && records < most) {
            if (!state.settled.get(state.sent + count)) {
                bytes += work.records().get(state.sent + count).part().length + 1;
                if (records > 0 && bytes > work.bytes()) {
                    break;
                }
                records++;
            }
            count++;
        }
        fill(count);
        if (chunk.isEmpty()) {
            state.sent += count;
            return false;
        }
        state.sending = count;
        state.save();
        turn = Turn.SEND;
        return true;
    }

    private void fill(int count) {
        chunk.clear();
        for (int i = state.sent; i < state.sent + count; i++) {
            if (!state.settled.get(i)) {
                chunk.add(i);
            }
        }
        looks = 0;
        refusal = null;
    }

    @Override
    void answered(BulkCall call, ApiAnswer answer) throws IOException {
        switch (call.kind()) {
            case UPLOAD -> uploaded(call, answer);
            case LOOK -> looked(call, answer);
            default -> listed(call, answer);
        }
    }

    private void uploaded(BulkCall call, ApiAnswer answer) throws IOException {
        if (data(answer).path("records").asInt(-1) == chunk.size()) {
            arrived();
        } else if (JobWork.isForLater(answer)) {
            later(call, answer);
        } else {
            refusal = isRefused(answer) ? answer : null;
            turn = Turn.LOOK;
            if (refusal == null) {
                later(call, answer);
            }
        }
    }

    private void arrived() {
        turn = Turn.LIST;
        looks = 0;
        listed.begin();
        pace.progress();
    }

    private void looked(BulkCall call, ApiAnswer answer) throws IOException {
        JsonNode job = data(answer);
        if (isGone(answer)) {
            work.abandon("it is gone");
        } else if (!job.isObject()) {
            later(call, answer);
        } else if (!job.path("state").asText().equals(OPEN)) {
            startedByOthers(job);
        } else {
            more(job.path("total").asInt() - state.inJob);
        }
    }

    /** @param more how many records the job has beside those that are known to be in it */
    private void more(int more) throws IOException {
        if (more == chunk.size()) {
            arrived();
        } else if (more == 0 && refusal != null) {
            refused();
        } else if (more == 0) {
            turn = Turn.SEND;
        } else if (++looks < MOST_LOOKS) {
            pace.pause(state.title() + " has " + more + " records more than were sent, not " + chunk.size(), null);
        } else {
            work.abandon("it has " + more + " records more than were sent, not " + chunk.size());
        }
    }

    /** Something in the upload is refused: smaller ones find what it is, unless it is not the records. */
    private void refused() throws IOException {
        ApiAnswer answer = refusal;
        if (chunk.size() == 1 || answer.outcome(true) == Outcome.REFUSED) {
            Map<Integer, Rejection> all = new TreeMap<>();
            chunk.forEach(each -> all.put(each, JobRejection.refused("Salesloft did not take the record into "
                    + state.title(), answer)));
            // Only then they are behind us: without their outcome they are neither in the job nor in the dead letters.
            work.settle(new BitSet(), all, state.lastResult);
            state.sent += state.sending;
            state.sending = 0;
            state.save();
            most = Math.min(BulkCall.MOST_RECORDS, most * 2);
        } else {
            most = Math.max(1, chunk.size() / 2);
            state.sending = 0;
            state.save();
        }
        pace.progress();
    }

    private void listed(BulkCall call, ApiAnswer answer) throws IOException {
        JsonNode page = data(answer);
        if (page.isArray()) {
            if (listed.add(page)) {
                listedAll();
            } else {
                pace.progress();
            }
        } else if (isRefused(answer)) {
            // Then the records are found by their values.
            done(listed.none(state.sending));
        } else {
            later(call, answer);
        }
    }

    private void listedAll() throws IOException {
        if (listed.size() == chunk.size()) {
            done(listed.ids(chunk, state.sending));
        } else if (++looks < MOST_LOOKS) {
            pace.pause(state.title() + " lists " + listed.size() + " new records, not " + chunk.size(), null);
            listed.begin();
        } else {
            done(listed.none(state.sending));
        }
    }

    private void done(List<Long> ids) throws IOException {
        work.records().know(state.sent, ids);
        state.lastData = listed.last();
        state.inJob += chunk.size();
        state.sent += state.sending;
        state.sending = 0;
        state.save();
        most = Math.min(BulkCall.MOST_RECORDS, most * 2);
        pace.progress();
    }

    /** Whoever started it: what is not in it has to go another way, and what may be in it is known when it is done. */
    private void startedByOthers(JsonNode job) throws IOException {
        boolean isIn = job.path("total").asInt() - state.inJob == chunk.size();
        int from = state.sent + (isIn ? state.sending : 0);
        work.refuse(each -> each >= from, Rejection.unsent("another client started " + state.title()
                + " before this record was in it; replay the record"));
        state.inJob += isIn ? chunk.size() : 0;
        state.sent = state.records;
        state.sending = 0;
        go(JobState.Phase.EXECUTE);
    }
}
