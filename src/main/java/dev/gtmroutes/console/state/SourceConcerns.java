// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.state;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.gtmroutes.export.ExportReport;
import dev.gtmroutes.export.Exports;
import dev.gtmroutes.paged.PagedReads;
import dev.gtmroutes.sources.StateFolder;
import jakarta.inject.Singleton;
import org.apache.camel.CamelContext;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** What makes no progress at the sources of flows: exports and lists. Asked for often, looked up every two seconds. */
@Singleton
public class SourceConcerns {

    /**
     * How far the source of a flow is.
     *
     * @param unit  what it counts, such as {@code windows}
     * @param done  how many are delivered
     * @param total how many there are
     */
    public record Progress(String unit, long done, long total) {

        public long left() {
            return Math.max(0, total - done);
        }
    }

    private record Known(Map<String, List<String>> concerns, Map<String, Progress> progress) {
    }

    private final CamelContext camel;
    private final Path state;
    private final LastSeen<Known> last = new LastSeen<>(before -> look());

    SourceConcerns(CamelContext camel, @ConfigProperty(name = "gtm.data") Path data,
            @ConfigProperty(name = "gtm.state") Optional<String> state) {
        this.camel = camel;
        this.state = new StateFolder(state.orElse("")).of(data);
    }

    /** By flow, each on one line. Flows without any are left out. */
    public Map<String, List<String>> all() {
        return last.now().concerns;
    }

    /** By flow, how far an export or the read of a list is that is not at its end. */
    public Map<String, Progress> progress() {
        return last.now().progress;
    }

    /** Of one flow. */
    public List<String> of(String flow) {
        return all().getOrDefault(flow, List.of());
    }

    private Known look() {
        Map<String, List<String>> found = new HashMap<>();
        Map<String, Progress> progress = new HashMap<>();
        try {
            Exports.reports(camel, state).forEach(each -> {
                add(found, each.flow(), each.problem(), each.trouble(), each.concerns());
                add(progress, each.flow(), new Progress("windows", each.windows().stream()
                        .filter(ExportReport.Window::isDelivered).count(), each.windows().size()));
            });
            PagedReads.reports(camel, state).forEach(each -> {
                add(found, each.flow(), each.problem(), null, each.concerns());
                add(progress, each.flow(), new Progress("records", each.offset(), each.begun() == null ? 0 : each.total()));
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Known(Map.copyOf(found), Map.copyOf(progress));
    }

    private static void add(Map<String, Progress> found, String flow, Progress progress) {
        if (progress.left() > 0) {
            found.put(flow, progress);
        }
    }

    private static void add(Map<String, List<String>> found, String flow, String problem, String trouble,
            List<String> concerns) {
        List<String> all = new ArrayList<>();
        if (problem != null) {
            all.add(problem);
        }
        if (trouble != null) {
            all.add(trouble);
        }
        all.addAll(concerns);
        if (!all.isEmpty()) {
            found.put(flow, List.copyOf(all));
        }
    }
}
