// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.delivery.outcome;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

import dev.gtmroutes.disk.DirectoryLock;
import org.apache.camel.CamelContext;
import org.apache.camel.support.service.ServiceSupport;

/**
 * The data directories that a Camel context works in, each kept from other processes until Camel stops. Two on the same one
 * would cut each other's dead letters, send the same files, and spend each other's refresh tokens.
 */
public final class DataClaims extends ServiceSupport {

    private final Map<Path, DirectoryLock> locks = new LinkedHashMap<>();

    private DataClaims() {
    }

    /**
     * Keeps a data directory for this context. Claimed again it stays claimed.
     *
     * @throws IllegalStateException if another process has it, or it cannot be written; the message is one line
     */
    public static void claim(CamelContext camel, Path data) {
        try {
            ContextService.of(camel, DataClaims.class, DataClaims::new).claim(data.toAbsolutePath().normalize());
        } catch (IOException e) {
            throw new IllegalStateException(e.getMessage());
        }
    }

    private synchronized void claim(Path data) throws IOException {
        if (locks.get(data) == null) {
            locks.put(data, DirectoryLock.of(data));
        }
    }

    /** A context that was stopped may be started again. */
    @Override
    protected synchronized void doStart() throws IOException {
        for (Path each : locks.keySet()) {
            claim(each);
        }
    }

    @Override
    protected synchronized void doStop() throws IOException {
        for (Map.Entry<Path, DirectoryLock> each : locks.entrySet()) {
            if (each.getValue() != null) {
                each.getValue().close();
                each.setValue(null);
            }
        }
    }
}
