// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.flow;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

import dev.gtmroutes.delivery.status.DestinationRegistry;
import dev.gtmroutes.delivery.status.DestinationStatus;
import dev.gtmroutes.outbox.Outboxes;
import jakarta.inject.Singleton;
import org.apache.camel.CamelContext;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.ServiceStatus;
import org.jboss.logging.Logger;

/**
 * Pauses flows and lets them go on, as a person wishes. An edit of a flow leaves it as it is, unless it changes its
 * {@code autoStartup}. A restart forgets it: what counts then is its file.
 */
@Singleton
public class FlowSwitch {

    private static final Logger LOG = Logger.getLogger(FlowSwitch.class);

    /** What a person last did with a flow, and when. */
    private record Switched(boolean paused, Instant at) {
    }

    private final CamelContext camel;
    private final Map<String, Switched> switched = new ConcurrentHashMap<>();
    private final Map<String, ReentrantLock> locks = new ConcurrentHashMap<>();

    FlowSwitch(CamelContext camel) {
        this.camel = camel;
    }

    /** Stops a loaded flow. Returns when its requests under way have ended; what is not sent stays in its inbox. */
    public void pause(String flow) {
        hold(List.of(flow), () -> {
            if (isRunning(flow)) {
                try {
                    camel.getRouteController().stopRoute(flow);
                } catch (Exception e) {
                    throw RuntimeCamelException.wrapRuntimeCamelException(e);
                }
                switched.put(flow, new Switched(true, Instant.now()));
                LOG.infof("%s: paused on request", flow);
            }
        });
    }

    /** Lets a loaded flow go on, whatever made it stop: a person, a credential, or rejected records. */
    public void resume(String flow) {
        hold(List.of(flow), () -> {
            DestinationRegistry.of(camel).of(flow).forEach(DestinationStatus::resume);
            Outboxes.destinations(camel, flow).forEach(DestinationStatus::resume);
            if (!isRunning(flow) && camel.getRoute(flow) != null) {
                try {
                    camel.getRouteController().startRoute(flow);
                } catch (Exception e) {
                    throw RuntimeCamelException.wrapRuntimeCamelException(e);
                }
                switched.put(flow, new Switched(false, Instant.now()));
                LOG.infof("%s: started on request", flow);
            }
        });
    }

    /** Changes flows while nobody else stops, starts or changes them. */
    void hold(Collection<String> flows, Runnable change) {
        // All take them in the same order, so that nobody waits for somebody who waits for him.
        List<ReentrantLock> held = new TreeSet<>(flows).stream()
                .map(each -> locks.computeIfAbsent(each, id -> new ReentrantLock())).toList();
        held.forEach(ReentrantLock::lock);
        try {
            change.run();
        } finally {
            held.forEach(ReentrantLock::unlock);
        }
    }

    /** What counts for this flow is its file again. */
    void forget(String flow) {
        switched.remove(flow);
    }

    /** Whether a loaded flow takes records, or is about to. */
    boolean isRunning(String flow) {
        ServiceStatus status = camel.getRouteController().getRouteStatus(flow);
        return status != null && (status.isStarted() || status.isStarting());
    }

    /** When a person last stopped or started a flow; empty if nobody did since the program's start. */
    Optional<Instant> lastSwitched(String flow) {
        return Optional.ofNullable(switched.get(flow)).map(Switched::at);
    }

    /** Whether the last thing that a person did with a flow since the program's start was to stop it. */
    boolean isPaused(String flow) {
        return Optional.ofNullable(switched.get(flow)).filter(Switched::paused).isPresent();
    }
}
