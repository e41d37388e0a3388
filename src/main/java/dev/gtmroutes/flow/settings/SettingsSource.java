// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.flow.settings;

import io.quarkus.arc.Unremovable;
import jakarta.inject.Singleton;
import org.apache.camel.Ordered;
import org.apache.camel.spi.PropertiesSource;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * The settings of the program, for the placeholders of routes. Camel's own source finds the same, but each time it has
 * found something it reads all settings there are: some milliseconds for each placeholder of each Kamelet that is used.
 */
@Singleton
@Unremovable
class SettingsSource implements PropertiesSource, Ordered {

    @Override
    public String getName() {
        return "settings";
    }

    @Override
    public String getProperty(String name) {
        return ConfigProvider.getConfig().getOptionalValue(name, String.class).orElse(null);
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST;
    }
}
