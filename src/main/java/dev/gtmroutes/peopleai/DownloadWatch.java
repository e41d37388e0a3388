package dev.gtmroutes.peopleai;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;

import dev.gtmroutes.api.ApiHttpClient;
import org.apache.camel.Exchange;
import org.apache.hc.core5.concurrent.Cancellable;

/**
 * Closes the connection of a request that must not go on, also when nothing comes of its answer: its flow was stopped, or
 * its time is up. Who waits for the answer then gets an exception.
 */
final class DownloadWatch implements AutoCloseable {

    private static final int CHECK_MILLIS = 100;
    private static ScheduledExecutorService clock;

    private final long deadline;
    private final ScheduledFuture<?> checks;
    private volatile boolean late;

    /**
     * Begins to watch the request that the exchange is about to send.
     *
     * @param running whether its flow still runs
     * @param most    how long it may take
     */
    DownloadWatch(Exchange exchange, BooleanSupplier running, Duration most) {
        deadline = System.nanoTime() + most.toNanos();
        AtomicReference<Cancellable> request = ApiHttpClient.follow(exchange);
        checks = clock().scheduleWithFixedDelay(() -> {
            late = System.nanoTime() - deadline > 0;
            if (request.get() != null && (late || !running.getAsBoolean())) {
                request.get().cancel();
            }
        }, CHECK_MILLIS, CHECK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Made when it is needed: a native image starts with the static state that its build had, and cannot have threads. */
    private static synchronized ScheduledExecutorService clock() {
        if (clock == null) {
            clock = Executors.newSingleThreadScheduledExecutor(task -> {
                Thread thread = new Thread(task, "gtm-download-watch");
                thread.setDaemon(true);
                return thread;
            });
        }
        return clock;
    }

    /** Whether its time was up. */
    boolean isLate() {
        return late;
    }

    @Override
    public void close() {
        checks.cancel(false);
    }
}
