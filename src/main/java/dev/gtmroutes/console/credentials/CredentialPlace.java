// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.credentials;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;

import com.fasterxml.jackson.annotation.JsonValue;

/** Where the values of a credential are from. */
public enum CredentialPlace {

    NONE("", "There is no value."),
    /** The program stores it. */
    CONSOLE("Console", "Stored in the data directory, encrypted."),
    ENVIRONMENT("Environment", "From environment variables. To change it, change them and start the program again."),
    /** The file that a setting names. */
    FILE("File", "From a file that a setting names. To change it, replace the file."),
    SETTINGS("Settings", "From the settings of the program, such as application.properties. To change it, change them and "
            + "start the program again.");

    private final String text;
    private final String help;

    CredentialPlace(String text, String help) {
        this.text = text;
        this.help = help;
    }

    /**
     * Where the first of these settings has its value.
     *
     * @param sources the name of the source that has a value for a setting; null if there is none
     */
    static CredentialPlace of(List<String> settings, Function<String, String> sources) {
        for (String each : settings) {
            String source = sources.apply(each);
            if (source != null) {
                return source.contains("Env") ? ENVIRONMENT : SETTINGS;
            }
            if (sources.apply(each + "-file") != null) {
                return FILE;
            }
        }
        return NONE;
    }

    /** Whether only a person with access to the machine can change it. */
    public boolean isLocked() {
        return Set.of(ENVIRONMENT, FILE, SETTINGS).contains(this);
    }

    /** For people. */
    public String text() {
        return text;
    }

    public String help() {
        return help;
    }

    /** For programs, such as {@code environment}. */
    @JsonValue
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
