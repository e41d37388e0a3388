package dev.gtmroutes.access;

import java.net.InetAddress;
import java.net.UnknownHostException;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Refuses to start where others reach the console and nobody would have to log in. */
@Singleton
public class NetworkCheck {

    private final Passwords passwords;
    private final String host;

    NetworkCheck(Passwords passwords, @ConfigProperty(name = "quarkus.http.host") String host) {
        this.passwords = passwords;
        this.host = host;
    }

    void check(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent started) {
        if (passwords.areNone() && !isThisMachineOnly()) {
            // Without a cause, Quarkus prints the message alone.
            throw new ConfigurationException("Not started: by quarkus.http.host, " + host + ", others reach the console, and "
                    + "nobody would have to log in. Give a password, gtm.console.operator-password (as the environment "
                    + "variable GTM_CONSOLE_OPERATOR_PASSWORD), or listen on 127.0.0.1 only");
        }
    }

    private boolean isThisMachineOnly() {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
