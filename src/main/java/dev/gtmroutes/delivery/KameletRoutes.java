// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.delivery;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import dev.gtmroutes.delivery.status.DestinationRegistry;
import dev.gtmroutes.parameter.ContextPlugin;
import dev.gtmroutes.parameter.MadeRoutes;
import dev.gtmroutes.parameter.RouteChanges;
import dev.gtmroutes.parameter.RouteModel;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.EndpointAware;
import org.apache.camel.Route;
import org.apache.camel.Service;
import org.apache.camel.component.kamelet.KameletEndpoint;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteDefinition;

/** Routes that call Kamelets, and are taken away again while Camel runs. */
public final class KameletRoutes {

    private KameletRoutes() {
    }

    /** Routes that another route has made for itself, and that go with it. */
    public interface Companion {

        /** Stops its routes, in the right order. */
        void stop() throws Exception;

        /** Whether a route is one of them. */
        boolean has(String routeId);
    }

    /** What is to be taken away together with other routes, or with the next ones. */
    private static final class Leaving {

        private final Map<String, Companion> companions = new ConcurrentHashMap<>();
        /** Ids of routes that are stopped and still there. */
        private final Set<String> stopped = ConcurrentHashMap.newKeySet();

        static Leaving of(CamelContext camel) {
            return ContextPlugin.of(camel, Leaving.class, Leaving::new);
        }

        List<Companion> takeOf(Predicate<String> ids) {
            return companions.keySet().stream().filter(ids).map(companions::remove).filter(Objects::nonNull).toList();
        }
    }

    /** From now on, the companion is taken away with this route. */
    public static void add(CamelContext camel, String routeId, Companion companion) {
        Leaving.of(camel).companions.put(routeId, companion);
    }

    /**
     * Stops routes while Camel stops another one. They are taken away later, with the next routes that are: Camel has a lock
     * meanwhile, for which others wait who make or take away a route, and for whom this would wait.
     *
     * @param ids which routes
     */
    public static void stop(CamelContext camel, Predicate<String> ids) throws Exception {
        for (Route each : camel.getRoutes()) {
            if (ids.test(each.getRouteId()) && !camel.getRouteController().getRouteStatus(each.getRouteId()).isStopped()) {
                camel.getRouteController().stopRoute(each.getRouteId());
                Leaving.of(camel).stopped.add(each.getRouteId());
            }
        }
    }

    /** Takes routes away that are stopped already, see {@link #stop}. */
    public static void removeStopped(CamelContext camel) throws Exception {
        Set<String> stopped = Set.copyOf(Leaving.of(camel).stopped);
        if (!stopped.isEmpty()) {
            Leaving.of(camel).stopped.removeAll(stopped);
            remove(camel, stopped::contains);
        }
    }

    /**
     * Stops routes and takes them away, with their companions, the routes' definitions and the Kamelets' endpoints: one that
     * stays would never make its route again. Routes that are gone already do not matter.
     *
     * @param ids which routes
     */
    public static void remove(CamelContext camel, Predicate<String> ids) throws Exception {
        RouteChanges.makeInTime(camel, () -> {
            List<Companion> companions = Leaving.of(camel).takeOf(ids);
            for (Companion each : companions) {
                each.stop();
            }
            removeHere(camel, companions.stream().<Predicate<String>>map(each -> each::has).reduce(ids, Predicate::or));
            removeStopped(camel);
        });
    }

    private static void removeHere(CamelContext camel, Predicate<String> ids) throws Exception {
        Model model = camel.getCamelContextExtension().getContextPlugin(Model.class);
        List<RouteDefinition> routes = RouteModel.definitions(camel).stream()
                .filter(each -> ids.test(each.getRouteId())).toList();
        // All of them before the model is locked, or what they have in work could not end.
        for (RouteDefinition each : routes) {
            camel.getRouteController().stopRoute(each.getRouteId());
            if (RouteChanges.isTooLate(camel)) {
                // It may not have been stopped.
                return;
            }
        }
        // Camel looks through all routes for one of them.
        Map<String, Route> byId = camel.getRoutes().stream()
                .collect(Collectors.toMap(Route::getId, each -> each, (one, other) -> one));
        for (Endpoint each : List.copyOf(camel.getEndpoints())) {
            if (each instanceof KameletEndpoint kamelet && !ids.test(kamelet.getRouteId())) {
                keep(byId.get(kamelet.getRouteId()), kamelet);
            }
        }
        for (RouteDefinition each : routes) {
            // With its definition, unless no route was made of that. Camel asks all routes for their endpoints each time.
            if (!camel.removeRoute(each.getRouteId())) {
                model.removeRouteDefinition(each);
            }
            DestinationRegistry.of(camel).remove(each.getRouteId());
            MadeRoutes.of(camel).forget(each.getRouteId());
        }
        for (Endpoint each : List.copyOf(camel.getEndpoints())) {
            if (each instanceof KameletEndpoint kamelet && ids.test(kamelet.getRouteId())) {
                camel.removeEndpoint(each);
            }
        }
    }

    /**
     * Camel also removes the endpoint of a shared route, such as a vendor API's, with the last route that calls it. Its
     * next user would then make the route anew, and with it fetch another token. So the route itself counts as a user.
     * One thread at a time: flows and previews go at once, and the services of a route are a plain list.
     *
     * @param route null if there is none
     */
    private static synchronized void keep(Route route, KameletEndpoint shared) {
        if (route != null && route.getServices().stream()
                .noneMatch(each -> each instanceof User user && user.of == shared)) {
            route.addService(new User(shared));
        }
    }

    /** No record: Camel puts the services of all routes into sets, and an endpoint makes its hash code of its URI. */
    private static final class User implements Service, EndpointAware {

        private final Endpoint of;

        User(Endpoint of) {
            this.of = of;
        }

        @Override
        public Endpoint getEndpoint() {
            return of;
        }

        @Override
        public void start() {
            // It only counts.
        }

        @Override
        public void stop() {
            // It only counts.
        }
    }
}
