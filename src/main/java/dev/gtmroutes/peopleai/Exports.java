package dev.gtmroutes.peopleai;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.camel.CamelContext;
import org.apache.camel.ExtendedCamelContext;

/** The exports of a Camel context, by their state documents. */
public final class Exports {

    private final Map<Path, Export> exports = new ConcurrentHashMap<>();

    private Exports() {
    }

    /** @return where state documents are, under the data directory */
    public static Path folder(Path data) {
        return data.resolve("state").resolve("people-ai-export");
    }

    /** What is left of each export of this context. */
    public static List<ExportProgress> progress(CamelContext camel) {
        return of(camel).exports.values().stream().map(each -> each.ledger().progress()).toList();
    }

    /** Those of this context. */
    static Exports of(CamelContext camel) {
        ExtendedCamelContext context = camel.getCamelContextExtension();
        synchronized (Exports.class) {
            Exports known = context.getContextPlugin(Exports.class);
            if (known == null) {
                known = new Exports();
                context.addContextPlugin(Exports.class, known);
            }
            return known;
        }
    }

    /** The export of a flow; the same object for as long as the context lives. */
    Export export(Path data, String flow) {
        Path folder = folder(data).toAbsolutePath();
        return exports.computeIfAbsent(folder.resolve(flow), each -> new Export(flow, folder, Clock.systemUTC()));
    }
}
