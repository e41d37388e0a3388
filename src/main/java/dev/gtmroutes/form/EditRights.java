// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.form;

import java.util.NoSuchElementException;
import java.util.Optional;

import dev.gtmroutes.lint.trust.ConsoleLimits;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.Config;

/** Which flows the console and the API may save. */
@Singleton
public class EditRights {

    private final Config config;

    EditRights(Config config) {
        this.config = config;
    }

    /** A value that there is not would otherwise show with the first edit. */
    void check(@Observes StartupEvent started) {
        try {
            limits();
        } catch (IllegalArgumentException e) {
            // Without a cause, Quarkus prints the message alone.
            throw new ConfigurationException(e.getMessage());
        }
    }

    /** What the settings allow. */
    public ConsoleLimits limits() {
        return ConsoleLimits.of(name -> value(config, name));
    }

    /** Whether flows can be saved at all. */
    public boolean mayEdit() {
        return limits().mode() != ConsoleLimits.Mode.NONE;
    }

    /** @throws RefusedEdit if flows are only to be seen */
    void requireEdit() throws RefusedEdit {
        if (!mayEdit()) {
            throw RefusedEdit.of(RefusedEdit.Kind.FORBIDDEN, "The console and the API cannot change flows here, because the "
                    + "setting " + ConsoleLimits.MODE + " is none. Edit the files on the disk.");
        }
    }

    static Optional<String> value(Config config, String name) {
        try {
            return config.getOptionalValue(name, String.class);
        } catch (NoSuchElementException e) {
            // It is made of one that there is not, such as ${ACME_KEY}.
            return Optional.empty();
        }
    }
}
