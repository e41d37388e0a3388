package dev.gtmroutes.console;

import java.io.IOException;
import java.util.Locale;

import dev.gtmroutes.ReadmePart;
import org.junit.jupiter.api.Test;

/** The table of metrics in the README is made from those that are served. */
class ReadmeTest {

    @Test
    void theTableOfMetricsIsUpToDate() throws IOException {
        StringBuilder table = new StringBuilder("\n| metric | type | tags | what it is |\n|---|---|---|---|\n");
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
        ReadmePart.assertIs("metrics", table.append('\n').toString());
    }
}
