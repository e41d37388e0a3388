// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.kafka;

import java.util.concurrent.TimeUnit;

/**
 * How long a stream of messages may wait for more of them. A slow trickle uses the budget up, so that its first message, in
 * a request that is not full, is sent soon. Many messages fill their requests themselves and give the budget back, so that
 * the stream goes on between two responses of the broker. For one thread at a time.
 */
final class WaitBudget {

    private static final long ALL_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    /** What a message gives back: 10,000 of them in a second give back as much as that second could take. */
    private static final long PER_MESSAGE_NANOS = TimeUnit.MICROSECONDS.toNanos(100);
    /** The longest wait for one message, which is on its way from the broker. */
    private static final long ONE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private long left = ALL_NANOS;

    /** The longest wait for the next message, in milliseconds; 0 if the budget is used up. */
    long nextMillis() {
        return TimeUnit.NANOSECONDS.toMillis(Math.max(0, Math.min(ONE_NANOS, left)));
    }

    /** A message came. @param nanos how long that took */
    void came(long nanos) {
        left = Math.min(ALL_NANOS, left - nanos + PER_MESSAGE_NANOS);
    }
}
