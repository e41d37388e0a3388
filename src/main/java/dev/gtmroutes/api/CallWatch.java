// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.api;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import dev.gtmroutes.thread.VitalThread;
import org.apache.camel.CamelContext;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.support.service.ServiceSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at all calls of a Camel context that are under way, and ends those whose time is up or whose answers nobody wants
 * any more, also when nothing comes of them: their connections are closed, and who waits for them gets an exception.
 */
final class CallWatch extends ServiceSupport {

    private static final Logger LOG = LoggerFactory.getLogger(CallWatch.class);
    private static final int CHECK_MILLIS = 100;

    private final Set<HttpCall> calls = ConcurrentHashMap.newKeySet();
    private VitalThread clock;

    private CallWatch() {
    }

    /** The one of this context, which ends with it. */
    static CallWatch of(CamelContext camel) {
        CallWatch there = camel.getCamelContextExtension().getContextPlugin(CallWatch.class);
        return there != null ? there : begin(camel);
    }

    private static synchronized CallWatch begin(CamelContext camel) {
        CallWatch there = camel.getCamelContextExtension().getContextPlugin(CallWatch.class);
        if (there == null) {
            there = new CallWatch();
            try {
                camel.addService(there, true, true);
            } catch (Exception e) {
                throw RuntimeCamelException.wrapRuntimeCamelException(e);
            }
            camel.getCamelContextExtension().addContextPlugin(CallWatch.class, there);
        }
        return there;
    }

    void watch(HttpCall call) {
        calls.add(call);
    }

    void forget(HttpCall call) {
        calls.remove(call);
    }

    private void check() {
        long now = System.nanoTime();
        for (HttpCall each : calls) {
            try {
                if (each.check(now)) {
                    calls.remove(each);
                }
            } catch (Throwable e) {
                // All calls depend on this thread.
                LOG.error("{} could not be watched: {}", each.request(), Exceptions.text(e));
            }
        }
    }

    @Override
    protected void doStart() {
        clock = VitalThread.start("gtm-call-watch", () -> {
            Thread.sleep(CHECK_MILLIS);
            check();
        });
    }

    @Override
    protected void doStop() {
        clock.interrupt();
    }
}
