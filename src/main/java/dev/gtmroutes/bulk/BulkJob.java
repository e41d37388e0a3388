// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.bulk;

import java.io.IOException;

import dev.gtmroutes.api.ApiAnswer;

/**
 * One bulk job, from its creation to the outcome of its last record: which request comes next, and what an answer means. It
 * sends nothing itself. After a crash, another one goes on from the noted state.
 */
final class BulkJob {

    private final JobWork work;
    private JobState.Phase known;
    private JobPhase phase;

    BulkJob(JobWork work) {
        this.work = work;
    }

    boolean isOver() {
        return work.state().phase == JobState.Phase.OVER;
    }

    /** @return null if it has to wait, or is over */
    BulkCall next() throws IOException {
        BulkCall next = null;
        while (next == null && !isOver() && work.pace().left().toNanos() <= 0) {
            next = phase().next();
        }
        return next;
    }

    /** @param answer of the last request; it is not about the credential */
    void answered(BulkCall call, ApiAnswer answer) throws IOException {
        phase.answered(call, answer);
    }

    private JobPhase phase() throws IOException {
        JobState.Phase now = work.state().phase;
        if (known != now || phase == null) {
            known = now;
            phase = switch (now) {
                case CREATE -> new CreatePhase(work);
                case UPLOAD -> new UploadPhase(work);
                case START -> new StartPhase(work);
                case EXECUTE -> new ExecutePhase(work);
                default -> new ResultsPhase(work);
            };
        }
        return phase;
    }
}
