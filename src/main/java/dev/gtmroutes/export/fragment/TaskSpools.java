// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.export.fragment;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;

import dev.gtmroutes.parameter.ContextPlugin;
import org.apache.camel.CamelContext;

/** The fragments in work by tasks in a Camel context, flow by flow. */
public final class TaskSpools {

    private final Map<Path, TaskSpool> spools = new HashMap<>();

    private TaskSpools() {
    }

    private static TaskSpools of(CamelContext camel) {
        return ContextPlugin.of(camel, TaskSpools.class, TaskSpools::new);
    }

    /**
     * That of a flow; the same one until the flow is gone.
     *
     * @throws IOException if what an earlier run left cannot be deleted
     */
    static TaskSpool spool(CamelContext camel, Path data, String flow) throws IOException {
        TaskSpools all = of(camel);
        Path folder = folder(data, flow).toAbsolutePath();
        synchronized (all.spools) {
            TaskSpool known = all.spools.get(folder);
            if (known == null) {
                known = new TaskSpool(folder, Clock.systemUTC());
                all.spools.put(folder, known);
            }
            return known;
        }
    }

    /** Where the fragments of a flow's tasks are. */
    public static Path folder(Path data, String flow) {
        return data.resolve("fragments").resolve(flow);
    }

    /** A flow is gone for good. */
    public static void forget(CamelContext camel, String flow) {
        TaskSpools all = of(camel);
        synchronized (all.spools) {
            all.spools.keySet().removeIf(each -> each.endsWith(flow));
        }
    }
}
