// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.lint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import dev.gtmroutes.docs.GeneratedPart;
import dev.gtmroutes.lint.kamelet.KameletDefinition;
import dev.gtmroutes.lint.kamelet.Parameter;
import dev.gtmroutes.lint.yaml.YamlNode;
import org.junit.jupiter.api.Test;

/**
 * The tables of vendors' sources in {@code docs/sources.md} are generated from the Kamelets. The table of the parameters
 * that all lists have is written by hand, and its defaults are compared with the Kamelets.
 */
class SourcesPageTest {

    private static final String PAGE = "sources.md";
    private static final String HEADING = "## Lists of vendors";

    @Test
    void theTablesOfSourcesAreUpToDate() throws IOException {
        GeneratedPart.assertIs(PAGE, "lists", tables());
    }

    @Test
    void sharedParametersAreDescribedWithTheirDefaults() throws IOException {
        Map<String, String> shared = shared();
        assertThat(shared).isNotEmpty();
        List<KameletDefinition> lists = TemplatesPageTest.ofVendors("source").stream().filter(SourcesPageTest::isList)
                .toList();
        for (KameletDefinition list : lists) {
            for (Parameter parameter : list.parameters()) {
                String described = shared.get(parameter.name());
                if (described != null && !described.equals("depends")) {
                    assertThat(described).as("default of %s in docs/%s, as %s has it", parameter.name(), PAGE, list.name())
                            .isEqualTo(TemplatesPageTest.shown(parameter));
                }
            }
            assertThat(list.parameterNames()).contains("query", "period", "credential", "readPatience", "retryMaxDelay");
        }
    }

    private static Map<String, String> shared() throws IOException {
        String page = Files.readString(Path.of("docs", PAGE));
        return TemplatesPageTest.rows(page.substring(page.indexOf(HEADING), page.indexOf("<!-- lists: generated")));
    }

    private static YamlNode bean(KameletDefinition source) {
        return source.template().get("beans").items().get(0);
    }

    private static boolean isList(KameletDefinition source) {
        return bean(source).get("type").text().endsWith(".RecordsSource");
    }

    private static String tables() throws IOException {
        Map<String, String> shared = shared();
        Map<String, List<KameletDefinition>> vendors = TemplatesPageTest.ofVendors("source").stream()
                .collect(Collectors.groupingBy(TemplatesPageTest::vendor, TreeMap::new, Collectors.toList()));
        StringBuilder tables = new StringBuilder();
        vendors.forEach((vendor, sources) -> {
            tables.append("\n### ").append(sources.get(0).annotations().get("camel.apache.org/kamelet.group")).append("""


                    | source | request | its own parameters | key | a later read fetches | page size | confirmed by |
                    |---|---|---|---|---|---|---|
                    """);
            sources.forEach(source -> tables.append(isList(source) ? list(source, shared) : other(source)));
        });
        return tables.append('\n').toString();
    }

    private static String list(KameletDefinition source, Map<String, String> shared) {
        YamlNode reading = bean(source).get("properties");
        String key = reading.get("key").text();
        return "| `%s` | `GET %s` | %s | %s | %s | %s | %s |%n".formatted(source.name(),
                TemplatesPageTest.unwrapped(reading.get("path").text()).replaceAll("<(\\w+)>", "{$1}"),
                source.parameters().stream().filter(parameter -> !shared.containsKey(parameter.name()))
                        .map(TemplatesPageTest::parameter).collect(Collectors.joining(", ")),
                key.isEmpty() ? "the whole record" : "`" + key + "`",
                reading.get("since").exists() ? "changes" : "everything",
                source.parameter("pageSize").map(SourcesPageTest::sizes).orElse(""), TemplatesPageTest.evidence(source));
    }

    private static String sizes(Parameter size) {
        String most = size.schema().get("maximum").text();
        return size.defaultValue() + (most.isEmpty() ? "" : ", at most " + most);
    }

    /** One that does more than read a list is described on the page of its vendor. */
    private static String other(KameletDefinition source) {
        return "| `%s` | [%s](%s.md#sources) | | | | | %s |%n".formatted(source.name(),
                source.annotations().get("camel.apache.org/kamelet.group"), TemplatesPageTest.vendor(source),
                TemplatesPageTest.evidence(source));
    }
}
