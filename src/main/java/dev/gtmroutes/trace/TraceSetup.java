// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.trace;

import dev.gtmroutes.delivery.status.DeliveryTrace;
import io.opentelemetry.api.OpenTelemetry;
import io.quarkus.arc.Unremovable;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Where deliveries find who follows them. */
@Singleton
class TraceSetup {

    /** Nobody, and no OpenTelemetry is made, while traces are off. */
    @Produces
    @Singleton
    @Unremovable
    DeliveryTrace trace(@ConfigProperty(name = "quarkus.otel.sdk.disabled") boolean off,
            Instance<OpenTelemetry> openTelemetry) {
        return off ? DeliveryTrace.NONE : new OpenTelemetryTrace(openTelemetry.get());
    }
}
