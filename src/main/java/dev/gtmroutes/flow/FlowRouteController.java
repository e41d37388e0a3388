package dev.gtmroutes.flow;

import java.util.concurrent.TimeUnit;

import org.apache.camel.Endpoint;
import org.apache.camel.Route;
import org.apache.camel.component.kamelet.KameletEndpoint;
import org.apache.camel.impl.engine.DefaultRouteController;

/**
 * Stops and starts a flow together with the route inside its source Kamelet. Camel by itself stops only the flow's own
 * route and first waits for what that has in work: a large file would be delivered to its end, or until the shutdown
 * timeout, while the source goes on taking more.
 */
class FlowRouteController extends DefaultRouteController {

    @Override
    public void startRoute(String id) throws Exception {
        super.startRoute(id);
        String source = source(id);
        if (source != null) {
            super.startRoute(source);
        }
    }

    @Override
    public void resumeRoute(String id) throws Exception {
        super.resumeRoute(id);
        String source = source(id);
        if (source != null) {
            super.resumeRoute(source);
        }
    }

    @Override
    public void stopRoute(String id) throws Exception {
        String source = source(id);
        if (source != null) {
            super.stopRoute(source);
        }
        super.stopRoute(id);
    }

    @Override
    public void stopRoute(String id, long timeout, TimeUnit unit) throws Exception {
        String source = source(id);
        if (source != null) {
            super.stopRoute(source, timeout, unit);
        }
        super.stopRoute(id, timeout, unit);
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
        String source = source(id);
        if (source != null) {
            super.suspendRoute(source);
        }
        super.suspendRoute(id);
    }

    @Override
    public void suspendRoute(String id, long timeout, TimeUnit unit) throws Exception {
        String source = source(id);
        if (source != null) {
            super.suspendRoute(source, timeout, unit);
        }
        super.suspendRoute(id, timeout, unit);
    }

    /** @return the id of the route inside the source Kamelet of this flow, or null if it has none */
    private String source(String id) {
        Route route = getCamelContext().getRoute(id);
        Endpoint from = route == null || route.isCreatedByKamelet() ? null : route.getEndpoint();
        return from instanceof KameletEndpoint kamelet && getCamelContext().getRoute(kamelet.getRouteId()) != null
                ? kamelet.getRouteId() : null;
    }
}
