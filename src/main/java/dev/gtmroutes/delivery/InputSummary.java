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
 * @param delivered records the destination accepted; if it is deferred, those that it saved
 * @param rejected  records written to the dead letters
 * @param held      records written to the dead letters because nobody knows whether the destination took them
 * @param unchanged records that were not sent, because the destination has them in the same form already
 * @param requests  HTTP requests sent, repeated ones included
 * @param deferred  whether the outcomes of the records come later
 * @param took      from opening the chunk to its last outcome
 */
public record InputSummary(String flow, String template, String source, long read, long delivered, long rejected,
        long held, long unchanged, long requests, boolean deferred, Duration took) {

    /** Name of the exchange property that holds the account of a delivered chunk. */
    public static final String PROPERTY = "GtmAccount";

    @Override
    public String toString() {
        String accepted = deferred ? delivered + " saved" : delivered + " delivered in " + requests + " requests";
        return "%s: %s: %d records read, %s, %d rejected%s%s, %.1f s".formatted(flow, source, read, accepted, rejected,
                held == 0 ? "" : ", " + held + " held", unchanged == 0 ? "" : ", " + unchanged + " unchanged",
                took.toMillis() / 1000.0);
    }
}
