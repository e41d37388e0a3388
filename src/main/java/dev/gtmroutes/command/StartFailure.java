// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.command;

import java.net.BindException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.quarkus.runtime.QuarkusBindException;
import io.quarkus.runtime.configuration.ConfigurationException;
import org.apache.camel.PropertyBindingException;
import org.apache.camel.util.StringHelper;

/** Why the program did not start: in one line if a setting, or a port in use, is the reason. */
final class StartFailure {

    private static final String NOT_STARTED = "Not started: ";
    private static final Pattern CONVERSION = Pattern
            .compile("The config property (\\S+) with the config value \"(.*?)\" threw"
                    + " an Exception whilst being converted (?:SRCFG\\d+: )?(.*)");
    private static final Pattern UNREADABLE = Pattern.compile("Failed to load config value of type class \\S+ for: (\\S+)");
    private static final Pattern BINDING = Pattern.compile("(?s)Error binding property \\((\\S+?)=.*");

    private StartFailure() {
    }

    /**
     * Ends the program.
     *
     * @param failure null if it did start, and has ended
     */
    static void exit(int status, Throwable failure) {
        if (failure != null) {
            List<String> lines = lines(failure);
            lines.forEach(System.err::println);
            if (lines.isEmpty()) {
                // A fault of the program: whoever mends it needs all there is.
                failure.printStackTrace();
            }
        }
        System.exit(status);
    }

    /** @return none if it is no mistake that a person can mend */
    static List<String> lines(Throwable failure) {
        List<String> lines = new ArrayList<>();
        for (Throwable each = failure; each != null && lines.isEmpty(); each = each.getCause()) {
            String message = each.getMessage() == null ? "" : each.getMessage();
            if (each instanceof QuarkusBindException ports) {
                lines.add(NOT_STARTED + "port " + ports.getPort() + " on " + ports.getHost()
                        + " cannot be used. Another program "
                        + "may use it. Set another port in quarkus.http.port");
            } else if (each.getCause() instanceof BindException inUse && !(inUse instanceof QuarkusBindException)) {
                lines.add(NOT_STARTED + message + ": " + inUse.getMessage()
                        + ". Another program may use the port. Set another port in quarkus.management.port");
            } else if (each instanceof PropertyBindingException binding) {
                lines.add(binding(message, binding));
            } else {
                settings(message, lines);
                if (lines.isEmpty() && each instanceof ConfigurationException) {
                    String line = message.strip().replaceAll("\\s*\\R\\s*", " ");
                    lines.add(line.startsWith(NOT_STARTED) ? line : NOT_STARTED + line);
                }
            }
        }
        return lines;
    }

    private static void settings(String message, List<String> lines) {
        Matcher conversion = CONVERSION.matcher(message);
        while (conversion.find()) {
            lines.add(NOT_STARTED + conversion.group(1) + ": '" + conversion.group(2) + "' cannot be used. "
                    + conversion.group(3));
        }
        Matcher unreadable = UNREADABLE.matcher(message);
        if (lines.isEmpty() && unreadable.find()) {
            lines.add(NOT_STARTED + unreadable.group(1) + ": the value cannot be used. Enter a value of the form that "
                    + "docs/settings.md shows");
        }
    }

    /** Camel says the value, which may be a password. */
    private static String binding(String message, PropertyBindingException binding) {
        Matcher name = BINDING.matcher(message);
        return NOT_STARTED + StringHelper.camelCaseToDash(name.matches() ? name.group(1) : binding.getPropertyName())
                + ": there is no setting with this name, or its value cannot be used. Compare it with the options of the "
                + "component in the documentation of Camel";
    }
}
