// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.delivery.status;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import dev.gtmroutes.credential.Secrets;
import dev.gtmroutes.delivery.outcome.DataClaims;
import dev.gtmroutes.delivery.sample.SamplePayloads;
import dev.gtmroutes.parameter.ContextPlugin;
import org.apache.camel.CamelContext;

/** All destinations of a Camel context, for those who watch them: metrics, health, a console. */
public final class DestinationRegistry {

    private final CamelContext camel;
    private final Map<String, DestinationStatus> byRoute = new ConcurrentHashMap<>();
    private final Map<String, DeferredRecords> deferred = new ConcurrentHashMap<>();
    private final Set<String> known = ConcurrentHashMap.newKeySet();
    private final Map<String, DeliveryCounters> tallies = new ConcurrentHashMap<>();
    private final RecentRequests recentRequests;
    private final RecentRequests toWebhooks;
    private volatile InputWatch inputs = InputWatch.NONE;

    private DestinationRegistry(CamelContext camel) {
        this.camel = camel;
        int bodyBytes = KeptBytes.of(camel);
        this.recentRequests = new RecentRequests(bodyBytes, Secrets.of(camel)::mask);
        this.toWebhooks = new RecentRequests(bodyBytes, Secrets.of(camel)::mask);
    }

    /** @return those of this context; the same object for as long as it lives */
    public static DestinationRegistry of(CamelContext camel) {
        return ContextPlugin.of(camel, DestinationRegistry.class, () -> new DestinationRegistry(camel));
    }

    /** Whether there is, or was, a route of this id since the program began. */
    boolean has(String routeId) {
        return known.contains(routeId);
    }

    /** Takes the place of the one whose route had the same id. */
    void add(DestinationStatus destination) {
        byRoute.put(destination.id(), destination);
        if (!destination.id().startsWith(SamplePayloads.PREVIEW_ROUTE)) {
            known.add(destination.id());
        }
    }

    /** A version of a flow was loaded and runs. If it is an edited one, a restart will not pause it for what was before. */
    public void runs(String flow) {
        of(flow).forEach(DestinationStatus::runs);
    }

    /** An edit of routes failed: the version before it comes back, and is paused if it was. */
    public void comeBack(Predicate<String> routeIds) {
        known.removeIf(routeIds);
    }

    /**
     * Routes are gone for good: other ones of the same ids begin unpaused.
     *
     * @param routeIds the ids of the deliveries' routes
     */
    public void forget(Predicate<String> routeIds) {
        known.removeIf(routeIds);
        PauseFile.deleteAll(DataClaims.usual(camel), routeIds);
    }

    /**
     * Renames the pause of a destination whose route got another id.
     *
     * @param data the data directory
     */
    public static void renamed(Path data, String before, String now) throws IOException {
        PauseFile.rename(data, before, now);
    }

    /** What becomes of the records of a destination is told later, by this. It takes the place of the one before. */
    public void defer(String routeId, DeferredRecords records) {
        deferred.put(routeId, records);
    }

    /** Empty for a destination whose records have their outcomes when they were sent. */
    Optional<DeferredRecords> deferred(String routeId) {
        return Optional.ofNullable(deferred.get(routeId));
    }

    /** @return the destination with this route; empty if there is none */
    public Optional<DestinationStatus> find(String routeId) {
        return Optional.ofNullable(byRoute.get(routeId));
    }

    /** Forgets a route that is gone. */
    public void remove(String routeId) {
        byRoute.remove(routeId);
        deferred.remove(routeId);
    }

    /**
     * What counts for a route that calls this template: it goes on with what the route before it has counted, so that
     * counters do not fall when a flow is edited.
     */
    DeliveryCounters tally(String routeId, String template) {
        return routeId.startsWith(SamplePayloads.PREVIEW_ROUTE) ? new DeliveryCounters()
                : tallies.computeIfAbsent(routeId + " " + template, each -> new DeliveryCounters());
    }

    /** Who follows the chunks of a route; previews are no part of any flow. */
    DeliveryTrace trace(String routeId) {
        DeliveryTrace trace = routeId.startsWith(SamplePayloads.PREVIEW_ROUTE) ? null
                : camel.getRegistry().findSingleByType(DeliveryTrace.class);
        return trace == null ? DeliveryTrace.NONE : trace;
    }

    /** The last requests to any of them, also those that are gone. */
    public RecentRequests recentRequests() {
        return recentRequests;
    }

    /** The last requests to response webhooks, which push no request of a flow out of {@link #recentRequests}. */
    public RecentRequests recentRequestsToWebhooks() {
        return toWebhooks;
    }

    /** Who is told of inputs. */
    public InputWatch inputs() {
        return inputs;
    }

    /** Has inputs told to this one alone, also those that are in work already. */
    public void watchInputs(InputWatch watch) {
        inputs = watch;
        byRoute.values().forEach(each -> each.inWork().forEach(watch::opened));
    }

    /** @return those that have a route, previews left out */
    public List<DestinationStatus> all() {
        return byRoute.values().stream().filter(this::isThere).toList();
    }

    private boolean isThere(DestinationStatus destination) {
        return !destination.id().startsWith(SamplePayloads.PREVIEW_ROUTE) && camel.getRoute(destination.id()) != null;
    }

    /** @return the destinations of one flow; none if there is no such flow, or it has not been started yet */
    public List<DestinationStatus> of(String flow) {
        return byRoute.values().stream().filter(each -> each.flow().equals(flow)).filter(this::isThere).toList();
    }

    /** @return {@link #all} by the ids of their flows; for who asks for many flows, this is far less work */
    public Map<String, List<DestinationStatus>> byFlow() {
        return all().stream().collect(Collectors.groupingBy(DestinationStatus::flow));
    }
}
