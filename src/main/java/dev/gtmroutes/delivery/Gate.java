package dev.gtmroutes.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;

/**
 * What every request of a destination passes before it is sent. While it is closed, records wait where they are: none is
 * rejected, and the source is not asked for more. A gate that waits for a credential lets one request through now and
 * then, to find out whether it works again.
 */
final class Gate {

    private static final Duration FIRST_PROBE = Duration.ofSeconds(5);
    private static final Duration LONGEST_PROBE = Duration.ofMinutes(5);
    /** How often a wait looks whether the flow still runs. */
    private static final long STOP_CHECK_MILLIS = 100;

    private volatile Halt halt;
    private Duration untilProbe = FIRST_PROBE;
    private Instant probe;

    /** @return why the gate is closed, or null if it is open */
    Halt halt() {
        return halt;
    }

    /**
     * Closes the gate, or keeps it closed after a request that was let through for a try.
     *
     * @param  sent when the request was sent that is the reason; one that had left before says nothing new
     * @return      whether it was open until now
     */
    synchronized boolean close(Halt.Kind kind, String reason, Instant sent) {
        boolean news = halt == null;
        if (news) {
            halt = new Halt(kind, reason, Instant.now());
            untilProbe = FIRST_PROBE;
        } else if (sent.isAfter(halt.since())) {
            Duration twice = untilProbe.multipliedBy(2);
            untilProbe = twice.compareTo(LONGEST_PROBE) < 0 ? twice : LONGEST_PROBE;
        } else {
            return false;
        }
        probe = Instant.now().plus(untilProbe);
        return news;
    }

    /** Opens the gate. */
    synchronized void open() {
        halt = null;
        notifyAll();
    }

    /**
     * The credential was good enough for a request.
     *
     * @param  sent when the request was sent
     * @return      whether that opened the gate
     */
    synchronized boolean worked(Instant sent) {
        return halt != null && sent.isAfter(halt.since()) && openAfter(Halt.Kind.CREDENTIAL);
    }

    /** Opens the gate if this is why it is closed. @return whether that opened it */
    synchronized boolean openAfter(Halt.Kind kind) {
        boolean opens = halt != null && halt.kind() == kind;
        if (opens) {
            open();
        }
        return opens;
    }

    /** Waits until the gate is open, or this request is let through for a try. @return false if the flow was stopped */
    boolean pass(BooleanSupplier running) throws InterruptedException {
        return await(running, true);
    }

    /** Waits until the gate is open. @return false if the flow was stopped */
    boolean awaitOpen(BooleanSupplier running) throws InterruptedException {
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
        Instant now = Instant.now();
        boolean due = halt != null && halt.kind() == Halt.Kind.CREDENTIAL && !now.isBefore(probe);
        if (due) {
            probe = now.plus(untilProbe);
        }
        return due;
    }
}
