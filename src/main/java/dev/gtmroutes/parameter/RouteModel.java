// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.parameter;

import java.util.AbstractCollection;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.ResolveEndpointFailedException;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.RouteTemplateDefinition;

/**
 * Camel's list of what its routes are made of, read while nobody changes it. Camel itself reads it so to make the routes
 * that it is given, but not for the route of a Kamelet that is called for the first time: that fails if another route comes
 * or goes meanwhile.
 */
public final class RouteModel {

    private RouteModel() {
    }

    /** A copy: Camel hands out the very list that it changes with each route. */
    public static List<RouteDefinition> definitions(CamelContext camel) {
        try {
            return undisturbed(camel, () -> List.copyOf(of(camel).getRouteDefinitions()));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * The template of a Kamelet. Camel looks for it without a lock.
     *
     * @return null if there is none now, as while it is exchanged
     */
    public static RouteTemplateDefinition template(CamelContext camel, String name) {
        try {
            return undisturbed(camel, () -> of(camel).getRouteTemplateDefinition(name));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * The endpoint of a Kamelet, with a route that is made if there is none.
     *
     * @param  uri                            a Kamelet with its parameters
     * @throws ResolveEndpointFailedException if there is no such Kamelet, or its route cannot be made
     */
    public static Endpoint endpoint(CamelContext camel, String uri) {
        Endpoint made = camel.hasEndpoint(uri);
        try {
            return made != null ? made : RouteChanges.make(camel, () -> undisturbed(camel, () -> camel.getEndpoint(uri)));
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new ResolveEndpointFailedException(uri, e);
        }
    }

    /**
     * Does something while no route or template comes or goes, but those that it makes itself.
     *
     * @throws Exception what the action throws
     */
    public static <T> T undisturbed(CamelContext camel, Callable<T> action) throws Exception {
        FutureTask<T> task = new FutureTask<>(action);
        of(camel).addRouteDefinitions(new NoRoutes(task));
        // For a Camel that does not ask.
        task.run();
        try {
            return task.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    private static Model of(CamelContext camel) {
        return camel.getCamelContextExtension().getContextPlugin(Model.class);
    }

    /** Camel locks its list without letting others do so; but it asks, while it does, whether there is anything to add. */
    private static final class NoRoutes extends AbstractCollection<RouteDefinition> {

        private final Runnable meanwhile;

        NoRoutes(Runnable meanwhile) {
            this.meanwhile = meanwhile;
        }

        @Override
        public boolean isEmpty() {
            meanwhile.run();
            return true;
        }

        @Override
        public Iterator<RouteDefinition> iterator() {
            return Collections.emptyIterator();
        }

        @Override
        public int size() {
            return 0;
        }
    }
}
