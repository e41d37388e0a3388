package dev.gtmroutes.delivery;

import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the wire-tap of responses. A slow or dead webhook must hold up neither a delivery nor a stop, so events that do
 * not fit into a short queue, and those still in it when Camel stops, are dropped and counted.
 */
public class TapThreads extends AbstractExecutorService implements CamelContextAware {

    private static final Logger LOG = LoggerFactory.getLogger(TapThreads.class);
    private static final int THREADS = 2;
    private static final int MOST_WAITING = 500;
    private static final int IDLE_SECONDS = 5;

    private final AtomicLong dropped = new AtomicLong();
    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(THREADS, THREADS, IDLE_SECONDS, TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(MOST_WAITING), TapThreads::thread, (task, pool) -> drop());
    private CamelContext camel;

    /** Nobody closes the beans of a Kamelet: the threads end when they are idle. */
    public TapThreads() {
        threads.allowCoreThreadTimeOut(true);
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "gtm-response-webhook");
        thread.setDaemon(true);
        return thread;
    }

    /** The first one of each power of ten is told: enough to be noticed, too few to fill a log. */
    private void drop() {
        long count = dropped.incrementAndGet();
        if (Math.log10(count) % 1 == 0) {
            LOG.warn("A response webhook does not keep up: {} events dropped so far", count);
        }
    }

    @Override
    public void execute(Runnable task) {
        threads.execute(() -> {
            if (camel != null && camel.isStopping()) {
                drop();
            } else {
                task.run();
            }
        });
    }

    @Override
    public CamelContext getCamelContext() {
        return camel;
    }

    @Override
    public void setCamelContext(CamelContext camel) {
        this.camel = camel;
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
