// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.export;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import dev.gtmroutes.delivery.FlowRoute;
import dev.gtmroutes.parameter.ContextPlugin;
import dev.gtmroutes.sources.ClusterTurns;
import org.apache.camel.CamelContext;

/** The exports of a Camel context, by their state documents. */
public final class Exports {

    private final CamelContext camel;
    private final Map<Path, Export> exports = new ConcurrentHashMap<>();

    private Exports(CamelContext camel) {
        this.camel = camel;
    }

    /** @return where state documents are, under the directory for state */
    public static Path folder(Path state) {
        return state.resolve("people-ai-export");
    }

    /** All files and folders that the export of a flow may have. @param state the directory for state */
    public static List<Path> files(Path state, String flow) {
        return Stream.of(Export.LEDGER, Export.FRAGMENTS, Export.HANDED_ON).map(each -> folder(state).resolve(flow + each))
                .toList();
    }

    /** What is left of each export of this context. */
    public static List<ExportProgress> progress(CamelContext camel) {
        return of(camel).exports.values().stream().map(each -> each.ledger().progress()).toList();
    }

    /**
     * How far all exports are, by their state documents; of those of this context, also what is wrong just now.
     *
     * @param state the directory where sources note how far they are
     * @throws IOException if there is such a directory, and it cannot be read
     */
    public static List<ExportReport> reports(CamelContext camel, Path state) throws IOException {
        Path folder = folder(state).toAbsolutePath();
        return ExportReport.all(state).stream().map(each -> {
            Export here = of(camel).exports.get(folder.resolve(each.flow()));
            return here == null ? each
                    : each.with(here.trouble().text().orElse(null), here.patience(),
                            here.concerns(FlowRoute.reading(camel, each.flow())));
        }).toList();
    }

    /** What a person has to know of the exports of this context, by their flows; none of an export without. */
    public static Map<String, List<String>> concerns(CamelContext camel) {
        Map<String, List<String>> all = new TreeMap<>();
        of(camel).exports.values().forEach(
                each -> all.put(each.flow(), each.concerns(FlowRoute.reading(camel, each.flow()))));
        return all;
    }

    /** Those of this context. */
    static Exports of(CamelContext camel) {
        return ContextPlugin.of(camel, Exports.class, () -> new Exports(camel));
    }

    /** The export of a flow; the same object until the flow is gone, or another instance of the cluster has its turn. */
    Export export(Path state, String flow) {
        Path folder = folder(state).toAbsolutePath();
        return exports.computeIfAbsent(folder.resolve(flow), each -> new Export(flow, folder, Clock.systemUTC(),
                () -> areOurs(camel, flow)));
    }

    /** Whether this instance is the one of its cluster that exports for the flow. */
    static boolean areOurs(CamelContext camel, String flow) {
        return ClusterTurns.of(camel).isOurs(source(flow), () -> of(camel).drop(flow));
    }

    private static String source(String flow) {
        return "people-ai-export-" + flow;
    }

    /** A flow is gone for good. */
    public static void forget(CamelContext camel, String flow) {
        of(camel).drop(flow);
        ClusterTurns.of(camel).leave(source(flow));
    }

    private void drop(String flow) {
        exports.entrySet().removeIf(each -> {
            boolean gone = each.getKey().endsWith(flow);
            if (gone) {
                each.getValue().leave();
            }
            return gone;
        });
    }
}
