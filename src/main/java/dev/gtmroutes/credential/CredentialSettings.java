// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.credential;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import dev.gtmroutes.credential.token.RotatedSecret;
import dev.gtmroutes.credential.token.TokenFile;
import org.apache.camel.CamelContext;

/**
 * The values that make up a credential. A Kamelet's own parameters come first; what they leave out are settings:
 * {@code people-ai.api-key} of the default credential, {@code people-ai.acme.api-key} of the one named acme. A named
 * credential never takes a value of the default one: it would send one customer's records with another's key. A value may
 * stand in a file, which {@code people-ai.api-key-file} names.
 */
final class CredentialSettings {

    /** Behind the name of a setting: the setting is the path of a file that contains the value. */
    private static final String FILE = "-file";

    private final String prefix;
    private final Map<String, String> values = new LinkedHashMap<>();
    private final Map<String, TokenFile> files = new HashMap<>();

    /**
     * @param name  name of the credential, "default" for the one without a name in its settings
     * @param given the parameters of the Kamelet by the names of their settings, blank where they leave it to these
     */
    CredentialSettings(CamelContext camel, String vendor, String name, Map<String, String> given) {
        this.prefix = name.equals("default") ? vendor + "." : vendor + "." + name + ".";
        given.forEach((setting, value) -> {
            String found = value == null || value.isBlank() ? setting(camel, name(setting)) : value;
            String file = found.isBlank() ? setting(camel, name(setting) + FILE).strip() : "";
            if (!file.isEmpty()) {
                files.put(setting, new TokenFile(Path.of(file), name(setting) + FILE));
                found = files.get(setting).read();
            }
            values.put(setting, found.strip());
        });
    }

    private static String setting(CamelContext camel, String name) {
        return camel.getPropertiesComponent().resolveProperty(name).orElse("");
    }

    /** The file that a value comes from; null if it stands in the setting itself. */
    TokenFile file(String setting) {
        return files.get(setting);
    }

    /**
     * A value as it is at the moment, for each time when it is sent.
     *
     * @throws IllegalArgumentException as {@link #value} does
     */
    Supplier<String> current(String setting, Secrets secrets) {
        String value = value(setting);
        TokenFile file = files.get(setting);
        if (file == null) {
            secrets.add(value);
            return () -> value;
        }
        secrets.addFrom(file.setting(), value);
        return new RotatedSecret(file, secrets);
    }

    /** The name of a setting as a person writes it. */
    String name(String setting) {
        return prefix + setting;
    }

    boolean has(String setting) {
        return !values.getOrDefault(setting, "").isEmpty();
    }

    /**
     * @return its value
     * @throws IllegalArgumentException if it is missing, or cannot be sent
     */
    String value(String setting) {
        if (!has(setting)) {
            throw new IllegalArgumentException("setting " + name(setting) + " is missing. " + whereToGive(setting));
        }
        if (!values.get(setting).matches("[!-~]+")) {
            throw new IllegalArgumentException("setting " + name(setting)
                    + " cannot be sent: it contains a space or a character that is not ASCII");
        }
        return values.get(setting);
    }

    /** What to do about a credential of which nothing is given; names all the ways that there are. */
    IllegalArgumentException missing() {
        Set<String> offered = values.keySet();
        if (offered.size() == 1) {
            String only = offered.iterator().next();
            return new IllegalArgumentException("setting " + name(only) + " is missing. " + whereToGive(only));
        }
        String fixed = offered.stream().filter(each -> each.equals("api-key") || each.equals("access-token"))
                .map(this::name).collect(Collectors.joining(" or "));
        return new IllegalArgumentException("there is no credential: set " + fixed + ", or " + name("client-id")
                + " and " + name("client-secret")
                + (offered.contains("refresh-token") ? ", optionally with " + name("refresh-token") : "")
                + ", in application.properties or the environment");
    }

    private String whereToGive(String setting) {
        return "Set it in application.properties, or as the environment variable "
                + name(setting).replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }
}
