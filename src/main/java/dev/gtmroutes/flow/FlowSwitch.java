package dev.gtmroutes.flow;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import dev.gtmroutes.delivery.Destination;
import dev.gtmroutes.delivery.Destinations;
import dev.gtmroutes.outbox.Outboxes;
import jakarta.inject.Singleton;
import org.apache.camel.CamelContext;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.ServiceStatus;
import org.jboss.logging.Logger;

/** Pauses flows and lets them go on, as a person wishes. A restart forgets it: what counts then is their file. */
@Singleton
public class FlowSwitch {

    private static final Logger LOG = Logger.getLogger(FlowSwitch.class);

    private final CamelContext camel;
    private final Map<String, Instant> switched = new ConcurrentHashMap<>();

    FlowSwitch(CamelContext camel) {
        this.camel = camel;
    }

    /** Stops a loaded flow. Returns when its requests under way have ended; what is not sent stays in its inbox. */
    public synchronized void pause(String flow) {
        if (isRunning(flow)) {
            try {
                camel.getRouteController().stopRoute(flow);
            } catch (Exception e) {
                throw RuntimeCamelException.wrapRuntimeCamelException(e);
            }
            switched.put(flow, Instant.now());
            LOG.infof("%s: paused, as asked for", flow);
        }
    }

    /** Lets a loaded flow go on, whatever made it stop: a person, a credential, or rejected records. */
    public synchronized void resume(String flow) {
        Destinations.of(camel).of(flow).forEach(Destination::resume);
        Outboxes.destinations(camel, flow).forEach(Destination::resume);
        if (!isRunning(flow)) {
            try {
                camel.getRouteController().startRoute(flow);
            } catch (Exception e) {
                throw RuntimeCamelException.wrapRuntimeCamelException(e);
            }
            switched.put(flow, Instant.now());
            LOG.infof("%s: started, as asked for", flow);
        }
    }

    /** Whether a loaded flow takes records, or is about to. */
    boolean isRunning(String flow) {
        ServiceStatus status = camel.getRouteController().getRouteStatus(flow);
        return status != null && (status.isStarted() || status.isStarting());
    }

    /** When a person last stopped or started a flow; empty if nobody did since the program's start. */
    Optional<Instant> lastSwitched(String flow) {
        return Optional.ofNullable(switched.get(flow));
    }
}
