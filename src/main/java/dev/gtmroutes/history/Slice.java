// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.history;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonIgnore;

/**
 * What a flow, or all flows together, did in a span of time.
 *
 * @param start     when the span begins
 * @param delivered records that destinations accepted
 * @param unchanged records that were not sent, because the destination has them in the same form already
 * @param rejected  records that were rejected, or that could not be sent
 * @param held      records that the API may have processed
 * @param requests  requests that were answered or given up, repeated ones included
 * @param failed    requests that were not answered with 2xx
 */
public record Slice(Instant start, long delivered, long unchanged, long rejected, long held, long requests,
        long failed) {

    /** Nothing was done. */
    public static Slice empty(Instant start) {
        return new Slice(start, 0, 0, 0, 0, 0, 0);
    }

    /** What both did; it begins when this one does. */
    public Slice plus(Slice other) {
        return new Slice(start, delivered + other.delivered, unchanged + other.unchanged, rejected + other.rejected,
                held + other.held, requests + other.requests, failed + other.failed);
    }

    /** Whether nothing was done. */
    @JsonIgnore
    public boolean isEmpty() {
        return (delivered | unchanged | rejected | held | requests | failed) == 0;
    }
}
