// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.access;

import java.util.List;
import java.util.Locale;
import java.util.stream.StreamSupport;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import org.eclipse.microprofile.config.Config;
import org.jboss.logging.Logger;

/**
 * Refuses to start where others reach the console without a password, or with one that can be guessed, and warns where
 * passwords travel without encryption.
 */
@Singleton
public class NetworkCheck {

    private static final Logger LOG = Logger.getLogger(NetworkCheck.class);
    private static final String PLAIN = "quarkus.http.insecure-requests";

    private final Passwords passwords;
    private final Reach reach;
    private final Config settings;

    NetworkCheck(Passwords passwords, Reach reach, Config settings) {
        this.passwords = passwords;
        this.reach = reach;
        this.settings = settings;
    }

    void check(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent started) {
        List<String> tooShort;
        try {
            tooShort = passwords.tooShort();
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException("Not started: " + e.getMessage());
        }
        if (reach.isThisMachineOnly()) {
            return;
        }
        if (passwords.areNone()) {
            throw refused("could open the console without a password. Set gtm.console.operator-password (as an environment "
                    + "variable: GTM_CONSOLE_OPERATOR_PASSWORD)");
        }
        if (!tooShort.isEmpty()) {
            throw refused("could guess the password in " + tooShort.get(0) + ". Set a password of at least "
                    + Passwords.LEAST + " characters");
        }
        if (!reach.isProxied()) {
            warn();
        }
    }

    /** Without a cause, Quarkus prints the message alone. */
    private ConfigurationException refused(String danger) {
        return new ConfigurationException("Not started: " + (reach.isProxied()
                ? "quarkus.http.proxy.proxy-address-forwarding is true, so users of the reverse proxy " + danger
                : "quarkus.http.host is " + reach.address() + ", so other machines " + danger
                        + ", or set quarkus.http.host to 127.0.0.1"));
    }

    private void warn() {
        boolean encrypts = StreamSupport.stream(settings.getPropertyNames().spliterator(), false)
                .filter(each -> each.startsWith("quarkus.http.ssl.certificate.") || each.startsWith("quarkus.tls."))
                .anyMatch(each -> settings.getOptionalValue(each, String.class).isPresent());
        String plain = settings.getOptionalValue(PLAIN, String.class).orElse("enabled").toLowerCase(Locale.ROOT);
        if (!encrypts) {
            LOG.warnf("Passwords and tokens travel without encryption: the program listens on %s without HTTPS. Set "
                    + "quarkus.http.ssl.certificate.files and .key-files, or set "
                    + "quarkus.http.proxy.proxy-address-forwarding=true behind a reverse proxy with HTTPS", reach.address());
        } else if (plain.equals("enabled")) {
            LOG.warnf(
                    "Passwords and tokens can travel without encryption: beside HTTPS, the program accepts HTTP on %s. Set "
                            + "%s=redirect or disabled",
                    reach.address(), PLAIN);
        }
    }
}
