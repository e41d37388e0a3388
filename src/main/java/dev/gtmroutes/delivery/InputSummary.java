// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.delivery;

import java.time.Duration;

/**
 * What became of one chunk. Left on the exchange as the property {@link #PROPERTY} once every record has an outcome,
 * for whatever steps a route has behind its destination.
 *
 * @param flow      id of the flow
 * @param template  name of the template that delivered the chunk
 * @param source    file name, or where else the chunk came from
 * @param read      records read, bad ones included; those settled in an earlier run are not read again
 * @param delivered records the destination accepted
 * @param rejected  records written to the dead letters
 * @param held      records written to the dead letters because nobody knows whether the destination took them
 * @param requests  HTTP requests sent, repeated ones included
 * @param took      from opening the chunk to its last outcome
 */
public record InputSummary(String flow, String template, String source, long read, long delivered, long rejected,
        long held, long requests, Duration took) {

    /** Name of the exchange property that holds the account of a delivered chunk. */
    public static final String PROPERTY = "GtmAccount";

    @Override
    public String toString() {
        return "%s: %s: %d records read, %d delivered in %d requests, %d rejected%s, %.1f s".formatted(flow, source, read,
                delivered, requests, rejected, held == 0 ? "" : ", " + held + " held", took.toMillis() / 1000.0);
    }
}
