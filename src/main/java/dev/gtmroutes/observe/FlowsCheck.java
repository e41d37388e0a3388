// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.observe;

import dev.gtmroutes.flow.FlowStatus;
import dev.gtmroutes.flow.FlowStatuses;
import dev.gtmroutes.flow.files.RouteProblem;
import io.smallrye.health.api.HealthGroup;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;

/**
 * Whether every flow does what a person wants it to do: it runs, or is paused on purpose, and by the files as they are now.
 * A group of its own: neither a restart nor less traffic would help a flow that is not well.
 */
@HealthGroup("flows")
@Singleton
public class FlowsCheck implements HealthCheck {

    private final FlowStatuses flows;

    FlowsCheck(FlowStatuses flows) {
        this.flows = flows;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder answer = HealthCheckResponse.named("flows");
        boolean well = flows.isReady();
        for (FlowStatus each : flows.all()) {
            well &= each.isWell();
            answer.withData(each.id(), text(each));
        }
        for (RouteProblem each : flows.kameletProblems()) {
            well = false;
            answer.withData(each.file().getFileName().toString(), each.toString());
        }
        return answer.status(well).build();
    }

    private static String text(FlowStatus flow) {
        String state = flow.reason().isEmpty() ? flow.state().toString() : flow.state() + ": " + flow.reason();
        return flow.problem().isEmpty() ? state : state + ", with its previous version: " + flow.problem();
    }
}
