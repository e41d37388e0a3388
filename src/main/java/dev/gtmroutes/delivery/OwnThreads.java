// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.delivery;

import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.RejectedExecutionHandler;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An executor on threads of its own, for EIPs that take one. Nobody closes the beans of a Kamelet, so the threads are
 * daemons and end after a few idle seconds.
 */
abstract class OwnThreads extends AbstractExecutorService {

    private static final int IDLE_SECONDS = 5;
    private static final AtomicInteger COUNT = new AtomicInteger();

    /** What runs the tasks. */
    protected final ThreadPoolExecutor threads;

    /** @param core so many threads run before a task waits in the queue; those that then do not fit go to the handler */
    OwnThreads(String name, int core, int most, BlockingQueue<Runnable> waiting, RejectedExecutionHandler unfit) {
        threads = new ThreadPoolExecutor(core, most, IDLE_SECONDS, TimeUnit.SECONDS, waiting, task -> {
            Thread thread = new Thread(task, name + "-" + COUNT.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        }, unfit);
        threads.allowCoreThreadTimeOut(true);
    }

    @Override
    public void shutdown() {
        threads.shutdown();
    }

    @Override
    public List<Runnable> shutdownNow() {
        return threads.shutdownNow();
    }

    @Override
    public boolean isShutdown() {
        return threads.isShutdown();
    }

    @Override
    public boolean isTerminated() {
        return threads.isTerminated();
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
        return threads.awaitTermination(timeout, unit);
    }
}
