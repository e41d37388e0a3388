// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.flow.settings;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.apache.camel.CamelContext;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Sets how long requests under way have to be answered when the program, or a flow, is stopped. */
@Singleton
public class ShutdownTimeout {

    void set(@Observes StartupEvent started, CamelContext camel,
            @ConfigProperty(name = "gtm.shutdown-timeout") String setting) {
        Duration timeout = DurationSetting.parse("gtm.shutdown-timeout", setting);
        if (timeout.toMillis() < 1) {
            // Camel would take it for no limit. Without a cause, Quarkus prints the message alone.
            throw new ConfigurationException("gtm.shutdown-timeout must be longer than 0, such as 30s");
        }
        camel.getShutdownStrategy().setTimeUnit(TimeUnit.MILLISECONDS);
        camel.getShutdownStrategy().setTimeout(timeout.toMillis());
    }
}
