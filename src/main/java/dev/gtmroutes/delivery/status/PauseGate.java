// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.delivery.status;

import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;

import dev.gtmroutes.api.Backoff;

/**
 * What every request of a destination passes before it is sent. While it is closed, records wait where they are: none is
 * rejected, and the source is not asked for more. A gate that waits for a credential lets one request through now and
 * then, to find out whether it works again.
 */
public final class PauseGate {

    private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(5), Duration.ofMinutes(5));
    /** How often a wait looks whether the flow still runs. */
    private static final long STOP_CHECK_MILLIS = 100;

    private volatile PauseReason halt;
    /** Times as System.nanoTime says: a clock that is set must neither delay a probe nor hurry it. */
    private long closed;
    /** Of all times that are over. */
    private long closedBefore;
    private Duration untilProbe = BACKOFF.first();
    private long probe;

    /** @return why the gate is closed, or null if it is open */
    PauseReason halt() {
        return halt;
    }

    /**
     * Closes the gate, or keeps it closed after a request that was let through for a try.
     *
     * @param  sent when the request was sent that is the reason, as System.nanoTime says; one that had left before says
     *              nothing new
     * @return      the reason, if the gate was open until now; null if it was not
     */
    synchronized PauseReason close(PauseReason.Kind kind, String reason, long sent) {
        boolean news = halt == null;
        if (news) {
            halt = new PauseReason(kind, reason, Instant.now());
            closed = System.nanoTime();
            untilProbe = BACKOFF.first();
        } else if (sent - closed > 0) {
            untilProbe = BACKOFF.after(untilProbe);
        } else {
            return null;
        }
        probe = System.nanoTime() + untilProbe.toNanos();
        return news ? halt : null;
    }

    /** Closes the gate as it was before a restart. */
    synchronized void close(PauseReason before) {
        halt = before;
        closed = System.nanoTime();
    }

    /** Opens the gate. */
    synchronized void open() {
        closedBefore = System.nanoTime() - openNanos();
        halt = null;
        notifyAll();
    }

    /**
     * The credential was good enough for a request.
     *
     * @param  sent when the request was sent, as System.nanoTime says
     * @return      whether that opened the gate
     */
    synchronized boolean worked(long sent) {
        return halt != null && sent - closed > 0 && openAfter(PauseReason.Kind.CREDENTIAL);
    }

    /** Opens the gate if this is why it is closed. @return whether that opened it */
    synchronized boolean openAfter(PauseReason.Kind kind) {
        boolean opens = halt != null && halt.kind() == kind;
        if (opens) {
            open();
        }
        return opens;
    }

    /** A clock of nanoseconds, as System.nanoTime, that stands still while the gate is closed: nothing can be tried then. */
    public synchronized long openNanos() {
        return (halt == null ? System.nanoTime() : closed) - closedBefore;
    }

    /** Waits until the gate is open, or this request is let through for a try. @return false if the flow was stopped */
    public boolean pass(BooleanSupplier running) throws InterruptedException {
        return await(running, true);
    }

    /** Waits until the gate is open. @return false if the flow was stopped */
    public boolean awaitOpen(BooleanSupplier running) throws InterruptedException {
        return await(running, false);
    }

    private boolean await(BooleanSupplier running, boolean mayTry) throws InterruptedException {
        while (halt != null) {
            if (!running.getAsBoolean()) {
                return false;
            }
            synchronized (this) {
                if (mayTry && tries()) {
                    return true;
                }
                if (halt != null) {
                    wait(STOP_CHECK_MILLIS);
                }
            }
        }
        return true;
    }

    /** Whether it is time for a try. The next one may be made after the same time, should this one not come back. */
    private boolean tries() {
        long now = System.nanoTime();
        boolean due = halt != null && halt.kind() == PauseReason.Kind.CREDENTIAL && now - probe >= 0;
        if (due) {
            probe = now + untilProbe.toNanos();
        }
        return due;
    }
}
