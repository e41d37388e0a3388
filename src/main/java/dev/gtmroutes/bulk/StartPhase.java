// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.bulk;

import java.io.IOException;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gtmroutes.api.ApiAnswer;
import dev.gtmroutes.delivery.outcome.Rejection;

/**
 * Starts the job, once it has just the records that were sent. Whether a request did that, the state of the job tells. A job
 * without records is not started: nobody knows what the vendor makes of that.
 */
final class StartPhase extends JobPhase {

    private static final int MOST_LOOKS = 5;

    private boolean checked;
    private int looks;

    StartPhase(JobWork work) {
        super(work);
    }

    @Override
    BulkCall next() throws IOException {
        if (state.inJob == 0) {
            return BulkCall.cancel(state.job);
        }
        if (!checked) {
            return BulkCall.look(state.job);
        }
        state.asked = true;
        state.save();
        return BulkCall.start(state.job);
    }

    @Override
    void answered(BulkCall call, ApiAnswer answer) throws IOException {
        switch (call.kind()) {
            // Whatever came of it: the job does no harm.
            case CANCEL -> withoutRecords();
            case START -> started(call, answer);
            default -> looked(call, answer);
        }
    }

    /** Each record has its outcome by now; one without any was not sent, and must not be lost. */
    private void withoutRecords() throws IOException {
        work.refuse(each -> true, Rejection.unsent("the record was never in " + state.title() + "; replay it"));
        work.over();
    }

    private void started(BulkCall call, ApiAnswer answer) throws IOException {
        if (data(answer).isObject()) {
            go(JobState.Phase.EXECUTE);
        } else {
            checked = JobWork.isForLater(answer);
            later(call, answer);
        }
    }

    private void looked(BulkCall call, ApiAnswer answer) throws IOException {
        JsonNode job = data(answer);
        int total = job.path("total").asInt();
        if (isGone(answer)) {
            gone();
        } else if (!job.isObject()) {
            later(call, answer);
        } else if (!job.path("state").asText().equals(OPEN)) {
            go(JobState.Phase.EXECUTE);
        } else if (total == state.inJob) {
            checked = true;
        } else if (++looks < MOST_LOOKS) {
            pace.pause(state.title() + " has " + total + " records, but " + state.inJob + " were sent", null);
        } else {
            work.abandon("it has " + total + " records, but " + state.inJob + " were sent");
        }
    }

    /** If it may have been started, it may have been carried out as well. */
    private void gone() throws IOException {
        if (state.asked) {
            go(JobState.Phase.EXECUTE);
        } else {
            work.abandon("it is gone");
        }
    }
}
