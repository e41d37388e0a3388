package dev.gtmroutes.api;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at all calls that are under way, and ends those whose time is up or whose answers nobody wants any more, also when
 * nothing comes of them: their connections are closed, and who waits for them gets an exception.
 */
final class CallWatch {

    private static final Logger LOG = LoggerFactory.getLogger(CallWatch.class);
    private static final int CHECK_MILLIS = 100;
    private static final Set<HttpCall> CALLS = ConcurrentHashMap.newKeySet();
    private static ScheduledExecutorService clock;

    private CallWatch() {
    }

    static void watch(HttpCall call) {
        CALLS.add(call);
        if (clock == null) {
            start();
        }
    }

    static void forget(HttpCall call) {
        CALLS.remove(call);
    }

    /** Made when it is needed: a native image starts with the static state that its build had, and cannot have threads. */
    private static synchronized void start() {
        if (clock == null) {
            clock = Executors.newSingleThreadScheduledExecutor(task -> {
                Thread thread = new Thread(task, "gtm-call-watch");
                thread.setDaemon(true);
                return thread;
            });
            clock.scheduleWithFixedDelay(CallWatch::check, CHECK_MILLIS, CHECK_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private static void check() {
        long now = System.nanoTime();
        for (HttpCall each : CALLS) {
            try {
                each.check(now);
            } catch (Throwable e) {
                // All calls depend on this thread.
                LOG.error("{} could not be watched: {}", each.request(), Exceptions.text(e));
            }
        }
    }
}
