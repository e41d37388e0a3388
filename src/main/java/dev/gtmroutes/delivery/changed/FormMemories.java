// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.delivery.changed;

import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import dev.gtmroutes.credential.Secrets;
import dev.gtmroutes.credential.token.TokenFile;
import dev.gtmroutes.parameter.Durations;
import dev.gtmroutes.remembered.FolderMemory;
import dev.gtmroutes.remembered.FormMemory;
import dev.gtmroutes.remembered.table.TableMemory;
import dev.gtmroutes.remembered.table.TableSettings;

/** Where Only Changed keeps what was delivered: in the data directory or, if the settings name a database, there. */
public final class FormMemories {

    private static final String URL = "gtm.only-changed.jdbc-url";
    private static final String USER = "gtm.only-changed.jdbc-user";
    private static final String PASSWORD = "gtm.only-changed.jdbc-password";
    private static final String PASSWORD_FILE = "gtm.only-changed.jdbc-password-file";
    private static final String REQUEST_TIMEOUT = "gtm.request-timeout";
    private static final Duration SHORTEST = Duration.ofMinutes(5);

    private FormMemories() {
    }

    /**
     * @param data     the data directory
     * @param settings the value of a setting by its name; blank for none
     * @param secrets  learns the password
     */
    public static FormMemory of(Path data, UnaryOperator<String> settings, Secrets secrets) {
        String url = settings.apply(URL).strip();
        if (url.isEmpty()) {
            return new FolderMemory();
        }
        return new TableMemory(new TableSettings(url, settings.apply(USER).strip(), password(settings, secrets),
                longest(settings.apply(REQUEST_TIMEOUT))), data);
    }

    private static Supplier<String> password(UnaryOperator<String> settings, Secrets secrets) {
        String password = settings.apply(PASSWORD).strip();
        String file = settings.apply(PASSWORD_FILE).strip();
        if (!password.isEmpty() && !file.isEmpty()) {
            return () -> {
                throw new IllegalArgumentException(PASSWORD + " and " + PASSWORD_FILE + " are set. Remove one of the two");
            };
        }
        if (file.isEmpty()) {
            return () -> password.isEmpty() ? null : password;
        }
        return () -> {
            String read = new TokenFile(Path.of(file), PASSWORD_FILE).read();
            secrets.addFrom(PASSWORD_FILE, read);
            return read;
        };
    }

    /** Twice the longest request: its response is worked on, too. */
    private static Duration longest(String requestTimeout) {
        Duration twice = Durations.isDuration(requestTimeout) ? Durations.parse(requestTimeout).multipliedBy(2) : SHORTEST;
        return twice.compareTo(SHORTEST) < 0 ? SHORTEST : twice;
    }
}
