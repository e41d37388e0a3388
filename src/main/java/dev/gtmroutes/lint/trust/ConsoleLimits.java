// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.lint.trust;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What the settings allow to flows that are saved or tried in the console and over the API.
 *
 * @param mode            which flows may be saved
 * @param hosts           that URLs may name
 * @param credentialHosts that may get the credential besides the vendor
 * @param directories     that may be read and written, with all below them; absolute
 * @param brokers         of Kafka, beside those of the default
 * @param settings        values by the names of settings; empty where there is none
 */
public record ConsoleLimits(Mode mode, HostList hosts, HostList credentialHosts, List<Path> directories,
        Set<String> brokers, Function<String, Optional<String>> settings) {

    /** The setting that says which flows may be saved. */
    public static final String MODE = "gtm.console.flows";
    static final String HOSTS = "gtm.console.allowed-hosts";
    static final String CREDENTIAL_HOSTS = "gtm.console.allowed-credential-hosts";
    static final String DIRECTORIES = "gtm.console.allowed-directories";
    static final String BROKERS = "gtm.console.allowed-brokers";

    /** Which flows may be saved. */
    public enum Mode {
        /** Those that are made of shipped sources and templates, within the limits. */
        TEMPLATES,
        /** All that a file may hold. */
        ANY,
        /** None: flows can only be seen, started and paused. */
        NONE
    }

    /**
     * @param settings values by the names of settings; empty where there is none
     * @throws IllegalArgumentException if the mode is none; the message names the setting
     */
    public static ConsoleLimits of(Function<String, Optional<String>> settings) {
        return new ConsoleLimits(mode(settings.apply(MODE).orElse("templates").strip()),
                HostList.of(settings.apply(HOSTS).orElse("")), HostList.of(settings.apply(CREDENTIAL_HOSTS).orElse("")),
                HostList.parts(settings.apply(DIRECTORIES).orElse("")).stream().map(ConsoleLimits::absolute).toList(),
                HostList.parts(settings.apply(BROKERS).orElse("")), settings);
    }

    private static Mode mode(String text) {
        return switch (text) {
            case "templates" -> Mode.TEMPLATES;
            case "any" -> Mode.ANY;
            case "none" -> Mode.NONE;
            default -> throw new IllegalArgumentException(MODE + ": '" + text + "' is not allowed. Enter templates, any or "
                    + "none");
        };
    }

    static Path absolute(String path) {
        return Path.of(path).toAbsolutePath().normalize();
    }

    /** The same with more hosts that URLs may name. */
    public ConsoleLimits with(HostList more) {
        return new ConsoleLimits(mode, hosts.and(more), credentialHosts, directories, brokers, settings);
    }

    /** Whether flows, and what is tried, are held to templates and allowed values. */
    public boolean isRestricted() {
        return mode != Mode.ANY;
    }
}
