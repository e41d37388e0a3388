package dev.gtmroutes.flow;

import java.util.List;
import java.util.concurrent.TimeUnit;

import dev.gtmroutes.delivery.FlowRoute;
import org.apache.camel.CamelContext;
import org.apache.camel.Consumer;
import org.apache.camel.Route;
import org.apache.camel.ShutdownRoute;
import org.apache.camel.Suspendable;
import org.apache.camel.impl.engine.DefaultShutdownStrategy;
import org.apache.camel.processor.aggregate.AggregateProcessor;
import org.apache.camel.spi.RouteStartupOrder;
import org.apache.camel.spi.ShutdownAware;
import org.apache.camel.support.service.ServiceHelper;

/**
 * Stops a route as soon as its requests under way have ended, and beside others that are being stopped. Camel by itself
 * stops one after another, and looks once a second whether it is done.
 */
final class PromptShutdown extends DefaultShutdownStrategy {

    private static final long LOOK_MILLIS = 10;

    private final boolean forOne;

    PromptShutdown(CamelContext camel) {
        this(camel, false);
    }

    private PromptShutdown(CamelContext camel, boolean forOne) {
        super(camel);
        this.forOne = forOne;
    }

    @Override
    protected boolean doShutdown(CamelContext context, List<RouteStartupOrder> routes, long timeout, TimeUnit unit,
            boolean suspendOnly, boolean abortAfterTimeout, boolean forceShutdown) throws Exception {
        if (forOne || forceShutdown || context.isStopping()) {
            return super.doShutdown(context, routes, timeout, unit, suspendOnly, abortAfterTimeout, forceShutdown);
        }
        long end = System.nanoTime() + unit.toNanos(timeout);
        for (RouteStartupOrder each : routes) {
            suspendSource(each);
        }
        while (routes.stream().anyMatch(each -> inWork(context, each)) && System.nanoTime() < end && !context.isStopping()) {
            Thread.sleep(LOOK_MILLIS);
            for (RouteStartupOrder each : routes) {
                endWaitingBatches(context, FlowRoute.id(context, each.getRoute().getId()));
            }
        }
        // What is left of it: Camel's state of a shutdown is one for all, so each gets its own.
        PromptShutdown own = new PromptShutdown(context, true);
        own.setShutdownNowOnTimeout(isShutdownNowOnTimeout());
        own.setSuppressLoggingOnTimeout(isSuppressLoggingOnTimeout());
        own.setLogInflightExchangesOnTimeout(isLogInflightExchangesOnTimeout());
        own.start();
        try {
            long left = Math.max(1, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime()));
            return own.doShutdown(context, routes, left, TimeUnit.MILLISECONDS, suspendOnly, abortAfterTimeout, false);
        } finally {
            own.shutdown();
        }
    }

    /** Those that Camel would suspend first of all. */
    private void suspendSource(RouteStartupOrder route) {
        Consumer consumer = route.getInput();
        boolean deferred = route.getRoute().getShutdownRoute() == ShutdownRoute.Defer || consumer instanceof ShutdownAware aware
                && aware.deferShutdown(route.getRoute().getShutdownRunningTask());
        if (!deferred && consumer instanceof Suspendable) {
            suspendNow(route.getRoute().getId(), consumer);
        }
    }

    /** Requests that wait for records of other chunks (batchTimeout) would wait in vain: their records go back. */
    private static void endWaitingBatches(CamelContext context, String flow) {
        for (Route route : context.getRoutes()) {
            if (route.getId().startsWith(flow + ":")) {
                route.getServices().stream().flatMap(each -> ServiceHelper.getChildServices(each).stream())
                        .filter(AggregateProcessor.class::isInstance).map(AggregateProcessor.class::cast)
                        .filter(each -> each.getPendingExchangesSize() > 0)
                        .forEach(AggregateProcessor::forceCompletionOfAllGroups);
            }
        }
    }

    private static boolean inWork(CamelContext context, RouteStartupOrder route) {
        return context.getInflightRepository().size(route.getRoute().getId()) > 0;
    }
}
