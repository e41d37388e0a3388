// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.observe;

import java.nio.file.Path;

import dev.gtmroutes.disk.Disk;
import dev.gtmroutes.disk.WriteProbe;
import dev.gtmroutes.flow.FlowStatuses;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** The program is ready when it takes traffic: it knows its flows, and the intake can store what arrives. */
@Readiness
@Singleton
public class IntakeCheck implements HealthCheck {

    private final FlowStatuses flows;
    private final WriteProbe probe;

    IntakeCheck(FlowStatuses flows, @ConfigProperty(name = "gtm.data") Path data) {
        this.flows = flows;
        this.probe = new WriteProbe(data.resolve("inbox"), new Disk());
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder answer = HealthCheckResponse.named("intake");
        String problem = flows.isReady() ? probe.problem() : "the flows are not read yet";
        if (problem != null) {
            answer.withData("problem", problem);
        }
        return answer.status(problem == null).build();
    }
}
