// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.observe;

import java.util.List;

import dev.gtmroutes.thread.VitalTask;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** The program is alive while the threads run that others depend on. Without one of them, only a restart helps. */
@Liveness
@Singleton
public class ThreadsCheck implements HealthCheck {

    @Override
    public HealthCheckResponse call() {
        List<String> dead = VitalTask.dead();
        return dead.isEmpty() ? HealthCheckResponse.up("threads")
                : HealthCheckResponse.named("threads").down().withData("ended", String.join(", ", dead)).build();
    }
}
