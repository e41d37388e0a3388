// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.lint.trust;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.gtmroutes.lint.kamelet.Parameter;
import dev.gtmroutes.lint.yaml.Placeholder;
import dev.gtmroutes.parameter.ParameterText;

/**
 * Values that lead out of the program: to a host, a directory, a broker. What the parameter is by default is allowed, and
 * what the settings allow. A parameter is known by its name, so that it means the same in Kamelets of users.
 */
final class GuardedValues {

    private static final Pattern URLS = Pattern.compile("(?i).*(url|uri|webhook|endpoint)|hosts?");
    private static final Pattern DIRECTORIES = Pattern.compile("(?i)data|state|schema|.*(directory|folder|dir)");
    /** What comes behind it cannot change the host any more. */
    private static final Pattern AUTHORITY = Pattern
            .compile("(?is)https?://([a-z0-9.-]+|\\[[0-9a-f:.]+])(:\\d{1,5})?(?:[/?#].*)?");
    private static final Pattern HOST = Pattern.compile("(?i)([a-z0-9.-]+|\\[[0-9a-f:.]+])(:\\d{1,5})?");

    /**
     * The call that a value belongs to.
     *
     * @param flow  the id of the flow; empty where there is none yet
     * @param given all values by parameter
     */
    record Call(String flow, Map<String, String> given) {
    }

    private interface Rule {
        Optional<String> refuses(String value);
    }

    private final ConsoleLimits limits;

    GuardedValues(ConsoleLimits limits) {
        this.limits = limits;
    }

    /** @return why it cannot have this value, and what to do; empty if it can */
    Optional<String> refuses(Parameter parameter, String value, Call call) {
        String name = parameter.name();
        if (value.isBlank() || value.strip().equals(usual(parameter))) {
            return Optional.empty();
        }
        if (name.equals("api")) {
            return Optional.of("An endpoint of Camel is not allowed in flows of the console.");
        }
        if (name.equals("flow")) {
            return call.flow.isEmpty() || value.equals(call.flow) ? Optional.empty()
                    : Optional.of("In flows of the console, this is the id of the flow. Enter " + call.flow + ".");
        }
        Rule rule = name.equals("sendCredentialTo") ? this::credentialHosts
                : name.equals("brokers") ? each -> brokers(parameter, each)
                : URLS.matcher(name).matches() ? each -> url(parameter, each)
                : DIRECTORIES.matcher(name).matches() ? each -> directory(name, each, call) : null;
        return rule == null ? Optional.empty() : each(value, rule);
    }

    private Optional<String> each(String value, Rule rule) {
        for (String meaning : FlowPlaceholders.meanings(value, limits.settings())) {
            if (meaning == null) {
                return Optional.of("A setting in this value is missing. Set it, or enter the value without it.");
            }
            Optional<String> refusal = rule.refuses(meaning.strip());
            if (refusal.isPresent()) {
                return refusal;
            }
        }
        return Optional.empty();
    }

    /** The default with the values of settings in it. */
    private String usual(Parameter parameter) {
        return parameter.defaultValue() == null ? "" : ParameterText.resolve(parameter.defaultValue(), each -> Placeholder
                .in(each).stream().findFirst().flatMap(setting -> limits.settings().apply(setting.name())
                        .or(() -> Optional.ofNullable(setting.defaultValue())))
                .orElse("")).strip();
    }

    private Optional<String> url(Parameter parameter, String value) {
        if (value.isEmpty() || parameter.isUriTemplate() && value.startsWith("/") && !value.startsWith("//")) {
            return Optional.empty();
        }
        Matcher named = HOST.matcher(value);
        Matcher authority = AUTHORITY.matcher(value);
        if (parameter.name().toLowerCase(Locale.ROOT).startsWith("host") && named.matches()) {
            return host(named);
        }
        return authority.matches() ? host(authority) : Optional.of("In flows of the console, a URL begins with http:// or "
                + "https:// and the name of a host. Its host cannot come from a record.");
    }

    private Optional<String> host(Matcher authority) {
        String host = authority.group(1) + (authority.group(2) == null ? "" : authority.group(2));
        return limits.hosts().has(host) ? Optional.empty() : Optional.of("The host " + host + " is not allowed in flows of "
                + "the console. Add it to the setting " + ConsoleLimits.HOSTS + ", or put the URL into a setting such as "
                + "flow.url and enter {{flow.url}}.");
    }

    private Optional<String> credentialHosts(String value) {
        return HostList.parts(value).stream().filter(each -> !limits.credentialHosts().has(each)).findFirst()
                .map(each -> "The host " + each + " cannot receive a credential from flows of the console. Add it to the "
                        + "setting " + ConsoleLimits.CREDENTIAL_HOSTS + ".");
    }

    private Optional<String> brokers(Parameter parameter, String value) {
        return HostList.parts(value).stream().filter(each -> !limits.brokers().contains(each)
                && !HostList.parts(usual(parameter)).contains(each)).findFirst()
                .map(each -> "The broker " + each + " is not allowed in flows of the console. Add it to the setting "
                        + ConsoleLimits.BROKERS + ".");
    }

    private Optional<String> directory(String name, String value, Call call) {
        Optional<Path> path = path(name, value, call);
        boolean allowed = path.filter(each -> limits.directories().stream().anyMatch(each::startsWith)).isPresent();
        return allowed ? Optional.empty() : Optional.of("The directory " + path.map(Path::toString).orElse("")
                + " is not allowed in flows of the console. Add it to the setting " + ConsoleLimits.DIRECTORIES + ".");
    }

    /** The folder of an inbox is one below its data directory. */
    private Optional<Path> path(String name, String value, Call call) {
        String data = call.given.getOrDefault("data", limits.settings().apply("gtm.data").orElse("data"));
        try {
            return Optional
                    .of(ConsoleLimits.absolute(name.equals("folder") ? Path.of(data).resolve(value).toString() : value));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }
}
