// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.access;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;

/** Refuses to start where others reach the console and nobody would have to log in. */
@Singleton
public class NetworkCheck {

    private final Passwords passwords;
    private final Reach reach;

    NetworkCheck(Passwords passwords, Reach reach) {
        this.passwords = passwords;
        this.reach = reach;
    }

    void check(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent started) {
        if (passwords.areNone() && !reach.isThisMachineOnly()) {
            // Without a cause, Quarkus prints the message alone.
            throw new ConfigurationException("Not started: quarkus.http.host is " + reach.address() + ", so other machines "
                    + "could open the console without a password. Set gtm.console.operator-password (as an environment "
                    + "variable: GTM_CONSOLE_OPERATOR_PASSWORD), or set quarkus.http.host to 127.0.0.1");
        }
    }
}
