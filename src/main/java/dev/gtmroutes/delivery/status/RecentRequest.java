// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.delivery.status;

import java.time.Instant;

import dev.gtmroutes.api.OutcomePolicy;

/**
 * A request that was made, for a person who watches. Nothing of a record, a URL or a credential is in it.
 *
 * @param number   1 for the first one since the program's start, and so on
 * @param at       when its answer came, or was given up
 * @param flow     id of the flow
 * @param template name of the template
 * @param status   HTTP status of the answer; 0 where none came, -1 where the request could not be made
 * @param records  how many were in it
 * @param attempt  1 for the first time it was sent
 * @param millis   from sending it to its answer; waiting for a rate is part of it
 */
public record RecentRequest(long number, Instant at, String flow, String template, int status, int records, int attempt,
        long millis) {

    /** Whether its destination took it. */
    public boolean isWell() {
        return OutcomePolicy.isWell(status);
    }
}
