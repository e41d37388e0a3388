// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.paged;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import dev.gtmroutes.api.ContextPlugin;
import dev.gtmroutes.sources.ClusterTurns;
import org.apache.camel.CamelContext;

/**
 * The paged reads of a Camel context. A page that a flow has in work outlives the flow's route: its next version goes
 * on inside the page. After the context has ended, what is on the disk counts: the page, and its progress.
 */
public final class PagedReads {

    private final Map<Path, PagedRead> reads = new ConcurrentHashMap<>();

    private PagedReads() {
    }

    /** Those of this context. */
    static PagedReads of(CamelContext camel) {
        return ContextPlugin.of(camel, PagedReads.class, PagedReads::new);
    }

    /** Whether this instance is the one of its cluster that reads for the flow. */
    static boolean areOurs(CamelContext camel, String flow) {
        return ClusterTurns.of(camel).isOurs(source(flow), () -> of(camel).drop(flow));
    }

    private static String source(String flow) {
        return "people-ai-activities-" + flow;
    }

    /** The read that the flow's last version left in the middle of a page, if it read the same; or a new one. */
    PagedRead read(Path state, String flow, ReadOrder order, int overlapDays) {
        Path base = state.resolve("people-ai-activities").resolve(flow).toAbsolutePath();
        return reads.compute(base, (path, known) -> {
            if (known != null && known.goesOnWith(order, overlapDays)) {
                return known;
            }
            if (known != null) {
                known.leave();
            }
            return new PagedRead(order, overlapDays, path, Clock.systemUTC());
        });
    }

    /** A flow is gone for good: should another one get its id, it begins by what is on the disk. */
    public static void forget(CamelContext camel, String flow) {
        of(camel).drop(flow);
        ClusterTurns.of(camel).leave(source(flow));
    }

    private void drop(String flow) {
        reads.entrySet().removeIf(each -> {
            boolean gone = each.getKey().endsWith(flow);
            if (gone) {
                each.getValue().leave();
            }
            return gone;
        });
    }

    /** Whether what this read knows is still what counts. */
    boolean hold(PagedRead read) {
        return reads.containsValue(read);
    }
}
