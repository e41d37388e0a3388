package dev.gtmroutes.delivery;

import java.util.List;
import java.util.function.Predicate;

import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.component.kamelet.KameletEndpoint;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteDefinition;

/** Routes that call Kamelets, and are taken away again while Camel runs. */
public final class KameletRoutes {

    private KameletRoutes() {
    }

    /**
     * Stops routes and takes them away, with the routes' definitions and the Kamelets' endpoints: one that stays would
     * never make its route again. Routes that are gone already do not matter.
     *
     * @param ids which routes
     */
    public static void remove(CamelContext camel, Predicate<String> ids) throws Exception {
        Model model = camel.getCamelContextExtension().getContextPlugin(Model.class);
        List<RouteDefinition> routes = List.copyOf(model.getRouteDefinitions()).stream()
                .filter(each -> ids.test(each.getRouteId())).toList();
        // All of them before the model is locked, or what they have in work could not end.
        for (RouteDefinition each : routes) {
            camel.getRouteController().stopRoute(each.getRouteId());
        }
        List<Endpoint> endpoints = List.copyOf(camel.getEndpoints());
        for (RouteDefinition each : routes) {
            camel.removeRoute(each.getRouteId());
            model.removeRouteDefinition(each);
            Destinations.of(camel).remove(each.getRouteId());
        }
        for (Endpoint each : endpoints) {
            if (each instanceof KameletEndpoint kamelet) {
                if (ids.test(kamelet.getRouteId())) {
                    camel.removeEndpoint(each);
                } else {
                    keep(camel, kamelet);
                }
            }
        }
    }

    /**
     * Camel also forgets a Kamelet's endpoint that no other route uses just now. Its next user would make the route
     * anew, and with it fetch another token.
     */
    private static void keep(CamelContext camel, KameletEndpoint shared) throws Exception {
        if (camel.hasEndpoint(shared.getEndpointUri()) == null && camel.getRoute(shared.getRouteId()) != null) {
            camel.addEndpoint(shared.getEndpointUri(), shared);
        }
    }
}
