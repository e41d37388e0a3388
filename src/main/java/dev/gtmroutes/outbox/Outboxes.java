// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.outbox;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import dev.gtmroutes.delivery.FlowRoute;
import dev.gtmroutes.delivery.status.DestinationRegistry;
import dev.gtmroutes.delivery.status.DestinationStatus;
import dev.gtmroutes.inbox.arrival.Intake;
import dev.gtmroutes.inbox.arrival.IntakeSettings;
import dev.gtmroutes.inbox.arrival.Intakes;
import dev.gtmroutes.parameter.ContextPlugin;
import org.apache.camel.CamelContext;

/**
 * All outboxes of a Camel context: what takes their events, which flow and which webhook each one is for, and which flows
 * get the responses of others.
 */
public final class Outboxes {

    /** What the id of the route that empties an outbox ends with. */
    public static final String RESPONSES = "-responses";

    /** Far more than an event can have, whose longest part is cut. */
    private static final long MOST_BYTES = 16L << 20;
    /** A lonely event is handed on after this time ... */
    private static final Duration QUIET = Duration.ofMillis(100);
    /** ... and in a steady stream of them, files are made no more often than that. */
    private static final Duration LINGER = Duration.ofSeconds(1);
    private static final IntakeSettings SETTINGS = new IntakeSettings(MOST_BYTES, QUIET, LINGER);

    private final CamelContext camel;
    private final ResponseLinks links = new ResponseLinks();
    private final Map<String, Opened> opened = new ConcurrentHashMap<>();

    private record Opened(String flow, WebhookUrl url) {
    }

    private Outboxes(CamelContext camel) {
        this.camel = camel;
    }

    /** @return those of this context; the same object for as long as it lives */
    static Outboxes of(CamelContext camel) {
        return ContextPlugin.of(camel, Outboxes.class, () -> new Outboxes(camel));
    }

    /** @return the folder that has one folder per outbox */
    public static Path folder(Path data) {
        return data.resolve("responses");
    }

    /**
     * @param  data the data directory
     * @return      what takes events; it stays open until Camel stops
     * @throws IOException if the folder cannot be written, or another running program has it
     */
    Intake intake(Path data) throws IOException {
        return Intakes.of(camel).intake(folder(data), SETTINGS);
    }

    /**
     * @param  data the data directory
     * @return      what takes records into the inboxes of flows; where the program has one for HTTP, that
     * @throws IOException as above
     */
    Intake inboxes(Path data) throws IOException {
        return Intakes.of(camel).intake(data.resolve("inbox"), SETTINGS);
    }

    /** Which flows get the responses of others. */
    ResponseLinks links() {
        return links;
    }

    /** @return the flows that get the responses of a flow */
    public static Set<String> targets(CamelContext camel, String flow) {
        return of(camel).links.targets(flow);
    }

    /** @return the destinations that tell the webhooks of a flow; none if it has no webhook */
    public static List<DestinationStatus> destinations(CamelContext camel, String flow) {
        return destinations(camel, flow, DestinationRegistry.of(camel).byFlow());
    }

    /**
     * @param byFlow what {@link DestinationRegistry#byFlow} found
     * @return       as above
     */
    public static List<DestinationStatus> destinations(CamelContext camel, String flow,
            Map<String, List<DestinationStatus>> byFlow) {
        return of(camel).opened.entrySet().stream().filter(each -> each.getValue().flow.equals(flow))
                .map(Map.Entry::getKey).sorted()
                .flatMap(each -> byFlow.getOrDefault(each, List.of()).stream()).toList();
    }

    /** Whether a delivery's route is that of a flow, or empties one of its outboxes. */
    public static boolean isDelivery(String flow, String routeId) {
        int end = routeId.indexOf(RESPONSES + ":");
        return routeId.startsWith(flow + ":") || end > 0 && OutboxName.isOf(flow, routeId.substring(0, end));
    }

    /**
     * @param  flow        id of the flow
     * @param  destination name of one of its destinations
     * @return             the name of its outbox, and of the folder of that
     */
    public static String name(String flow, String destination) {
        return OutboxName.of(flow, flow + ":" + destination + FlowRoute.DELIVERY);
    }

    /** Whether this is the name of the outbox of a destination that a flow has, had, or could have. */
    public static boolean isOf(String flow, String outbox) {
        return OutboxName.isOf(flow, outbox);
    }

    /** @return the name of the outbox, and of its folder, that this destination of {@link #destinations} empties */
    public static String name(DestinationStatus destination) {
        return destination.flow().substring(0, destination.flow().length() - RESPONSES.length());
    }

    /** @param routeId id of the route that empties the outbox */
    void opened(String routeId, String flow, WebhookUrl url) {
        opened.put(routeId, new Opened(flow, url));
    }

    void closed(String routeId) {
        opened.remove(routeId);
    }

    /** @throws IllegalStateException if there is no such outbox */
    WebhookUrl webhook(String routeId) {
        Opened outbox = opened.get(routeId);
        if (outbox == null) {
            throw new IllegalStateException("there is no outbox for " + routeId);
        }
        return outbox.url;
    }
}
