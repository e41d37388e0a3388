// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.flow.gate;

import java.time.Duration;
import java.util.function.BooleanSupplier;

import dev.gtmroutes.api.NotSentException;

/**
 * What requests pass on their way into a route that flows share. While the route is exchanged, it is closed: those under
 * way leave the old route, and others wait here for the new one.
 */
public final class SharedGate {

    /** How often a request that waits looks whether its flow still runs. */
    private static final long STOP_CHECK_MILLIS = 100;

    private boolean closed;
    private int inside;
    private int version;

    /**
     * Waits until the gate is open. Who has entered has to {@link #leave}.
     *
     * @param  wanted           whether the request still is to be sent
     * @return                  number of the route: another one than before if the route may be another one
     * @throws NotSentException if it is not wanted any more, or the gate stays closed for too long
     */
    synchronized int enter(BooleanSupplier wanted, Duration longest) throws InterruptedException {
        long begun = System.nanoTime();
        while (closed) {
            if (!wanted.getAsBoolean()) {
                throw new NotSentException("not sent: the flow was stopped while the request waited for the new version of "
                        + "its vendor API");
            }
            if (System.nanoTime() - begun > longest.toNanos()) {
                throw new NotSentException("not sent: the new version of the vendor API was not in use within "
                        + longest.toSeconds() + " s");
            }
            wait(STOP_CHECK_MILLIS);
        }
        inside++;
        return version;
    }

    synchronized void leave() {
        inside--;
        notifyAll();
    }

    /**
     * Closes the gate, and waits until nothing is inside.
     *
     * @param end when to wait no longer, as System.nanoTime says
     */
    public synchronized void close(long end) throws InterruptedException {
        closed = true;
        for (long left = end - System.nanoTime(); inside > 0 && left > 0; left = end - System.nanoTime()) {
            // 0 would be no limit.
            wait(left / 1_000_000 + 1);
        }
    }

    /** Opens the gate to what may be a new route. */
    public synchronized void open() {
        closed = false;
        version++;
        notifyAll();
    }
}
