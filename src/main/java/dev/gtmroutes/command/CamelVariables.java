// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.command;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The environment variables of Camel's components, by the names of their settings. An underscore stands for a dot or a dash;
 * the configuration takes all for dots unless a source names the setting, and Camel refuses to start with
 * {@code camel.component.kafka.security.protocol}.
 */
final class CamelVariables {

    private static final Pattern COMPONENT = Pattern.compile("CAMEL_COMPONENT_([A-Z0-9]+)_([A-Z0-9_]+)");

    private CamelVariables() {
    }

    /**
     * @param  environment names and values of variables
     * @return             settings such as {@code camel.component.kafka.security-protocol}, with their values
     */
    static Map<String, String> settings(Map<String, String> environment) {
        Map<String, String> settings = new TreeMap<>();
        environment.forEach((name, value) -> {
            Matcher parts = COMPONENT.matcher(name);
            if (parts.matches()) {
                settings.put("camel.component." + lower(parts.group(1)) + "." + lower(parts.group(2)).replace('_', '-'),
                        value);
            }
        });
        return settings;
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    /** Names them, as system properties, which have a higher rank than the environment; one that is set stays. */
    static void name(Map<String, String> environment) {
        settings(environment).forEach((name, value) -> {
            if (System.getProperty(name) == null) {
                System.setProperty(name, value);
            }
        });
    }
}
