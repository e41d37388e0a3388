// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.flow;

import java.util.Optional;
import java.util.concurrent.TimeUnit;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.apache.camel.CamelContext;
import org.apache.camel.cluster.CamelClusterService;
import org.apache.camel.component.file.cluster.FileLockClusterService;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Joins the instances that share {@code gtm.cluster.lock}: of these, one reads for each source that must not run twice.
 * A cluster service that Camel has already wins.
 */
@Singleton
public class ClusterLock {

    private static final long INTERVAL_SECONDS = 2;

    void join(@Observes StartupEvent started, CamelContext camel,
            @ConfigProperty(name = "gtm.cluster.lock") Optional<String> directory) throws Exception {
        if (directory.isEmpty() || camel.hasService(CamelClusterService.class) != null) {
            return;
        }
        FileLockClusterService cluster = new FileLockClusterService();
        cluster.setRoot(directory.get());
        cluster.setAcquireLockDelay(1, TimeUnit.MILLISECONDS);
        cluster.setAcquireLockInterval(INTERVAL_SECONDS, TimeUnit.SECONDS);
        camel.addService(cluster);
    }
}
