// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.bulk;

import java.io.IOException;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gtmroutes.api.ApiAnswer;

/** Waits until the vendor has carried the job out. */
final class ExecutePhase extends JobPhase {

    private String last = "";

    ExecutePhase(JobWork work) {
        super(work);
    }

    @Override
    BulkCall next() {
        return BulkCall.look(state.job);
    }

    @Override
    void answered(BulkCall call, ApiAnswer answer) throws IOException {
        JsonNode job = data(answer);
        if (isGone(answer)) {
            work.refuse(each -> true, JobRejection.held(state.title() + " is gone without results", answer));
            work.over();
        } else if (!job.isObject()) {
            later(call, answer);
        } else if (job.path("state").asText().equals(DONE)) {
            go(JobState.Phase.RESULTS);
        } else {
            String now = state.title() + " is " + job.path("state").asText("in no state") + ": "
                    + job.path("processed").asInt()
                    + " of " + job.path("total").asInt() + " records processed";
            if (!now.equals(last)) {
                pace.resumed();
                last = now;
            }
            pace.pause(now, null);
        }
    }
}
