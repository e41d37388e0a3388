// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.delivery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;

import dev.gtmroutes.parameter.MadeRoutes;
import dev.gtmroutes.parameter.RouteChanges;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Route;
import org.apache.camel.StatefulService;
import org.apache.camel.component.kamelet.KameletEndpoint;
import org.apache.camel.model.OnExceptionDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.ToDefinition;

/**
 * Finds the flow that an exchange belongs to. Inside a Kamelet, an exchange only knows the Kamelet's own route; the
 * flow is the route, a user's, that called it.
 */
public final class FlowRoute {

    /** What the id of a delivery's route ends with, behind the id of the template's route that calls it. */
    public static final String DELIVERY = "-delivery";
    /** Template parameter in which Camel notes what route a Kamelet's route was made for. */
    private static final String PARENT = "parentRouteId";
    /** How often a wait looks whether the flow still runs. Camel tells nobody that it is about to stop a route. */
    private static final long STOP_CHECK_MILLIS = 100;

    private FlowRoute() {
    }

    /** @return the id of the flow; for a message that came through no route, "direct" */
    public static String id(Exchange exchange) {
        String id = id(exchange.getContext(), exchange.getFromRouteId());
        return id == null ? "direct" : id;
    }

    /** @return the id of the flow that a route belongs to; its own if it is no Kamelet's, or was not made by a flow */
    public static String id(CamelContext camel, String routeId) {
        String id = routeId;
        Set<String> seen = new HashSet<>();
        String parent = parent(camel, id);
        while (parent != null && seen.add(parent)) {
            id = parent;
            parent = parent(camel, id);
        }
        return id;
    }

    /** Whether the route of the exchange, a Kamelet's, was made for another Kamelet rather than for a flow. */
    public static boolean isInOtherKamelet(Exchange exchange) {
        CamelContext camel = exchange.getContext();
        String parent = parent(camel, exchange.getFromRouteId());
        return parent != null && parent(camel, parent) != null;
    }

    /** @return the route that this one, if it is a Kamelet's, was made for; null for a user's own */
    private static String parent(CamelContext camel, String id) {
        RouteDefinition route = id == null ? null : MadeRoutes.of(camel).of(id);
        boolean kamelet = route != null && Boolean.TRUE.equals(route.isKamelet());
        Object parent = kamelet && route.getTemplateParameters() != null ? route.getTemplateParameters().get(PARENT) : null;
        return parent == null ? null : parent.toString();
    }

    /**
     * The Kamelet that a flow begins with.
     *
     * @param  flow the id of the flow
     * @return      its name; empty if the flow begins with none, or is not loaded
     */
    public static String firstKamelet(CamelContext camel, String flow) {
        RouteDefinition route = MadeRoutes.of(camel).of(flow);
        return route == null || route.getInput() == null ? "" : kamelet(route.getInput().getUri());
    }

    private static String kamelet(String uri) {
        return uri != null && uri.startsWith("kamelet:") ? uri.substring("kamelet:".length()).split("[/?]")[0] : "";
    }

    /**
     * The Kamelet that the last step of a flow calls: what is settled there is behind all other steps.
     *
     * @param  flow the id of the flow
     * @return      its name; empty if the last step calls none
     */
    public static String lastKamelet(CamelContext camel, String flow) {
        RouteDefinition route = MadeRoutes.of(camel).of(flow);
        List<ProcessorDefinition<?>> steps = route == null ? List.of() : route.getOutputs();
        return !steps.isEmpty() && steps.get(steps.size() - 1) instanceof ToDefinition last ? kamelet(last.getUri()) : "";
    }

    /** @return how many steps a flow has behind its source, handlers of exceptions left out; 0 if there is no such flow */
    public static long steps(CamelContext camel, String flow) {
        RouteDefinition route = MadeRoutes.of(camel).of(flow);
        return route == null ? 0
                : route.getOutputs().stream().filter(each -> !(each instanceof OnExceptionDefinition)).count();
    }

    /** @return the id of the route that calls a delivery: {@code calls:crm} of {@code calls:crm-delivery} */
    public static String caller(String routeId) {
        return routeId.endsWith(DELIVERY) ? routeId.substring(0, routeId.length() - DELIVERY.length()) : routeId;
    }

    /** Whether the flow takes chunks: its route is started, neither stopped nor suspended. */
    public static boolean started(Exchange exchange) {
        var status = exchange.getContext().getRouteController().getRouteStatus(id(exchange));
        return status != null && status.isStarted();
    }

    /**
     * Waits, unless something is stopped meanwhile.
     *
     * @param  running false once it is stopped
     * @return         whether it still runs
     */
    public static boolean pause(Duration wait, BooleanSupplier running) throws InterruptedException {
        long until = System.nanoTime() + wait.toNanos();
        while (running.getAsBoolean()) {
            long left = (until - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return true;
            }
            Thread.sleep(Math.min(left, STOP_CHECK_MILLIS));
        }
        return false;
    }

    /**
     * Whether a flow's chunks should be read on: neither Camel nor the source they come from is stopping. On a graceful
     * stop Camel suspends a route's consumer first, and then waits for what it has in work.
     *
     * @param flow the id of the flow
     */
    public static boolean reading(CamelContext camel, String flow) {
        return reading(camel, RouteChanges.of(camel), consumers(camel, flow));
    }

    /**
     * The same for one chunk, again and again, of the routes that are there now: others of the same ids may take their
     * place. Looked up once, because Camel copies the list of all its routes for each look.
     *
     * @param flow     the id of the flow
     * @param delivery the id of the delivery's route
     */
    static BooleanSupplier readingNow(CamelContext camel, String flow, String delivery) {
        List<StatefulService> consumers = consumers(camel, flow);
        consumers.addAll(consumers(camel, delivery));
        RouteChanges changes = RouteChanges.of(camel);
        return () -> reading(camel, changes, consumers);
    }

    private static boolean reading(CamelContext camel, RouteChanges changes, List<StatefulService> consumers) {
        // Camel waits for those who change its routes before it says that it stops.
        if (changes.isTooLate() || camel.isStopping() || camel.isStopped()) {
            return false;
        }
        for (StatefulService each : consumers) {
            if (!each.isStarted() && !each.isStarting()) {
                return false;
            }
        }
        return true;
    }

    /** @return the consumer of a route, and those of the Kamelets that its messages come through */
    private static List<StatefulService> consumers(CamelContext camel, String id) {
        List<StatefulService> consumers = new ArrayList<>();
        for (Route each = id == null ? null : camel.getRoute(id); each != null; each = source(camel, each)) {
            if (each.getConsumer() instanceof StatefulService consumer) {
                consumers.add(consumer);
            }
        }
        return consumers;
    }

    /** @return the route inside the source Kamelet that this route consumes from, or null if it consumes from none */
    private static Route source(CamelContext camel, Route route) {
        if (!(route.getEndpoint() instanceof KameletEndpoint kamelet) || kamelet.getRouteId().equals(route.getRouteId())) {
            return null;
        }
        return camel.getRoute(kamelet.getRouteId());
    }
}
