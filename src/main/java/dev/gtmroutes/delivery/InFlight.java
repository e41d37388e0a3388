package dev.gtmroutes.delivery;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends at most {@code max} requests at a time, on its own threads. {@code execute} blocks while that many are under
 * way, which is the back-pressure of the whole flow: nothing queues up between the source and the destination.
 *
 * <p>It must never run a task on the caller's thread: the caller is the splitter's reactive loop, where each request
 * would nest the next one inside itself until the stack overflows.
 */
public class InFlight extends OwnThreads {

    private static final Logger LOG = LoggerFactory.getLogger(InFlight.class);

    private final AtomicInteger sending = new AtomicInteger();
    private Semaphore free = new Semaphore(4);

    public InFlight() {
        super("gtm-request", 0, Integer.MAX_VALUE, new SynchronousQueue<>(), new ThreadPoolExecutor.AbortPolicy());
    }

    /** The most requests under way at a time, at least 1. To be set before the first request. */
    public void setMaxInFlight(int max) {
        if (max < 1) {
            throw new IllegalArgumentException("maxInFlight is " + max + ", it has to be at least 1");
        }
        free = new Semaphore(max);
    }

    /** Whether any request is being sent now. */
    boolean isSending() {
        return sending.get() > 0;
    }

    @Override
    public void execute(Runnable task) {
        try {
            free.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RejectedExecutionException("interrupted while waiting for a request to finish", e);
        }
        try {
            threads.execute(() -> {
                sending.incrementAndGet();
                try {
                    task.run();
                } catch (Throwable e) {
                    // An Error, such as a heap that is too small: the flow must not end with it.
                    LOG.error("A request ended unexpectedly: {}", e.toString());
                } finally {
                    sending.decrementAndGet();
                    free.release();
                }
            });
        } catch (RejectedExecutionException e) {
            free.release();
            throw e;
        }
    }
}
