// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.flow.settings;

import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;

import org.apache.camel.spi.LoadablePropertiesSource;

/**
 * The settings of the program for flows that are only checked. Where they are checked there may be no credentials: one
 * that is missing has a value here that lets nobody in, and is noted.
 */
public final class DrySettings implements LoadablePropertiesSource {

    private static final Set<String> CREDENTIALS = Set.of("api-key", "access-token", "client-id", "client-secret",
            "refresh-token");
    private static final Set<String> FETCHING = Set.of("client-id", "client-secret", "refresh-token");
    private static final String NO_CREDENTIAL = "none-here";

    private final Set<String> names;
    private final Function<String, Optional<String>> values;
    private final Set<String> stored;
    private final Set<String> missing = new TreeSet<>();

    /**
     * @param names  of the settings that there are
     * @param values of settings by their names; empty where there is none
     */
    public DrySettings(Set<String> names, Function<String, Optional<String>> values) {
        this(names, values, Set.of());
    }

    /** @param stored names of settings in whose place the program stores a value, which cannot be read here */
    public DrySettings(Set<String> names, Function<String, Optional<String>> values, Set<String> stored) {
        this.names = names;
        this.values = values;
        this.stored = stored;
    }

    /** Whether a flow may name this setting. */
    public boolean has(String name) {
        return value(name).isPresent() || isCredential(name);
    }

    /** Credentials that flows asked for and that are not here; none of an API that has another one here. */
    public Set<String> missing() {
        Set<String> all = new TreeSet<>(missing);
        all.removeIf(each -> CREDENTIALS.stream().anyMatch(other -> isHere(prefix(each) + other)));
        return all;
    }

    private boolean isHere(String name) {
        return value(name).isPresent() || stored.contains(name);
    }

    private static String prefix(String name) {
        return name.substring(0, name.lastIndexOf('.') + 1);
    }

    /** Named as the credentials of the vendors are, or as nothing but an environment variable is. */
    private static boolean isCredential(String name) {
        return name.contains(".") && CREDENTIALS.contains(name.substring(prefix(name).length()))
                || name.matches("[A-Z][A-Z0-9_]*");
    }

    /** An API has either a token, or what tokens are fetched for. */
    private boolean isFitting(String name) {
        String kind = name.substring(prefix(name).length());
        boolean fetches = FETCHING.stream().anyMatch(each -> isHere(prefix(name) + each));
        return fetches ? !kind.equals("access-token") && !kind.equals("refresh-token") : !FETCHING.contains(kind);
    }

    private Optional<String> value(String name) {
        return values.apply(name);
    }

    @Override
    public String getProperty(String name) {
        return value(name).orElseGet(() -> {
            if (!isCredential(name)) {
                return null;
            }
            missing.add(name);
            return isFitting(name) ? NO_CREDENTIAL : null;
        });
    }

    @Override
    public String getProperty(String name, String defaultValue) {
        return defaultValue == null ? getProperty(name) : value(name).orElse(defaultValue);
    }

    @Override
    public Properties loadProperties() {
        return loadProperties(any -> true);
    }

    @Override
    public Properties loadProperties(Predicate<String> filter) {
        Properties found = new Properties();
        for (String each : names) {
            if (filter.test(each)) {
                value(each).ifPresent(value -> found.setProperty(each, value));
            }
        }
        return found;
    }

    @Override
    public void reloadProperties(String location) {
        // They are read each time.
    }

    @Override
    public String getName() {
        return "settings";
    }
}
