// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.sandbox;

import java.io.UncheckedIOException;
import java.util.Optional;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Runs a sandbox inside the program when {@code gtm.sandbox.enabled} says so. */
@Singleton
public class SandboxService {

    private static final Logger LOG = Logger.getLogger(SandboxService.class);

    private static final int OLD_JOBS = 200;
    private static final int OLD_RECORDS = 250;

    private final boolean enabled;
    private final int port;
    private Sandbox sandbox;

    SandboxService(@ConfigProperty(name = "gtm.sandbox.enabled", defaultValue = "false") boolean enabled,
            @ConfigProperty(name = "gtm.sandbox.port", defaultValue = "8089") int port) {
        this.enabled = enabled;
        this.port = port;
    }

    // Early, so that flows which start by the same event find it.
    void start(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent event) {
        if (!enabled) {
            return;
        }
        try {
            sandbox = Sandbox.start(port);
            // So that a flow that reads the jobs of others has something to read.
            sandbox.bulkJobs().history(OLD_JOBS, OLD_RECORDS);
        } catch (UncheckedIOException | IllegalArgumentException e) {
            // Quarkus prints the message of this exception alone, without a stack trace, if it has no cause.
            throw new ConfigurationException(e.getMessage() + " (gtm.sandbox.port)");
        }
        LOG.infof("Sandbox at %s", sandbox.url());
    }

    // Not at the shutdown event: the requests that are under way then still want their answers.
    @PreDestroy
    void stop() {
        if (sandbox != null) {
            sandbox.close();
            sandbox = null;
        }
    }

    /** The running sandbox; empty when it is not enabled. */
    public Optional<Sandbox> sandbox() {
        return Optional.ofNullable(sandbox);
    }
}
