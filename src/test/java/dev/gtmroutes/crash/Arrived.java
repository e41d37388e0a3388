// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.crash;

import java.util.List;

/**
 * A request as a destination saw it. Its fields are written by the one thread that serves it.
 *
 * @param <I> what tells a record from all others
 */
public final class Arrived<I> {

    /** In which run of the program it was sent, as its credential says. */
    public final int run;
    public final String flow;
    public final List<I> ids;
    /** Number of its response, which a response webhook repeats. */
    public final int answer;
    /** When it was read, in ns. */
    public volatile long begun = System.nanoTime();
    /** When it was carried out, in ns; 0 if it was not. */
    public volatile long carriedOut;
    /** When its response was written, in ns; 0 if it was not. */
    public volatile long answered;
    /** Whether the destination itself broke the connection. */
    public volatile boolean dropped;
    /** Whether the webhook was told of its response. */
    public volatile boolean told;

    public Arrived(int run, String flow, List<I> ids, int answer) {
        this.run = run;
        this.flow = flow;
        this.ids = ids;
        this.answer = answer;
    }
}
