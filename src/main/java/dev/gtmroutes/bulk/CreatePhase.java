// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.bulk;

import java.io.IOException;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gtmroutes.api.ApiAnswer;

/**
 * Creates the job. If an earlier request may have done that, it looks among the open jobs for the name of this one first: no
 * other job has it.
 */
final class CreatePhase extends JobPhase {

    private boolean doubt;
    private long after;

    CreatePhase(JobWork work) {
        super(work);
        doubt = state.asked;
    }

    @Override
    BulkCall next() throws IOException {
        if (doubt) {
            return BulkCall.find(after);
        }
        if (!state.asked) {
            state.asked = true;
            state.save();
        }
        return BulkCall.create(state.type, state.name);
    }

    @Override
    void answered(BulkCall call, ApiAnswer answer) throws IOException {
        if (call.kind() == BulkCall.Kind.FIND) {
            found(call, answer);
            return;
        }
        JsonNode id = data(answer).path("id");
        if (id.isValueNode() && !id.isNull()) {
            created(id.asText());
        } else if (isRefused(answer) && !JobWork.isForLater(answer)) {
            work.refuse(each -> true, JobRejection.refused("Salesloft did not create a bulk job of the type "
                    + state.type, answer));
            work.over();
        } else {
            doubt = !JobWork.isForLater(answer);
            after = 0;
            later(call, answer);
        }
    }

    private void found(BulkCall call, ApiAnswer answer) throws IOException {
        JsonNode jobs = data(answer);
        if (!jobs.isArray()) {
            later(call, answer);
            return;
        }
        long before = after;
        for (JsonNode each : jobs) {
            if (each.path("name").asText().equals(state.name)) {
                created(each.path("id").asText());
                return;
            }
            after = Math.max(after, each.path("id").asLong());
        }
        // Without any on a page, there are no more.
        doubt = !jobs.isEmpty();
        if (doubt && after == before) {
            pace.pause("the list of open jobs, in which " + state.title() + " may be, gives the same page again", null);
        }
    }

    private void created(String id) throws IOException {
        state.job = id;
        go(JobState.Phase.UPLOAD);
    }
}
