package dev.gtmroutes.flow;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import dev.gtmroutes.delivery.Destination;
import dev.gtmroutes.delivery.Destinations;
import dev.gtmroutes.delivery.Halt;
import dev.gtmroutes.inbox.Backlog;
import jakarta.inject.Singleton;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** How the flows are now, for those who watch them: a person, metrics, a health check. */
@Singleton
public class FlowWatch {

    private final Flows flows;
    private final FlowSwitch switches;
    private final CamelContext camel;
    private final Backlog backlog;

    FlowWatch(Flows flows, FlowSwitch switches, CamelContext camel, @ConfigProperty(name = "gtm.data") Path data) {
        this.flows = flows;
        this.switches = switches;
        this.camel = camel;
        this.backlog = new Backlog(data);
    }

    /** Whether the flows have been read since the program's start. */
    public boolean isReady() {
        return flows.areLoaded();
    }

    /** All flows there are files for, in the order of these. */
    public List<FlowStatus> all() {
        return flows.files().stream().flatMap(file -> file.flows().stream().map(each -> status(file, each))).toList();
    }

    /** One flow; empty if there is no such flow. */
    public Optional<FlowStatus> of(String flow) {
        return flows.files().stream().filter(each -> each.flows().contains(flow)).findFirst()
                .map(each -> status(each, flow));
    }

    private FlowStatus status(FlowFile file, String flow) {
        Condition now = condition(file, flow);
        Route route = camel.getRoute(flow);
        String description = route == null || route.getDescription() == null ? "" : route.getDescription();
        return new FlowStatus(flow, description, now.state, now.reason, now.since, backlog.oldest(flow),
                Destinations.of(camel).of(flow));
    }

    private Condition condition(FlowFile file, String flow) {
        if (!file.isLoaded()) {
            return new Condition(FlowState.NOT_LOADED, String.join("; ", file.problems()), file.read());
        }
        if (!switches.isRunning(flow)) {
            return switches.lastSwitched(flow).map(since -> new Condition(FlowState.PAUSED, "paused by a person", since))
                    .orElse(new Condition(FlowState.PAUSED, "not activated (autoStartup: false)", file.read()));
        }
        // What waits for a person comes before what may go on by itself.
        return Destinations.of(camel).of(flow).stream().map(Destination::halt).flatMap(Optional::stream)
                .max(Comparator.comparing(Halt::kind)).map(FlowWatch::halted)
                .orElse(new Condition(FlowState.ACTIVE, "", switches.lastSwitched(flow).orElse(file.read())));
    }

    private static Condition halted(Halt halt) {
        FlowState state = switch (halt.kind()) {
            case CREDENTIAL -> FlowState.WAITING_FOR_CREDENTIAL;
            case REJECTIONS -> FlowState.PAUSED_AFTER_REJECTIONS;
        };
        return new Condition(state, halt.reason(), halt.since());
    }

    private record Condition(FlowState state, String reason, Instant since) {
    }
}
