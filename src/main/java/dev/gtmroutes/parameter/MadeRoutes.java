// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.parameter;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.camel.CamelContext;
import org.apache.camel.model.Model;
import org.apache.camel.model.ModelLifecycleStrategySupport;
import org.apache.camel.model.RouteDefinition;

/**
 * What the routes of a Camel were made of, for those who must not wait. Camel's own list is locked while routes are made or
 * taken away, and who takes a route away waits for the messages that it has in work: those cannot wait for the list.
 */
public final class MadeRoutes {

    private final CamelContext camel;
    private final Model model;
    private final Map<String, RouteDefinition> byId = new ConcurrentHashMap<>();
    private volatile boolean isWatching;

    private MadeRoutes(CamelContext camel) {
        this.camel = camel;
        this.model = camel.getCamelContextExtension().getContextPlugin(Model.class);
    }

    /** @return those of this context */
    public static MadeRoutes of(CamelContext camel) {
        MadeRoutes made = ContextPlugin.of(camel, MadeRoutes.class, () -> new MadeRoutes(camel));
        // Not with the lock of this class: it waits for Camel's.
        made.watch();
        return made;
    }

    private void watch() {
        if (isWatching) {
            return;
        }
        try {
            RouteModel.undisturbed(camel, () -> {
                if (!isWatching) {
                    model.addModelLifecycleStrategy(new Changes());
                    model.getRouteDefinitions().forEach(this::add);
                    isWatching = true;
                }
                return null;
            });
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private void add(RouteDefinition route) {
        if (route.getId() != null) {
            byId.put(route.getId(), route);
        }
    }

    /**
     * @param id of a route, also of one that is just being made
     * @return   what it is made of; null if there is no such route
     */
    public RouteDefinition of(String id) {
        RouteDefinition made = byId.get(id);
        if (made == null && camel.getRoute(id) != null) {
            // It got its id from Camel, after it came into the list.
            made = model.getRouteDefinition(id);
            if (made != null) {
                byId.put(id, made);
            }
        }
        return made;
    }

    /** A route was taken away: Camel does not always tell. */
    public void forget(String id) {
        byId.remove(id);
    }

    private final class Changes extends ModelLifecycleStrategySupport {

        @Override
        public void onAddRouteDefinition(RouteDefinition route) {
            add(route);
        }

        @Override
        public void onRemoveRouteDefinition(RouteDefinition route) {
            if (route != null && route.getId() != null) {
                byId.remove(route.getId(), route);
            }
        }
    }
}
