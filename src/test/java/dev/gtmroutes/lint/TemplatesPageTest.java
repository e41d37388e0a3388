// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.lint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.gtmroutes.docs.GeneratedPart;
import dev.gtmroutes.lint.kamelet.KameletDefinition;
import dev.gtmroutes.lint.kamelet.Kamelets;
import dev.gtmroutes.lint.kamelet.Parameter;
import dev.gtmroutes.lint.yaml.YamlNode;
import org.junit.jupiter.api.Test;

/**
 * The tables of templates in {@code docs/templates.md} are generated from the Kamelets. The table of shared parameters is
 * written by hand, and its defaults are compared with the Kamelets.
 */
class TemplatesPageTest {

    private static final String PAGE = "templates.md";
    private static final Pattern SHARED_ROW = Pattern.compile("(?m)^\\| `(\\w+)` \\| ([^|]*) \\|");

    @Test
    void theTablesOfTemplatesAreUpToDate() throws IOException {
        GeneratedPart.assertIs(PAGE, "templates", tables());
    }

    @Test
    void sharedParametersAreDescribedWithTheirDefaults() throws IOException {
        Map<String, String> shared = sharedParameters();
        assertThat(shared).isNotEmpty();
        for (KameletDefinition template : templates()) {
            for (Parameter parameter : template.parameters()) {
                String described = shared.get(parameter.name());
                if (described != null && !described.equals("depends")) {
                    assertThat(described)
                            .as("default of %s in docs/templates.md, as %s has it", parameter.name(), template.name())
                            .isEqualTo(shown(parameter));
                }
            }
        }
    }

    @Test
    void everySharedParameterIsAParameterOfSomeTemplate() throws IOException {
        assertThat(templates().stream().flatMap(template -> template.parameterNames().stream()))
                .containsAll(sharedParameters().keySet());
    }

    /** Names and defaults in the hand-written table, which ends where the generated part begins. */
    private static Map<String, String> sharedParameters() throws IOException {
        String page = Files.readString(Path.of("docs", PAGE));
        return rows(page.substring(0, page.indexOf("<!-- templates: generated")));
    }

    /** Names and defaults in tables of parameters. */
    static Map<String, String> rows(String page) {
        Matcher rows = SHARED_ROW.matcher(page);
        Map<String, String> shared = new TreeMap<>();
        while (rows.find()) {
            shared.put(rows.group(1), rows.group(2).strip());
        }
        return shared;
    }

    private static List<KameletDefinition> templates() {
        return ofVendors("sink");
    }

    /** Sinks or sources of folders that have a vendor API. */
    static List<KameletDefinition> ofVendors(String type) {
        Kamelets all = Kamelets.in(Path.of("routes/kamelets"));
        return all.all().stream().filter(kamelet -> kamelet.type().equals(type))
                .filter(kamelet -> all.find(vendor(kamelet) + "-api-action").isPresent()).toList();
    }

    static String vendor(KameletDefinition template) {
        return template.path().getParent().getFileName().toString();
    }

    private static String tables() throws IOException {
        Map<String, String> shared = sharedParameters();
        Map<String, List<KameletDefinition>> vendors = templates().stream()
                .collect(Collectors.groupingBy(TemplatesPageTest::vendor, TreeMap::new, Collectors.toList()));
        StringBuilder tables = new StringBuilder();
        vendors.forEach((vendor, templates) -> {
            tables.append("\n### ").append(templates.get(0).annotations().get("camel.apache.org/kamelet.group")).append("""


                    | template | endpoint | its own parameters (default) | required attributes | notes | confirmed by |
                    |---|---|---|---|---|---|
                    """);
            templates.forEach(template -> tables.append(row(template, shared)));
        });
        return tables.append('\n').toString();
    }

    private static String row(KameletDefinition template, Map<String, String> shared) {
        YamlNode call = template.template().get("from").get("steps").items().get(0).get("to").get("parameters");
        return "| `%s` | `%s %s` | %s | %s | %s | %s |%n".formatted(template.name(), unwrapped(call.get("method").text()),
                unwrapped(call.get("path").text()),
                template.parameters().stream().filter(parameter -> !shared.containsKey(parameter.name()))
                        .map(TemplatesPageTest::parameter).collect(Collectors.joining(", ")),
                required(template, unwrapped(call.get("required").text())), notes(template, call), evidence(template));
    }

    /** A template can leave to a parameter what is required. */
    private static String required(KameletDefinition template, String names) {
        String all = names.replace(",", ", ").replace("|", " or ");
        for (Parameter each : template.parameters()) {
            all = all.replace("<" + each.name() + ">", "the attribute of `" + each.name() + "`");
        }
        return all;
    }

    /** Who confirms what the Kamelet sends or reads. */
    static String evidence(KameletDefinition kamelet) {
        return kamelet.annotations().getOrDefault("gtm.routes/evidence", "");
    }

    static String parameter(Parameter parameter) {
        return "`" + parameter.name() + "` (" + shown(parameter) + ")";
    }

    /** Its default. */
    static String shown(Parameter parameter) {
        return parameter.defaultValue() == null ? "required" : parameter.defaultValue().isEmpty() ? "none"
                : "`" + parameter.defaultValue().replace("|", "\\|") + "`";
    }

    private static String notes(KameletDefinition template, YamlNode call) {
        List<String> notes = new ArrayList<>();
        if (call.get("batch").exists()) {
            notes.add(call.get("batch").text().equals("true") ? "batch" : "batch optional");
        }
        if (template.parameter("onceOnly").filter(parameter -> "true".equals(parameter.defaultValue())).isPresent()) {
            notes.add("sent once only");
        }
        if (template.isIrreversible()) {
            notes.add("cannot be undone");
        }
        if (Stream.of("vendorPath", "vendorBody", "vendorRequired", "vendorRename")
                .anyMatch(name -> call.get(name).exists())) {
            notes.add("vendor form differs");
        }
        if (template.parameter("bodyFormat").filter(parameter -> "vendor".equals(parameter.defaultValue())).isPresent()) {
            notes.add("vendor form only");
        }
        return String.join(", ", notes);
    }

    /** Raw values, and placeholders of the Kamelet, as a reader would write them. */
    static String unwrapped(String value) {
        return value.replaceFirst("^RAW\\((.*)\\)$", "$1").replaceAll("\\{\\{(\\w+)}}", "<$1>");
    }
}
