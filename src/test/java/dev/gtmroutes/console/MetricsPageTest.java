package dev.gtmroutes.console;

import java.io.IOException;
import java.util.Locale;

import dev.gtmroutes.docs.GeneratedPart;
import dev.gtmroutes.observe.BudgetMetric;
import dev.gtmroutes.observe.DeadLetterMetric;
import dev.gtmroutes.observe.ExportMetric;
import dev.gtmroutes.observe.FlowMetric;
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
        table.append("| `%s` | gauge | %s | %s |%n".formatted(DeadLetterMetric.NAME, DeadLetterMetric.TAGS,
                DeadLetterMetric.HELP));
        for (ExportMetric each : ExportMetric.ALL) {
            table.append("| `%s` | gauge | %s | %s |%n".formatted(each.name(), ExportMetric.TAG, each.help()));
        }
        for (BudgetMetric each : BudgetMetric.ALL) {
            table.append("| `%s` | gauge | %s | %s |%n".formatted(each.name(), BudgetMetric.TAG, each.help()));
        }
        GeneratedPart.assertIs("observability.md", "metrics", table.append('\n').toString());
    }
}
