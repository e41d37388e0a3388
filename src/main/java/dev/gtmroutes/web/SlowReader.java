// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.web;

import java.util.concurrent.TimeUnit;

/** Tells clients that read a response too slowly from clients that read it, by what they read within half a minute. */
final class SlowReader {

    static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final long least;
    private boolean isOwing;
    private long since;
    private long readBefore;

    /** @param rate in bytes a second; 0 accepts a client that reads anything at all */
    SlowReader(long rate) {
        least = Math.max(1, rate * TimeUnit.NANOSECONDS.toSeconds(WINDOW_NANOS));
    }

    /**
     * To be called every second or so.
     *
     * @param owing whether there are bytes that the client has not read
     * @param read  bytes that the client has read so far
     * @param now   by {@link System#nanoTime}
     * @return      whether it read too few of the bytes that waited for it all the time
     */
    boolean isTooSlow(boolean owing, long read, long now) {
        if (!owing || !isOwing) {
            begin(owing, read, now);
            return false;
        }
        if (now - since < WINDOW_NANOS) {
            return false;
        }
        boolean tooFew = read - readBefore < least;
        begin(true, read, now);
        return tooFew;
    }

    private void begin(boolean owing, long read, long now) {
        isOwing = owing;
        readBefore = read;
        since = now;
    }
}
