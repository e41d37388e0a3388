// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.thread;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A daemon thread that others depend on. It repeats a step until it is stopped, also after an error, and the health of the
 * program says when it is gone.
 */
public final class VitalThread {

    private static final Logger LOG = LoggerFactory.getLogger(VitalThread.class);
    private static final long PAUSE_MILLIS = 1000;

    private final Thread thread;
    private final Step step;
    private volatile boolean stopped;
    private VitalTask watched;
    private String told = "";

    /** One turn of a thread. It waits by itself for something to do. */
    @FunctionalInterface
    public interface Step {
        /** Whatever is thrown is logged, and the next turn follows a second later. */
        void run() throws Exception;
    }

    private VitalThread(String name, Step step) {
        this.step = step;
        thread = new Thread(this::repeat, name);
        thread.setDaemon(true);
    }

    /** Begins to repeat the step. */
    public static VitalThread start(String name, Step step) {
        VitalThread started = new VitalThread(name, step);
        started.thread.start();
        started.watched = VitalTask.watch(name, started.thread::isAlive);
        return started;
    }

    /** No turn follows the one that is running. Returns at once. */
    public void stop() {
        stopped = true;
        watched.release();
    }

    /** The same, and interrupts the turn that is running. */
    public void interrupt() {
        stop();
        thread.interrupt();
    }

    /** Waits for the end of the thread, at most for so many milliseconds. */
    public void join(long millis) throws InterruptedException {
        thread.join(millis);
    }

    private void repeat() {
        while (!stopped) {
            try {
                step.run();
                told = "";
            } catch (InterruptedException e) {
                // Without stop(), no code has a reason to interrupt it.
            } catch (Throwable e) {
                contain(e);
            }
        }
    }

    private void contain(Throwable failure) {
        try {
            OutOfMemory.check(failure);
            if (failure instanceof ThreadDeath death) {
                throw death;
            }
            String now = failure.toString();
            if (!now.equals(told)) {
                LOG.error("Thread {} had an error and goes on: {}", thread.getName(), now);
            }
            told = now;
            Thread.sleep(PAUSE_MILLIS);
        } catch (ThreadDeath e) {
            // Only the test of the health of the program has a reason to end it.
            throw e;
        } catch (Throwable e) {
            // Nothing else may end this thread, not even what logging throws.
        }
    }
}
