// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.observe;

import java.util.List;
import java.util.Map;

import dev.gtmroutes.export.Exports;
import dev.gtmroutes.paged.PagedReads;
import io.smallrye.health.api.HealthGroup;
import jakarta.inject.Singleton;
import org.apache.camel.CamelContext;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;

/**
 * Whether what flows fetch is all there is, and comes in time. A group of its own: neither a restart nor less traffic would
 * help a source whose vendor is slow, or has lost data.
 */
@HealthGroup("sources")
@Singleton
public class SourcesCheck implements HealthCheck {

    private final CamelContext camel;

    SourcesCheck(CamelContext camel) {
        this.camel = camel;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder answer = HealthCheckResponse.named("sources");
        boolean well = true;
        for (Map<String, List<String>> sources : List.of(Exports.concerns(camel), PagedReads.concerns(camel))) {
            for (Map.Entry<String, List<String>> each : sources.entrySet()) {
                well &= each.getValue().isEmpty();
                answer.withData(each.getKey(), each.getValue().isEmpty() ? "well" : String.join("; ", each.getValue()));
            }
        }
        return answer.status(well).build();
    }
}
