// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.lint.yaml;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.gtmroutes.parameter.ParameterText;

/**
 * A Camel placeholder in a text: {{name}}, {{?name}} or {{name:default}}.
 *
 * @param name         of the setting or parameter
 * @param defaultValue what it is without one; null where there is none
 * @param function     such as env in {{env:HOME}}, which looks a value up elsewhere; null for a setting
 */
public record Placeholder(String name, String defaultValue, String function) {

    private static final Pattern PATTERN = Pattern.compile("\\{\\{\\??([^{}:]+)(?::([^{}]*))?}}");

    private static final Set<String> FUNCTIONS = Set.of("env", "sys", "service", "service.name", "service.host",
            "service.port", "boolean", "bean", "secret", "secret-binary", "configmap", "configmap-binary", "aws", "gcp",
            "azure", "hashicorp", "cyberark", "ibm");

    public static List<Placeholder> in(String text) {
        List<Placeholder> found = new ArrayList<>();
        Matcher matcher = PATTERN.matcher(text);
        while (matcher.find()) {
            String name = matcher.group(1).strip();
            found.add(matcher.group(2) != null && FUNCTIONS.contains(name)
                    ? new Placeholder(matcher.group(2), null, name) : new Placeholder(name, matcher.group(2), null));
        }
        return found;
    }

    public static boolean anyIn(String text) {
        return ParameterText.hasPlaceholder(text);
    }

    /** Whether it is the name of a setting, or of a parameter or bean of a Kamelet. */
    public boolean isName() {
        return function == null;
    }
}
