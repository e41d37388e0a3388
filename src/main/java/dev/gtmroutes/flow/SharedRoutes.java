// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.flow;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import dev.gtmroutes.flow.gate.SharedGates;
import dev.gtmroutes.parameter.RouteChanges;
import dev.gtmroutes.parameter.RouteModel;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.SuspendableService;
import org.apache.camel.component.kamelet.KameletComponent;
import org.apache.camel.component.kamelet.KameletEndpoint;
import org.apache.camel.model.Model;
import org.apache.camel.support.RouteTemplateHelper;
import org.apache.camel.support.service.ServiceHelper;

/**
 * Exchanges the routes that flows share, such as those of a vendor API, while the flows run: requests under way end in
 * the old route, and those that come meanwhile wait for the new one.
 */
final class SharedRoutes {

    private static final long LOOK_MILLIS = 10;
    /** So many looks in a row without a request: one may just have been on its way in. */
    private static final int QUIET_LOOKS = 2;

    private final CamelContext camel;
    private final Object loading;
    private final Templates templates;
    private final Model model;
    private final SharedGates gates = new SharedGates();
    /** Ids of routes that are missing; some may have been made again by a flow that was loaded since. */
    private final Set<String> lost = ConcurrentHashMap.newKeySet();

    /** @param loading held while routes are made */
    SharedRoutes(CamelContext camel, Object loading, Templates templates) {
        this.camel = camel;
        this.loading = loading;
        this.templates = templates;
        this.model = camel.getCamelContextExtension().getContextPlugin(Model.class);
        // Longer than an exchange may take.
        long timeout = 2 * camel.getShutdownStrategy().getTimeUnit().toMillis(camel.getShutdownStrategy().getTimeout());
        KameletComponent component = camel.getComponent("kamelet", KameletComponent.class);
        component.setTimeout(Math.max(component.getTimeout(), timeout));
        gates.use(camel);
    }

    /**
     * Makes the shared routes of a Kamelet anew, those that were lost among them.
     *
     * @param from its text until now
     * @param to   its text from now on
     * @throws Exception if that fails; the routes are as before then, but for those that are lost now
     */
    void exchange(String name, String from, String to) throws Exception {
        List<KameletEndpoint> shared = shared(name).filter(each -> isThere(each) || isLost(each)).toList();
        if (shared.isEmpty() || RouteChanges.isTooLate(camel)) {
            return;
        }
        try {
            for (KameletEndpoint each : shared) {
                empty(each);
            }
            // Not what comes before: it may wait as long as Camel waits for it.
            RouteChanges.makeInTime(camel, () -> exchangeNow(shared, name, from, to));
        } finally {
            shared.forEach(this::resume);
            shared.forEach(each -> gates.of(each).open());
        }
    }

    private void exchangeNow(List<KameletEndpoint> shared, String name, String from, String to) throws Exception {
        synchronized (loading) {
            try {
                make(shared, name, to);
            } catch (Exception e) {
                shared.forEach(each -> makeAgain(each, name, from));
                throw e;
            }
        }
    }

    private void makeAgain(KameletEndpoint endpoint, String name, String text) {
        try {
            make(List.of(endpoint), name, text);
        } catch (Exception e) {
            lost.add(endpoint.getRouteId());
        }
    }

    /** Whether a route of this Kamelet could not be made again that flows call. */
    boolean areLost(String name) {
        return shared(name).anyMatch(this::isLost);
    }

    private boolean isLost(KameletEndpoint endpoint) {
        return lost.contains(endpoint.getRouteId()) && !isThere(endpoint);
    }

    private boolean isThere(KameletEndpoint endpoint) {
        return camel.getRoute(endpoint.getRouteId()) != null;
    }

    private Stream<KameletEndpoint> shared(String name) {
        return camel.getEndpoints().stream().filter(KameletEndpoint.class::isInstance).map(KameletEndpoint.class::cast)
                .filter(each -> name.equals(each.getTemplateId()) && SharedGates.isShared(each));
    }

    private void empty(KameletEndpoint shared) throws Exception {
        String routeId = shared.getRouteId();
        Route route = camel.getRoute(routeId);
        if (route == null) {
            // It is lost, and requests are past the gate and wait for it.
            return;
        }
        long end = System.nanoTime() + camel.getShutdownStrategy().getTimeUnit().toNanos(
                camel.getShutdownStrategy().getTimeout());
        gates.of(shared).close(end);
        // Not all requests pass a gate: those of connection tests and of the enrich EIP do not.
        ServiceHelper.suspendService(route.getConsumer());
        for (int quiet = 0; quiet < QUIET_LOOKS && System.nanoTime() < end;) {
            Thread.sleep(LOOK_MILLIS);
            quiet = camel.getInflightRepository().size(routeId) == 0 ? quiet + 1 : 0;
        }
    }

    /** The old route, where no new one was made. */
    private void resume(KameletEndpoint shared) {
        Route route = camel.getRoute(shared.getRouteId());
        if (route != null && route.getConsumer() instanceof SuspendableService consumer && consumer.isSuspended()) {
            ServiceHelper.resumeService(consumer);
        }
    }

    private void make(List<KameletEndpoint> shared, String name, String text) throws Exception {
        templates.use(Map.of(name, text));
        if (RouteModel.template(camel, name) == null) {
            RouteModel.undisturbed(camel, () -> {
                RouteTemplateHelper.loadRouteTemplateFromLocation(camel, null, name,
                        camel.getComponent("kamelet", KameletComponent.class).getLocation());
                return null;
            });
        }
        for (KameletEndpoint each : shared) {
            String id = each.getRouteId();
            camel.getRouteController().stopRoute(id, 1, TimeUnit.SECONDS);
            camel.removeRoute(id);
            if (model.getRouteDefinition(id) != null) {
                model.removeRouteDefinition(model.getRouteDefinition(id));
            }
            if (camel.hasEndpoint(each.getEndpointUri()) == null) {
                camel.addEndpoint(each.getEndpointUri(), each);
            }
            RouteModel.undisturbed(camel, () -> model.addRouteFromKamelet(id, name,
                    String.valueOf(each.getKameletProperties().get("uuid")), null, null, null, each.getKameletProperties()));
            lost.remove(id);
        }
    }
}
