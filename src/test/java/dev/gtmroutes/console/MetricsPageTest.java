// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import dev.gtmroutes.docs.GeneratedPart;
import dev.gtmroutes.observe.DataSpace;
import dev.gtmroutes.observe.FlowMetric;
import dev.gtmroutes.observe.FlowMetrics;
import dev.gtmroutes.observe.GaugeMetric;
import dev.gtmroutes.observe.ResponseMetric;
import org.junit.jupiter.api.Test;

/** The table of metrics in {@code docs/observability.md} is generated from the metrics that the program serves. */
class MetricsPageTest {

    @Test
    void theTableOfMetricsIsUpToDate() throws IOException {
        StringBuilder table = new StringBuilder("\n| metric | type | tags | meaning |\n|---|---|---|---|\n");
        for (FlowMetric each : FlowMetric.ALL) {
            table.append("| `%s` | %s | %s | %s |%n".formatted(each.name(), each.type().name().toLowerCase(Locale.ROOT),
                    each.tags(), each.help()));
        }
        for (ResponseMetric each : ResponseMetric.ALL) {
            table.append("| `%s` | %s | %s | %s |%n".formatted(each.name(), each.type().name().toLowerCase(Locale.ROOT),
                    each.tags(), each.help()));
        }
        table.append("| `%s` | gauge | %s | %s |%n".formatted(FlowMetrics.DEAD_LETTERS, FlowMetrics.DEAD_LETTERS_TAGS,
                FlowMetrics.DEAD_LETTERS_HELP));
        Stream.of(GaugeMetric.EXPORTS, GaugeMetric.SOURCES, GaugeMetric.BUDGETS).flatMap(List::stream).forEach(
                each -> table.append("| `%s` | gauge | %s | %s |%n".formatted(each.name(), each.tag(), each.help())));
        table.append("| `%s` | gauge | none | %s |%n".formatted(DataSpace.BYTES, DataSpace.BYTES_HELP));
        table.append("| `%s` | gauge | none | %s |%n".formatted(DataSpace.INODES, DataSpace.INODES_HELP));
        GeneratedPart.assertIs("observability.md", "metrics", table.append('\n').toString());
    }
}
