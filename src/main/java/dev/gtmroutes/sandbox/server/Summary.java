// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.sandbox.server;

import java.util.Map;

/**
 * Counts of every request since the start, or since the requests were forgotten.
 *
 * @param requests   how many came
 * @param accepted   how many records were carried out
 * @param byEndpoint the same by endpoint name; {@code unknown} = no endpoint
 * @param byStatus   how many requests were answered with a status; {@code closed} = no answer, but a closed connection
 */
public record Summary(long requests, long accepted, Map<String, Count> byEndpoint, Map<String, Long> byStatus) {

    /** The counts of one endpoint; zeros when nothing came. */
    public Count endpoint(String name) {
        return byEndpoint.getOrDefault(name, new Count(0, 0));
    }

    /** How many requests were answered with this status. */
    public long status(int status) {
        return byStatus.getOrDefault(Integer.toString(status), 0L);
    }

    /**
     * The counts of one endpoint.
     *
     * @param requests how many came
     * @param accepted how many records were carried out
     */
    public record Count(long requests, long accepted) {

        Count plus(int records) {
            return new Count(requests + 1, accepted + records);
        }
    }
}
