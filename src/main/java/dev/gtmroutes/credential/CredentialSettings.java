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
 * stand in a file, which {@code people-ai.api-key-file} names. Only if none of this gives anything, the credential is the
 * one that the program stores: the parts of one never come from both.
 */
final class CredentialSettings {

    /** Behind the name of a setting: the setting is the path of a file that contains the value. */
    private static final String FILE = "-file";

    /** Where the values are from. */
    private enum Place {
        SETTINGS, STORE, TRIAL
    }

    private final CredentialName credential;
    private final String prefix;
    private final Place place;
    private final Map<String, String> values = new LinkedHashMap<>();
    private final Map<String, TokenFile> files = new HashMap<>();

    /**
     * @param name  name of the credential, "default" for the one without a name in its settings
     * @param given the parameters of the Kamelet by the names of their settings, blank where they leave it to these
     */
    CredentialSettings(CamelContext camel, String vendor, String name, Map<String, String> given) {
        this.credential = new CredentialName(vendor, name);
        this.prefix = credential.settings();
        given.forEach((setting, value) -> {
            String found = value == null || value.isBlank() ? setting(camel, name(setting)) : value;
            String file = found.isBlank() ? setting(camel, name(setting) + FILE).strip() : "";
            if (!file.isEmpty()) {
                files.put(setting, new TokenFile(Path.of(file), name(setting) + FILE));
                found = files.get(setting).read();
            }
            values.put(setting, found.strip());
        });
        this.place = isEmpty() ? Place.STORE : Place.SETTINGS;
        if (place == Place.STORE) {
            Map<String, String> stored = StoredCredentials.of(camel).values(credential);
            values.replaceAll((setting, none) -> stored.getOrDefault(setting, ""));
        }
    }

    /**
     * Values that a person tests before they save them.
     *
     * @param offered which settings the vendor API knows
     */
    CredentialSettings(String vendor, String name, Set<String> offered, Map<String, String> values) {
        this.credential = new CredentialName(vendor, name);
        this.prefix = credential.settings();
        this.place = Place.TRIAL;
        offered.forEach(setting -> this.values.put(setting, values.getOrDefault(setting, "").strip()));
    }

    /** Whether no setting and no file gives anything, so that what the program stores counts, and may change. */
    boolean isStored() {
        return place == Place.STORE;
    }

    /** Whether there is no value at all. */
    boolean isEmpty() {
        return values.values().stream().allMatch(String::isEmpty);
    }

    /** Whether these are the same values from the same place. */
    boolean isLike(CredentialSettings other) {
        return place == other.place && values.equals(other.values);
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
            learn(setting, secrets);
            return () -> value;
        }
        secrets.addFrom(file.setting(), value);
        return new RotatedSecret(file, secrets);
    }

    /** Has a value masked. One in a setting stays as long as the program runs; others are replaced. */
    void learn(String setting, Secrets secrets) {
        switch (place) {
            case SETTINGS -> secrets.add(value(setting));
            case STORE -> secrets.addFrom(StoredCredentials.label(credential, setting), value(setting));
            case TRIAL -> secrets.addPassing(value(setting));
        }
    }

    /** The name of a setting as a person writes it. */
    String name(String setting) {
        return prefix + setting;
    }

    /** Where a person replaces a value. */
    String source(String setting) {
        return place == Place.SETTINGS ? name(setting) : "the console, on the page Credentials";
    }

    /** What a person looks at if the client is refused. */
    String client() {
        return place == Place.SETTINGS ? name("client-id") + " and " + name("client-secret")
                : "the client ID and the client secret";
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
            throw new MissingCredentialException("setting " + name(setting) + " is missing. " + whereToGive(setting));
        }
        if (!values.get(setting).matches("[!-~]+")) {
            throw new IllegalArgumentException("setting " + name(setting)
                    + " cannot be sent: it contains a space or a character that is not ASCII");
        }
        return values.get(setting);
    }

    /** What to do about a credential of which nothing is given; names all the ways that there are. */
    MissingCredentialException missing() {
        Set<String> offered = values.keySet();
        if (offered.size() == 1) {
            String only = offered.iterator().next();
            return new MissingCredentialException("setting " + name(only) + " is missing. " + whereToGive(only));
        }
        String fixed = offered.stream().filter(each -> each.equals("api-key") || each.equals("access-token"))
                .map(this::name).collect(Collectors.joining(" or "));
        return new MissingCredentialException("there is no credential: enter it in the console on the page "
                + "Credentials, or set " + fixed + ", or " + name("client-id")
                + " and " + name("client-secret")
                + (offered.contains("refresh-token") ? ", optionally with " + name("refresh-token") : "")
                + ", in application.properties or the environment");
    }

    private String whereToGive(String setting) {
        // What the program stores is used only where settings give nothing.
        String first = isEmpty() ? "Enter it in the console on the page Credentials, or set it in " : "Set it in ";
        return first + "application.properties, or as the environment variable "
                + name(setting).replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }
}
