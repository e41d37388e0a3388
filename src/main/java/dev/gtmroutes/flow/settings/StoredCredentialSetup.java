// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.flow.settings;

import java.nio.file.Path;
import java.util.Optional;

import dev.gtmroutes.credential.Secrets;
import dev.gtmroutes.credential.StoredCredentials;
import dev.gtmroutes.delivery.outcome.DataClaims;
import dev.gtmroutes.vault.CredentialVault;
import dev.gtmroutes.vault.KeySettings;
import io.quarkus.runtime.Startup;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.apache.camel.CamelContext;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Reads the stored credentials at the start, before flows are loaded that use them. */
@Singleton
public class StoredCredentialSetup {

    @Startup
    @Produces
    @Singleton
    CredentialVault open(CamelContext camel, @ConfigProperty(name = "gtm.data") String data,
            @ConfigProperty(name = "gtm.credentials.key") Optional<String> key,
            @ConfigProperty(name = "gtm.credentials.key-file") Optional<String> file) {
        try {
            DataClaims.claim(camel, Path.of(data));
        } catch (IllegalStateException e) {
            throw new ConfigurationException(e.getMessage() + " (gtm.data)");
        }
        CredentialVault vault = new CredentialVault(Path.of(data), new KeySettings(key.orElse(""), file.orElse("")),
                StoredCredentials.of(camel), Secrets.of(camel));
        vault.open();
        return vault;
    }
}
