// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.flow;

import java.util.concurrent.TimeUnit;

import dev.gtmroutes.parameter.RouteChanges;
import org.apache.camel.Endpoint;
import org.apache.camel.Route;
import org.apache.camel.component.kamelet.KameletEndpoint;
import org.apache.camel.impl.engine.DefaultRouteController;
import org.apache.camel.spi.ShutdownStrategy;

/**
 * Stops and starts a flow together with the route inside its source Kamelet. Camel by itself stops only the flow's own
 * route and first waits for what that has in work: a large file would be delivered to its end, or until the shutdown
 * timeout, while the source goes on taking more. See {@link FlowDrain} for how it waits.
 */
class FlowRouteController extends DefaultRouteController {

    private interface Change {
        void of(String route) throws Exception;
    }

    /** Starts a flow and its source, unless Camel stops. */
    @Override
    public void startRoute(String id) throws Exception {
        RouteChanges.makeInTime(getCamelContext(), () -> flowFirst(id, super::startRoute));
    }

    @Override
    public void resumeRoute(String id) throws Exception {
        flowFirst(id, super::resumeRoute);
    }

    /**
     * Stops a flow with its source. Does nothing while Camel stops: Camel stops all of them then, and a route that is
     * stopped besides would end its wait for the requests of all others.
     */
    @Override
    public void stopRoute(String id) throws Exception {
        ShutdownStrategy shutdown = getCamelContext().getShutdownStrategy();
        stopRoute(id, shutdown.getTimeout(), shutdown.getTimeUnit());
    }

    @Override
    public void stopRoute(String id, long timeout, TimeUnit unit) throws Exception {
        sourceFirst(id, each -> {
            long left = new FlowDrain(getCamelContext()).rest(each, unit.toMillis(timeout));
            RouteChanges.makeInTime(getCamelContext(), () -> super.stopRoute(each, left, TimeUnit.MILLISECONDS));
        });
    }

    @Override
    public boolean stopRoute(String id, long timeout, TimeUnit unit, boolean abortAfterTimeout) throws Exception {
        String source = source(id);
        if (source != null && !super.stopRoute(source, timeout, unit, abortAfterTimeout)) {
            return false;
        }
        return super.stopRoute(id, timeout, unit, abortAfterTimeout);
    }

    @Override
    public void suspendRoute(String id) throws Exception {
        sourceFirst(id, each -> super.suspendRoute(each));
    }

    @Override
    public void suspendRoute(String id, long timeout, TimeUnit unit) throws Exception {
        sourceFirst(id, each -> super.suspendRoute(each, timeout, unit));
    }

    private void sourceFirst(String id, Change change) throws Exception {
        String source = source(id);
        if (source != null) {
            change.of(source);
        }
        change.of(id);
    }

    private void flowFirst(String id, Change change) throws Exception {
        change.of(id);
        String source = source(id);
        if (source != null) {
            change.of(source);
        }
    }

    /** @return the id of the route inside the source Kamelet of this flow, or null if it has none */
    private String source(String id) {
        Route route = getCamelContext().getRoute(id);
        Endpoint from = route == null || route.isCreatedByKamelet() ? null : route.getEndpoint();
        return from instanceof KameletEndpoint kamelet && getCamelContext().getRoute(kamelet.getRouteId()) != null
                ? kamelet.getRouteId() : null;
    }
}
