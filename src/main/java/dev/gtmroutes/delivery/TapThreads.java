package dev.gtmroutes.delivery;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicLong;

import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the wire-tap of responses. A slow or dead webhook must hold up neither a delivery nor a stop, so events that do
 * not fit into a short queue, and those still in it when Camel stops, are dropped and counted.
 */
public class TapThreads extends OwnThreads implements CamelContextAware {

    private static final Logger LOG = LoggerFactory.getLogger(TapThreads.class);
    private static final int THREADS = 2;
    private static final int MOST_WAITING = 500;

    private final AtomicLong dropped = new AtomicLong();
    private CamelContext camel;

    public TapThreads() {
        super("gtm-response-webhook", THREADS, THREADS, new LinkedBlockingQueue<>(MOST_WAITING),
                new ThreadPoolExecutor.AbortPolicy());
        threads.setRejectedExecutionHandler((task, pool) -> drop());
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
}
