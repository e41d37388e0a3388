package dev.gtmroutes.console;

import dev.gtmroutes.flow.FlowStatus;
import dev.gtmroutes.flow.FlowWatch;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** The program is ready when every flow does what a person wants it to do: it runs, or is paused on purpose. */
@Readiness
@Singleton
public class FlowsCheck implements HealthCheck {

    private final FlowWatch flows;

    FlowsCheck(FlowWatch flows) {
        this.flows = flows;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder answer = HealthCheckResponse.named("flows");
        boolean well = flows.isReady();
        for (FlowStatus each : flows.all()) {
            well &= each.state().isWanted();
            answer.withData(each.id(), each.reason().isEmpty() ? each.state().toString()
                    : each.state() + ": " + each.reason());
        }
        return answer.status(well).build();
    }
}
