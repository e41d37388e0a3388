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

import dev.gtmroutes.export.Exports;
import dev.gtmroutes.paged.PagedReads;
import dev.gtmroutes.sources.StateFolder;
import jakarta.inject.Singleton;
import org.apache.camel.CamelContext;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** What makes no progress at the sources of flows: exports and lists. Asked for often, looked up every two seconds. */
@Singleton
public class SourceConcerns {

    private static final long KEPT_NANOS = 2_000_000_000L;

    private final CamelContext camel;
    private final Path state;
    private Map<String, List<String>> known;
    private long read;

    SourceConcerns(CamelContext camel, @ConfigProperty(name = "gtm.data") Path data,
            @ConfigProperty(name = "gtm.state") Optional<String> state) {
        this.camel = camel;
        this.state = new StateFolder(state.orElse("")).of(data);
    }

    /** By flow, each on one line. Flows without any are left out. */
    public synchronized Map<String, List<String>> all() {
        if (known == null || System.nanoTime() - read > KEPT_NANOS) {
            known = look();
            read = System.nanoTime();
        }
        return known;
    }

    /** Of one flow. */
    public List<String> of(String flow) {
        return all().getOrDefault(flow, List.of());
    }

    private Map<String, List<String>> look() {
        Map<String, List<String>> found = new HashMap<>();
        try {
            Exports.reports(camel, state).forEach(each -> add(found, each.flow(), each.problem(), each.trouble(),
                    each.concerns()));
            PagedReads.reports(camel, state).forEach(each -> add(found, each.flow(), each.problem(), null,
                    each.concerns()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Map.copyOf(found);
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
