// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.observe;

import dev.gtmroutes.flow.FlowStatuses;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Startup;

/** The program has started when it has read the flows, whatever is the matter with one of them. */
@Startup
@Singleton
public class StartedCheck implements HealthCheck {

    private final FlowStatuses flows;

    StartedCheck(FlowStatuses flows) {
        this.flows = flows;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("flows are read").status(flows.isReady()).build();
    }
}
