// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.inbox;

import java.util.concurrent.TimeUnit;

import dev.gtmroutes.thread.OutOfMemory;
import dev.gtmroutes.thread.VitalTask;
import org.apache.camel.Consumer;
import org.apache.camel.RouteAware;
import org.apache.camel.support.DefaultScheduledPollConsumerScheduler;

/**
 * Looks into the inbox twice a second, also after an error such as a full memory, which would end Camel's own. The health
 * of the program says if it has ended all the same.
 */
public class SteadyScheduler extends DefaultScheduledPollConsumerScheduler {

    private static final int MILLIS = 500;
    /** Between two looks, which may last long themselves: files are delivered within them. */
    private static final long MOST_NANOS = TimeUnit.MINUTES.toNanos(2);

    private String name = "inbox";
    private VitalTask watched;
    private volatile Thread looking;
    private volatile long ended;

    public SteadyScheduler() {
        setInitialDelay(0);
        setDelay(MILLIS);
    }

    @Override
    public void onInit(Consumer consumer) {
        super.onInit(consumer);
        if (consumer instanceof RouteAware part && part.getRoute() != null) {
            name = "inbox of " + part.getRoute().getRouteId();
        }
    }

    @Override
    public void scheduleTask(Runnable task) {
        super.scheduleTask(() -> {
            looking = Thread.currentThread();
            try {
                task.run();
            } catch (Throwable e) {
                OutOfMemory.check(e);
                // Camel has told it. Thrown on, it would end the looking for good, and with it the flow.
            } finally {
                ended = System.nanoTime();
                looking = null;
            }
        });
    }

    @Override
    public synchronized void startScheduler() {
        super.startScheduler();
        release();
        ended = System.nanoTime();
        watched = VitalTask.watch(name, this::isRunning);
    }

    @Override
    public void unscheduleTask() {
        release();
        super.unscheduleTask();
    }

    @Override
    protected void doStop() throws Exception {
        release();
        super.doStop();
    }

    private boolean isRunning() {
        Thread now = looking;
        return !getScheduledExecutorService().isShutdown()
                && (now != null ? now.isAlive() : System.nanoTime() - ended < MOST_NANOS);
    }

    private synchronized void release() {
        if (watched != null) {
            watched.release();
            watched = null;
        }
    }
}
