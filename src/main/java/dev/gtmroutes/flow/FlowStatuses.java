// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.flow;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.gtmroutes.delivery.status.DeferredRecords;
import dev.gtmroutes.delivery.status.DestinationRegistry;
import dev.gtmroutes.delivery.status.DestinationStatus;
import dev.gtmroutes.delivery.status.PauseReason;
import dev.gtmroutes.flow.files.FlowFile;
import dev.gtmroutes.flow.files.RouteProblem;
import dev.gtmroutes.inbox.Backlog;
import dev.gtmroutes.inbox.UnfinishedNames;
import dev.gtmroutes.outbox.Outboxes;
import jakarta.inject.Singleton;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** How the flows are now, for those who watch them: a person, metrics, a health check. */
@Singleton
public class FlowStatuses {

    private static final Duration STARTS_WITHIN = Duration.ofSeconds(30);

    private final Flows flows;
    private final FlowSwitch switches;
    private final CamelContext camel;
    private final Backlog backlog;
    private final Backlog responses;

    FlowStatuses(Flows flows, FlowSwitch switches, CamelContext camel, @ConfigProperty(name = "gtm.data") Path data,
            @ConfigProperty(name = "gtm.inbox.unfinished") Optional<String> unfinished) {
        this.flows = flows;
        this.switches = switches;
        this.camel = camel;
        this.backlog = new Backlog(data.resolve("inbox"), new UnfinishedNames(unfinished.orElse("")));
        this.responses = new Backlog(Outboxes.folder(data), new UnfinishedNames(""));
    }

    /** Whether the flows have been read since the program's start. */
    public boolean isReady() {
        return flows.areLoaded();
    }

    /** All flows there are files for, in the order of these, each before those that tell its webhooks. */
    public List<FlowStatus> all() {
        Map<String, List<DestinationStatus>> destinations = DestinationRegistry.of(camel).byFlow();
        return flows.files().stream()
                .flatMap(file -> file.flows().stream()
                        .flatMap(each -> Stream.concat(
                                Stream.of(status(file, each, destinations.getOrDefault(each, List.of()))),
                                webhooks(file, each, destinations))))
                .toList();
    }

    /**
     * What is wrong with Kamelets on the disk, whether or not a flow uses them: the versions before these are in use,
     * unless it says that they cannot be used any more either.
     */
    public List<RouteProblem> kameletProblems() {
        return flows.kameletProblems();
    }

    /** One of {@link #all}; empty if there is no such flow. */
    public Optional<FlowStatus> of(String flow) {
        // What it takes to know all of them is too much for one.
        return flows.files().stream().filter(each -> each.flows().contains(flow)).findFirst()
                .map(each -> status(each, flow, DestinationRegistry.of(camel).of(flow)))
                .or(() -> all().stream().filter(each -> each.id().equals(flow)).findFirst());
    }

    /** Responses that wait for a webhook are delivered like any records, by a flow of their own. */
    private Stream<FlowStatus> webhooks(FlowFile file, String flow, Map<String, List<DestinationStatus>> destinations) {
        return Outboxes.destinations(camel, flow, destinations).stream().map(each -> {
            Condition now = condition(file, each.flow(), List.of(each));
            return new FlowStatus(each.flow(), "Responses of " + flow + " to its webhook", now.state, now.reason,
                    now.since, "", responses.of(Outboxes.name(each)), List.of(each), flow);
        });
    }

    private FlowStatus status(FlowFile file, String flow, List<DestinationStatus> destinations) {
        Condition now = withTargets(condition(file, flow, destinations), flow);
        Route route = camel.getRoute(flow);
        String description = route == null || route.getDescription() == null ? "" : route.getDescription();
        String problem = file.isOutdated() ? String.join("; ", file.problems()) : "";
        return new FlowStatus(flow, description, now.state, now.reason, now.since, problem, backlog.of(flow),
                destinations, "");
    }

    /** A flow runs well while its responses wait for a flow that there is not; somebody has to know it all the same. */
    private Condition withTargets(Condition now, String flow) {
        Set<String> targets = now.state == FlowState.ACTIVE && now.reason.isEmpty() ? Outboxes.targets(camel, flow)
                : Set.of();
        if (targets.isEmpty()) {
            return now;
        }
        Set<String> known = flows.files().stream().flatMap(each -> each.flows().stream()).collect(Collectors.toSet());
        return targets.stream().filter(each -> !known.contains(each)).findFirst().map(each -> new Condition(now.state,
                "its response events wait in data/inbox/" + each + ", because there is no flow " + each, now.since))
                .orElse(now);
    }

    private Condition condition(FlowFile file, String flow, List<DestinationStatus> destinations) {
        if (!file.isLoaded()) {
            return new Condition(FlowState.NOT_LOADED, String.join("; ", file.problems()), file.read());
        }
        if (camel.getRoute(flow) == null) {
            // It is just being exchanged.
            return new Condition(FlowState.ACTIVE, "", file.read());
        }
        if (!switches.isRunning(flow)) {
            return stopped(file, flow);
        }
        // What waits for a person comes before what may go on by itself.
        return destinations.stream().map(DestinationStatus::halt).flatMap(Optional::stream)
                .max(Comparator.comparing(PauseReason::kind)).map(FlowStatuses::halted)
                .or(() -> destinations.stream().map(DestinationStatus::later).flatMap(Optional::stream)
                        .map(DeferredRecords::stall).flatMap(Optional::stream).findFirst()
                        .map(each -> new Condition(FlowState.STALLED, each.reason(), each.since())))
                .or(() -> destinations.stream().map(DestinationStatus::inputKept).flatMap(Optional::stream).findFirst()
                        .map(each -> new Condition(FlowState.ACTIVE, "its input waits: " + each.reason(), each.since())))
                .orElse(new Condition(FlowState.ACTIVE, "", switches.lastSwitched(flow).orElse(file.read())));
    }

    /** A route that nobody has stopped may be about to start, or be exchanged; but not for long. */
    private Condition stopped(FlowFile file, String flow) {
        Instant since = switches.lastSwitched(flow).orElse(file.read());
        if (switches.isPaused(flow)) {
            return new Condition(FlowState.PAUSED, "paused by a person", since);
        }
        Route route = camel.getRoute(flow);
        if (route != null && Boolean.FALSE.equals(route.isAutoStartup())) {
            return new Condition(FlowState.PAUSED, FlowStatus.NOT_ACTIVATED, since);
        }
        return since.isAfter(Instant.now().minus(STARTS_WITHIN)) ? new Condition(FlowState.ACTIVE, "", since)
                : new Condition(FlowState.PAUSED, "not running", since);
    }

    private static Condition halted(PauseReason halt) {
        FlowState state = switch (halt.kind()) {
            case CREDENTIAL -> FlowState.WAITING_FOR_CREDENTIAL;
            case DISK -> FlowState.WAITING_FOR_DISK;
            case REJECTIONS -> FlowState.PAUSED_AFTER_REJECTIONS;
        };
        return new Condition(state, halt.reason(), halt.since());
    }

    private record Condition(FlowState state, String reason, Instant since) {
    }
}
