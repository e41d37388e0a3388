// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.intake;

import java.io.IOException;
import java.nio.file.Path;

import dev.gtmroutes.delivery.outcome.DataClaims;
import dev.gtmroutes.flow.settings.DurationSetting;
import dev.gtmroutes.inbox.arrival.Intake;
import dev.gtmroutes.inbox.arrival.IntakeSettings;
import dev.gtmroutes.inbox.arrival.Intakes;
import dev.gtmroutes.record.read.RecordSize;
import io.quarkus.runtime.Startup;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.runtime.configuration.MemorySize;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.apache.camel.CamelContext;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Opens the program's intake at the start, with the settings {@code gtm.data} and {@code gtm.intake.*}. */
@Singleton
public class IntakeSetup {

    /** At the start, not at the first request: records that an earlier run acknowledged must not wait for one. */
    @Startup
    @Produces
    @Singleton
    Intake open(CamelContext camel, @ConfigProperty(name = "gtm.data") String data,
            @ConfigProperty(name = "gtm.intake.max-bytes") MemorySize maxBytes,
            @ConfigProperty(name = "gtm.intake.quiet") String quiet,
            @ConfigProperty(name = "gtm.intake.linger") String linger,
            @ConfigProperty(name = RecordSize.SETTING, defaultValue = "16M") String maxRecord) {
        try {
            DataClaims.claim(camel, Path.of(data));
            Intake intake = new Intake(Path.of(data, "inbox"), new IntakeSettings(maxBytes.asLongValue(),
                    DurationSetting.parse("gtm.intake.quiet", quiet), DurationSetting.parse("gtm.intake.linger", linger))
                    .withMaxRecord(RecordSize.of(maxRecord)));
            // Response events of flows come the same way.
            Intakes.of(camel).share(Path.of(data, "inbox"), intake);
            return intake;
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(e.getMessage());
        } catch (IOException | IllegalStateException e) {
            // Without a cause, Quarkus prints the message alone and no stack trace.
            throw new ConfigurationException(e.getMessage() + " (gtm.data)");
        }
    }

    void close(@Disposes Intake intake) throws IOException {
        intake.close();
    }
}
