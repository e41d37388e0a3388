// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.flow.settings;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.apache.camel.CamelContext;
import org.apache.camel.Component;
import org.apache.camel.spi.PropertyConfigurer;
import org.apache.camel.spi.PropertyConfigurerGetter;
import org.apache.camel.util.StringHelper;
import org.eclipse.microprofile.config.Config;

/**
 * Checks the values of settings that would otherwise be ignored, or found wrong only by each flow that uses them: those of
 * Camel's components, such as {@code camel.component.kafka.delivery-timeout-ms}, and those that Kamelets read.
 */
@Singleton
class ComponentSettings {

    private static final List<String> SWITCHES = List.of("gtm.routes.strict", "gtm.sandbox.enabled", "gtm.demo.enabled");
    private static final List<String> NUMBERS = List.of("gtm.instances", "gtm.pause-after-rejections");
    private static final List<String> DURATIONS = List.of("gtm.retry-max-delay", "gtm.connect-timeout",
            "gtm.response-timeout", "gtm.request-timeout", "gtm.inbox.quiet");

    private static final Pattern NAME = Pattern.compile("camel\\.component\\.([a-z0-9-]+)\\.([A-Za-z0-9-]+)");

    /** @throws ConfigurationException for the first wrong one; without a cause, so that the message stands alone */
    void check(@Observes StartupEvent started, CamelContext camel, Config settings) {
        SWITCHES.forEach(name -> check(camel, name, boolean.class, value(settings, name).orElse("false")));
        NUMBERS.forEach(name -> check(camel, name, int.class, value(settings, name).orElse("0")));
        DURATIONS.forEach(name -> value(settings, name).ifPresent(value -> DurationSetting.parse(name, value)));
        for (String name : settings.getPropertyNames()) {
            Matcher parts = NAME.matcher(name);
            if (parts.matches()) {
                Component component = camel.getComponent(parts.group(1), true, false);
                Optional<String> value = value(settings, name);
                if (component != null && value.isPresent()) {
                    check(camel, name, type(component, StringHelper.dashToCamelCase(parts.group(2))), value.get());
                }
            }
        }
    }

    private static Optional<String> value(Config settings, String name) {
        return settings.getOptionalValue(name, String.class).filter(each -> !each.isBlank());
    }

    /** @return null if it is not known */
    private static Class<?> type(Component component, String option) {
        PropertyConfigurer configurer = component.getComponentPropertyConfigurer();
        return configurer instanceof PropertyConfigurerGetter getter ? getter.getOptionType(option, true) : null;
    }

    private static void check(CamelContext camel, String name, Class<?> type, String value) {
        boolean isNumber = type != null && (type.isPrimitive() || Number.class.isAssignableFrom(type))
                && type != boolean.class;
        if (isNumber && camel.getTypeConverter().tryConvertTo(type, value) == null) {
            throw new ConfigurationException(name + ": '" + value + "' is not a number");
        }
        if ((type == boolean.class || type == Boolean.class) && !value.strip().matches("(?i)true|false")) {
            throw new ConfigurationException(name + ": '" + value + "' is not true or false");
        }
    }
}
