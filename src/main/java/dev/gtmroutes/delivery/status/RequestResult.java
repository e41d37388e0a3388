// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.delivery.status;

import java.time.Duration;

/**
 * What became of the records of a request by one response.
 *
 * @param delivered records that the destination took
 * @param rejected  records that went to the dead letters, and had no effect
 * @param held      records that went to the dead letters, although the API may have processed them
 * @param again     records that are sent again
 * @param pause     how long they wait for that, at most; null if they do not wait, or if nobody knows how long
 * @param parts     in how many requests they are sent again; 1 for the same request
 */
public record RequestResult(int delivered, int rejected, int held, int again, Duration pause, int parts) {

    /** Of a request about a bulk job: the outcomes of its records come later. */
    public static final RequestResult LATER = new RequestResult(0, 0, 0, 0, null, 0);

    /** Whether the outcomes of the records come later. */
    public boolean isLater() {
        return delivered + rejected + held + again == 0;
    }

    /** Whether all records were delivered. */
    public boolean isDelivered() {
        return delivered > 0 && rejected + held + again == 0;
    }
}
