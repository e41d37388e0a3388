// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.delivery.outcome;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import dev.gtmroutes.api.ContextService;
import dev.gtmroutes.disk.DirectoryLock;
import dev.gtmroutes.disk.PrivateFiles;
import org.apache.camel.CamelContext;
import org.apache.camel.support.service.ServiceSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The data directories that a Camel context works in, each kept from other processes until Camel stops. Two on the same one
 * would cut each other's dead letters, send the same files, and spend each other's refresh tokens.
 */
public final class DataClaims extends ServiceSupport {

    private static final Logger LOG = LoggerFactory.getLogger(DataClaims.class);

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

    /** The usual data directory of this context: what the setting {@code gtm.data} says. Reading it claims nothing. */
    public static Path usual(CamelContext camel) {
        return Path.of(camel.resolvePropertyPlaceholders("{{gtm.data:data}}"));
    }

    /** The data directories of this context, each as an absolute path. */
    public static Set<Path> of(CamelContext camel) {
        return ContextService.of(camel, DataClaims.class, DataClaims::new).directories();
    }

    private synchronized Set<Path> directories() {
        return Set.copyOf(locks.keySet());
    }

    private synchronized void claim(Path data) throws IOException {
        if (locks.get(data) == null) {
            locks.put(data, DirectoryLock.of(data));
            if (PrivateFiles.isOpenToOthers(data)) {
                LOG.warn(
                        "Other users of this machine can read the data directory {}, which contains records "
                                + "and tokens. Allow only the user of the program: chmod o-rwx {}",
                        data, data);
            }
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
