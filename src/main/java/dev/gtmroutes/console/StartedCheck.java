package dev.gtmroutes.console;

import dev.gtmroutes.flow.FlowWatch;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Startup;

/** The program has started when it has read the flows, whatever is the matter with one of them. */
@Startup
@Singleton
public class StartedCheck implements HealthCheck {

    private final FlowWatch flows;

    StartedCheck(FlowWatch flows) {
        this.flows = flows;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("flows are read").status(flows.isReady()).build();
    }
}
