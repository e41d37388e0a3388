// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.flow;

import java.util.concurrent.TimeUnit;

import dev.gtmroutes.delivery.FlowRoute;
import org.apache.camel.CamelContext;
import org.apache.camel.Consumer;
import org.apache.camel.Route;
import org.apache.camel.ShutdownRoute;
import org.apache.camel.Suspendable;
import org.apache.camel.processor.aggregate.AggregateProcessor;
import org.apache.camel.spi.ShutdownAware;
import org.apache.camel.support.ScheduledPollConsumer;
import org.apache.camel.support.service.ServiceHelper;

/**
 * Lets a route come to rest before Camel stops it. Camel waits for requests under way as well, but looks only once a
 * second, and holds a lock meanwhile without which no other route can be made, changed or stopped.
 */
final class FlowDrain {

    private static final long LOOK_MILLIS = 10;

    private final CamelContext camel;

    FlowDrain(CamelContext camel) {
        this.camel = camel;
    }

    /**
     * Stops the source of a route, and waits until what it has in work has ended.
     *
     * @param  millis the longest time to wait
     * @return        how many of these milliseconds are left to Camel for the same, at least 1
     */
    long rest(String routeId, long millis) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        Route route = camel.getRoute(routeId);
        if (route != null) {
            suspend(route);
            while (isWorking(route) && System.nanoTime() < end) {
                Thread.sleep(LOOK_MILLIS);
                endWaitingBatches(FlowRoute.id(camel, routeId));
            }
        }
        return Math.max(1, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime()));
    }

    /** A source may just have found a file that is not in work yet. */
    private boolean isWorking(Route route) {
        return route.getConsumer() instanceof ScheduledPollConsumer source && source.isPolling()
                || camel.getInflightRepository().size(route.getId()) > 0;
    }

    /** Only what Camel itself would suspend first. */
    private static void suspend(Route route) {
        Consumer consumer = route.getConsumer();
        boolean deferred = route.getShutdownRoute() == ShutdownRoute.Defer
                || consumer instanceof ShutdownAware aware && aware.deferShutdown(route.getShutdownRunningTask());
        if (!deferred && consumer instanceof Suspendable) {
            ServiceHelper.suspendService(consumer);
        }
    }

    /** Requests that wait for records of other chunks (batchTimeout) would wait in vain: their records go back. */
    private void endWaitingBatches(String flow) {
        for (Route route : camel.getRoutes()) {
            if (route.getId().startsWith(flow + ":")) {
                route.getServices().stream().flatMap(each -> ServiceHelper.getChildServices(each).stream())
                        .filter(AggregateProcessor.class::isInstance).map(AggregateProcessor.class::cast)
                        .filter(each -> each.getPendingExchangesSize() > 0)
                        .forEach(AggregateProcessor::forceCompletionOfAllGroups);
            }
        }
    }
}
