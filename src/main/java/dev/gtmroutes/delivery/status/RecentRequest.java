// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.delivery.status;

import java.time.Instant;
import java.util.function.UnaryOperator;

import dev.gtmroutes.api.OutcomePolicy;

/**
 * A request that was made, for a person who watches. Secrets are masked when it is kept, and those learned later when it is
 * shown.
 *
 * @param number   1 for the first one since the program's start, and so on; 0 before it is counted
 * @param at       when its response came, or was given up
 * @param flow     id of the flow
 * @param template name of the template
 * @param call     what was sent, and where to
 * @param status   HTTP status of the response; 0 where none came, -1 where the request could not be made
 * @param problem  why no response came, or not all of it; empty if nothing is wrong
 * @param records  how many were in it
 * @param attempt  1 for the first time it was sent
 * @param millis   from sending it to its response; waiting for a rate is part of it
 * @param result   what became of its records
 * @param attempts of the same request, this one included and later ones, too
 */
public record RecentRequest(long number, Instant at, String flow, String template, Call call, int status, String problem,
        int records, int attempt, long millis, RequestResult result, RequestAttempts attempts) {

    private static final int MOST_CHARS = 1000;

    /**
     * What was sent.
     *
     * @param id     of the request, equal for all its attempts, as dead letters and response events have it; empty for none
     * @param method of HTTP
     * @param url    the absolute URL, or a path under the base URL of the vendor where that is not known
     */
    public record Call(String id, String method, String url) {

        /** A longer URL is cut. */
        public Call {
            url = url.length() <= MOST_CHARS ? url : url.substring(0, MOST_CHARS) + "…";
        }
    }

    /** A longer problem is cut. */
    public RecentRequest {
        problem = problem.length() <= MOST_CHARS ? problem : problem.substring(0, MOST_CHARS) + "…";
    }

    /** The same with its number, without secrets. */
    RecentRequest with(long counted, UnaryOperator<String> mask) {
        return new RecentRequest(counted, at, flow, template, new Call(call.id(), call.method(), mask.apply(call.url())),
                status, mask.apply(problem), records, attempt, millis, result, attempts);
    }

    /** Whether its destination took it. */
    public boolean isWell() {
        return OutcomePolicy.isWell(status);
    }

    /** Whether the same request was not sent again so far. */
    public boolean isLastAttempt() {
        return attempts.isLast(at);
    }
}
