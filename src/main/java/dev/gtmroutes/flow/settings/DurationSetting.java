// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.flow.settings;

import java.time.Duration;

import dev.gtmroutes.parameter.Durations;
import io.quarkus.runtime.configuration.ConfigurationException;

/** Durations among the settings of the program: they are written as those of flows are. */
public final class DurationSetting {

    private DurationSetting() {
    }

    /** @throws ConfigurationException if it is none; without a cause, so that Quarkus prints the message alone */
    public static Duration parse(String name, String value) {
        try {
            return Durations.parse(value);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(name + ": '" + value + "' is not a duration. " + e.getMessage());
        }
    }
}
