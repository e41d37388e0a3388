// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.flow;

import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.model.Model;
import org.apache.camel.model.ModelLifecycleStrategySupport;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.EndpointStrategy;

/**
 * What a load makes: others make routes and endpoints at the same time, such as those of previews and trials, and that of
 * a topic at its first message. Camel makes all that belongs to a load in the thread of the load. One load at a time.
 */
final class LoadTrace extends ModelLifecycleStrategySupport implements EndpointStrategy {

    private final Set<String> routes = new HashSet<>();
    /** By identity: Camel makes the hash code of an endpoint of its URI. */
    private final Map<Endpoint, Endpoint> endpoints = new IdentityHashMap<>();
    /** Null while there is no load. */
    private volatile Thread loading;

    /** From now on it sees what is made in this Camel. */
    LoadTrace(CamelContext camel) {
        camel.getCamelContextExtension().registerEndpointCallback(this);
        camel.getCamelContextExtension().getContextPlugin(Model.class).addModelLifecycleStrategy(this);
    }

    /** This thread begins a load. */
    void begin() {
        routes.clear();
        endpoints.clear();
        loading = Thread.currentThread();
    }

    /** The load is over, and nothing of it has to be known any more. */
    void end() {
        loading = null;
        routes.clear();
        endpoints.clear();
    }

    /** The ids of the routes that the load has made so far. */
    Set<String> routes() {
        return Set.copyOf(routes);
    }

    /** The endpoints that the load has made so far. */
    List<Endpoint> endpoints() {
        return List.copyOf(endpoints.keySet());
    }

    @Override
    public void onAddRouteDefinition(RouteDefinition route) {
        if (Thread.currentThread() == loading) {
            routes.add(route.getRouteId());
        }
    }

    @Override
    public Endpoint registerEndpoint(String uri, Endpoint endpoint) {
        if (Thread.currentThread() == loading) {
            endpoints.put(endpoint, endpoint);
        }
        return endpoint;
    }
}
