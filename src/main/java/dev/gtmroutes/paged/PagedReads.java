// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.paged;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import dev.gtmroutes.api.ContextService;
import dev.gtmroutes.delivery.FlowRoute;
import dev.gtmroutes.progress.ProgressName;
import dev.gtmroutes.sources.ClusterTurns;
import org.apache.camel.CamelContext;
import org.apache.camel.support.service.ServiceSupport;

/**
 * The paged reads of a Camel context. A page that a flow has in work outlives the flow's route: its next version goes
 * on inside the page. After the context has ended, what is on the disk counts: the page, and its progress.
 */
public final class PagedReads extends ServiceSupport {

    /** Where reads of People.ai's activities note how far they are, under the directory for state. */
    static final String ACTIVITIES = "people-ai-activities";
    /** Where all other reads do. */
    static final String LISTS = "lists";

    private final Map<Path, PagedRead> reads = new ConcurrentHashMap<>();

    private PagedReads() {
    }

    /** Those of this context. */
    static PagedReads of(CamelContext camel) {
        return ContextService.of(camel, PagedReads.class, PagedReads::new);
    }

    private static Path folder(Path state, String kind) {
        return state.resolve(kind).toAbsolutePath();
    }

    /** All files and folders that the reads of a flow may have. @param state where sources note how far they are */
    public static List<Path> files(Path state, String flow) {
        return Stream.of(ACTIVITIES, LISTS).map(kind -> folder(state, kind))
                .flatMap(folder -> Stream.of(folder.resolve(flow + PagedRead.LEDGER), folder.resolve(flow + PagedRead.PAGE),
                        ProgressName.beside(folder.resolve(flow + PagedRead.PAGE)),
                        folder.resolve(flow + HandedRecords.SEEN), folder.resolve(HandedRecords.RECORDS).resolve(flow)))
                .toList();
    }

    /** What a person has to know of the reads of this context, by their flows; none of a read without. */
    public static Map<String, List<String>> concerns(CamelContext camel) {
        Map<String, List<String>> all = new TreeMap<>();
        of(camel).reads.values().forEach(
                each -> all.put(each.flow(), each.concerns(FlowRoute.reading(camel, each.flow()))));
        return all;
    }

    /**
     * How far all paged reads are, by their documents.
     *
     * @param state the directory where sources note how far they are
     * @throws IOException if there is such a directory, and it cannot be read
     */
    public static List<ReadReport> reports(CamelContext camel, Path state) throws IOException {
        return ReadReport.all(List.of(folder(state, ACTIVITIES), folder(state, LISTS)), here(camel));
    }

    private static Map<String, ReadReport.Here> here(CamelContext camel) {
        Map<String, ReadReport.Here> here = new TreeMap<>();
        of(camel).reads.values().forEach(each -> here.put(each.flow(),
                new ReadReport.Here(each.concerns(FlowRoute.reading(camel, each.flow())), each.period())));
        return here;
    }

    /** Whether this instance is the one of its cluster that reads for the flow. */
    static boolean areOurs(CamelContext camel, String kind, String flow) {
        return ClusterTurns.of(camel).isOurs(kind + "-" + flow, () -> of(camel).drop(flow));
    }

    /** The read that the flow's last version left in the middle of a page, whatever it read; or a new one. */
    synchronized PagedRead read(Path state, String kind, String flow, ReadOrder order, String exchange) {
        Path base = folder(state, kind).resolve(flow);
        PagedRead known = reads.get(base);
        if (known != null && known.goesOnWith(order, exchange)) {
            return known;
        }
        drop(flow);
        PagedRead read = new PagedRead(order, base, Clock.systemUTC());
        reads.put(base, read);
        reads.values().forEach(each -> each.share(reads.size()));
        return read;
    }

    /** A flow is gone for good: should another one get its id, it begins by what is on the disk. */
    public static void forget(CamelContext camel, String flow) {
        of(camel).drop(flow);
        for (String each : List.of(ACTIVITIES, LISTS)) {
            ClusterTurns.of(camel).leave(each + "-" + flow);
        }
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

    @Override
    protected void doStop() {
        reads.values().forEach(PagedRead::leave);
        reads.clear();
    }
}
