// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.inbox.arrival;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import dev.gtmroutes.api.ContextService;
import org.apache.camel.CamelContext;
import org.apache.camel.support.service.ServiceSupport;

/**
 * The intakes of a Camel context, one for each inbox: two would not know of each other's files. For any number of threads.
 */
public final class Intakes extends ServiceSupport {

    private final Map<Path, Intake> byInbox = new HashMap<>();
    private final Set<Path> own = new HashSet<>();

    private Intakes() {
    }

    /** @return those of this context; the same object for as long as it lives */
    public static Intakes of(CamelContext camel) {
        return ContextService.of(camel, Intakes.class, Intakes::new);
    }

    /** An intake that its owner has opened, and closes when Camel has stopped. */
    public synchronized void share(Path inbox, Intake intake) {
        byInbox.put(key(inbox), intake);
    }

    /**
     * The intake of an inbox, which is opened if there is none.
     *
     * @param inbox    the folder that has one folder per flow
     * @param settings of one that is opened
     * @throws IOException if the folder cannot be written, or another running program has it
     */
    public synchronized Intake intake(Path inbox, IntakeSettings settings) throws IOException {
        Intake open = byInbox.get(key(inbox));
        if (open == null) {
            open = new Intake(inbox, settings);
            byInbox.put(key(inbox), open);
            own.add(key(inbox));
        }
        return open;
    }

    /** Lets the intake of an inbox, if there is one, let go of a flow, see {@link Intake#release}. */
    public synchronized void release(Path inbox, String flow) {
        Intake open = byInbox.get(key(inbox));
        if (open != null) {
            open.release(flow);
        }
    }

    /** Lets the intake of an inbox, if there is one, take bodies for a flow again. */
    public synchronized void admit(Path inbox, String flow) {
        Intake open = byInbox.get(key(inbox));
        if (open != null) {
            open.admit(flow);
        }
    }

    private static Path key(Path inbox) {
        return inbox.toAbsolutePath().normalize();
    }

    @Override
    protected synchronized void doStop() throws IOException {
        for (Path each : own) {
            byInbox.remove(each).close();
        }
        own.clear();
    }
}
