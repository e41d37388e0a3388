// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.parameter;

import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

import org.apache.camel.CamelContext;
import org.apache.camel.support.LifecycleStrategySupport;

/**
 * Routes come and go while Camel runs, but not while it stops: it goes through its list of them then, and fails in the
 * middle if another thread changes it. So Camel waits a few seconds for the changes that have begun, and none begins
 * after that.
 */
public final class RouteChanges extends LifecycleStrategySupport {

    private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(5);

    private int underWay;
    private volatile boolean isStopping;

    private RouteChanges() {
    }

    /** @return those of this context; the same object for as long as it lives */
    public static RouteChanges of(CamelContext camel) {
        return ContextPlugin.of(camel, RouteChanges.class, () -> {
            RouteChanges changes = new RouteChanges();
            camel.addLifecycleStrategy(changes);
            return changes;
        });
    }

    /** See {@link #isTooLate()}. */
    public static boolean isTooLate(CamelContext camel) {
        return of(camel).isTooLate();
    }

    /** Whether it is too late for a change: Camel takes all routes away, or is about to. */
    public boolean isTooLate() {
        return isStopping;
    }

    /** What makes routes, or takes them away. */
    @FunctionalInterface
    public interface Change {

        /** @throws Exception if it cannot be made */
        void make() throws Exception;
    }

    /**
     * Makes a change.
     *
     * @throws IllegalStateException if it is too late; nothing was done then
     * @throws Exception             what the change throws
     */
    public static <T> T make(CamelContext camel, Callable<T> change) throws Exception {
        RouteChanges changes = of(camel);
        if (!changes.begin()) {
            throw new IllegalStateException("the program is being stopped");
        }
        try {
            return change.call();
        } finally {
            changes.end();
        }
    }

    /**
     * Makes a change unless it is too late, as for routes that are to go anyway.
     *
     * @throws Exception what the change throws
     */
    public static void makeInTime(CamelContext camel, Change change) throws Exception {
        RouteChanges changes = of(camel);
        if (changes.begin()) {
            try {
                change.make();
            } finally {
                changes.end();
            }
        }
    }

    private synchronized boolean begin() {
        if (!isStopping) {
            underWay++;
        }
        return !isStopping;
    }

    private synchronized void end() {
        underWay--;
        notifyAll();
    }

    @Override
    public synchronized void onContextStarting(CamelContext camel) {
        isStopping = false;
    }

    @Override
    public synchronized void onContextStopping(CamelContext camel) {
        isStopping = true;
        // A part of the time that the program has to stop: Camel waits for what is in work after this.
        long end = System.nanoTime() + Math.min(MOST_NANOS, camel.getShutdownStrategy().getTimeUnit().toNanos(
                camel.getShutdownStrategy().getTimeout()));
        try {
            for (long left = end - System.nanoTime(); underWay > 0 && left > 0; left = end - System.nanoTime()) {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
