// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.bulk;

import java.io.IOException;
import java.util.Locale;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.gtmroutes.api.ApiAnswer;
import dev.gtmroutes.api.Outcome;

/** One phase of a job. What may not happen twice is noted before {@link #next} returns it. */
abstract class JobPhase {

    static final String OPEN = "open";
    static final String EXECUTING = "executing";
    static final String DONE = "done";
    private static final int NOT_FOUND = 404;
    private static final int GONE = 410;

    protected final JobWork work;
    protected final JobState state;
    protected final Pace pace;

    JobPhase(JobWork work) {
        this.work = work;
        this.state = work.state();
        this.pace = work.pace();
    }

    /** @return the next request; null if the phase has ended with a look at what is known */
    abstract BulkCall next() throws IOException;

    /** @param answer of the last request; it is not about the credential */
    abstract void answered(BulkCall call, ApiAnswer answer) throws IOException;

    /** Nothing came of it: try again later. */
    protected void later(BulkCall call, ApiAnswer answer) {
        pace.pause("the request '" + call.kind().toString().toLowerCase(Locale.ROOT) + "' of " + state.title()
                + " " + text(answer), answer.retryAfter());
    }

    private static String text(ApiAnswer answer) {
        return (answer.status() > 0 ? "" : "got ") + answer.summary();
    }

    /** What a good answer holds as its data; missing if it is no good answer, or cannot be read. */
    protected static JsonNode data(ApiAnswer answer) {
        return answer.outcome(true) == Outcome.DELIVERED ? answer.json().map(each -> each.path("data"))
                .orElse(MissingNode.getInstance()) : MissingNode.getInstance();
    }

    protected static boolean isRefused(ApiAnswer answer) {
        return answer.outcome(true) == Outcome.REJECTED || answer.outcome(true) == Outcome.REFUSED;
    }

    protected static boolean isGone(ApiAnswer answer) {
        return answer.status() == NOT_FOUND || answer.status() == GONE;
    }

    protected void go(JobState.Phase phase) throws IOException {
        state.phase = phase;
        state.asked = false;
        state.save();
        pace.progress();
    }
}
