// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.bulk;

import java.io.IOException;
import java.util.BitSet;
import java.util.Map;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gtmroutes.api.ApiAnswer;
import dev.gtmroutes.delivery.outcome.Rejection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the results, page by page, and gives each record its outcome. Only what the vendor calls a success is delivered. A
 * record without a result is looked for again, and then held.
 */
final class ResultsPhase extends JobPhase {

    private static final Logger LOG = LoggerFactory.getLogger(ResultsPhase.class);
    private static final int MOST_PASSES = 3;

    private int passes;
    private int foreign;

    ResultsPhase(JobWork work) {
        super(work);
    }

    @Override
    BulkCall next() {
        return BulkCall.results(state.job, state.lastResult);
    }

    @Override
    void answered(BulkCall call, ApiAnswer answer) throws IOException {
        JsonNode page = data(answer);
        if (isGone(answer)) {
            work.refuse(each -> true, JobRejection.held("the results of " + state.title() + " are gone", answer));
            end();
        } else if (!page.isArray()) {
            later(call, answer);
        } else if (page.isEmpty()) {
            passed();
        } else {
            take(page);
        }
    }

    private void take(JsonNode page) throws IOException {
        long before = state.lastResult;
        int foreignBefore = foreign;
        settle(page);
        if (state.lastResult > before) {
            pace.progress();
            return;
        }
        foreign = foreignBefore;
        if (state.settled.cardinality() >= state.records) {
            end();
        } else {
            // Asked for at once, it would be asked for without end.
            pace.pause(state.title() + " gives the same page of results again", null);
        }
    }

    private void settle(JsonNode page) throws IOException {
        BitSet delivered = new BitSet();
        Map<Integer, Rejection> refused = new TreeMap<>();
        long last = state.lastResult;
        for (JsonNode each : page) {
            last = Math.max(last, each.path("id").asLong());
            int index = work.records().find(each.path("id").asLong(), work.key().of(each.path("record")),
                    each.path("record"), state.settled);
            if (index < 0) {
                foreign++;
            } else if (each.path("status").asText().equals("success")) {
                delivered.set(index);
            } else {
                refused.put(index, why(each));
            }
        }
        delivered.andNot(of(refused));
        work.settle(delivered, refused, last);
    }

    private static BitSet of(Map<Integer, Rejection> refused) {
        BitSet all = new BitSet();
        refused.keySet().forEach(all::set);
        return all;
    }

    private Rejection why(JsonNode result) {
        String status = result.path("status").asText();
        String error = result.path("error").isTextual() ? result.path("error").asText() : result.path("error").toString();
        return status.equals("error")
                ? JobRejection.failed(state.title() + " reports an error for this record: " + error, result.toString())
                : JobRejection.unknown(state.title() + " reports '" + status + "' for this record", result.toString());
    }

    /** All results there are were read. */
    private void passed() throws IOException {
        if (state.settled.cardinality() < state.records && ++passes < MOST_PASSES) {
            pace.pause(state.title() + " is done, but " + (state.records - state.settled.cardinality())
                    + " records have no result", null);
            state.lastResult = 0;
            foreign = 0;
            return;
        }
        work.refuse(each -> true, JobRejection.unknown(state.title() + " is done, but has no result for this record", ""));
        end();
    }

    private void end() throws IOException {
        if (foreign > 0) {
            LOG.warn("{}: {} has {} results for records that were not sent", work.flow(), state.title(), foreign);
        }
        work.over();
    }
}
