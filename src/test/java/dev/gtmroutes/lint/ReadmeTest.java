package dev.gtmroutes.lint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import dev.gtmroutes.ReadmePart;
import dev.gtmroutes.samples.SampleCatalog;
import dev.gtmroutes.samples.SampleVendor;
import org.junit.jupiter.api.Test;

/** The table of templates in the README is made from the Kamelets. */
class ReadmeTest {

    /** Parameters that the text above the table speaks of. */
    private static final Set<String> COMMON = Set.of("credential", "excludeAttributes", "requestHeaders", "responseWebhook",
            "maxInFlight", "orderBy", "itemResults", "retryFor", "bodyFormat", "batchSize", "maxBatchBytes", "batchTimeout", "groupBy",
            "confirmIrreversible", "onceOnly", "keepUrlAttributes");

    @Test
    void theTableOfTemplatesIsUpToDate() throws IOException {
        ReadmePart.assertIs("templates", table());
    }

    private static String table() throws IOException {
        StringBuilder table = new StringBuilder("""

                | template | endpoint | parameters | required attributes | notes |
                |---|---|---|---|---|
                """);
        // In the order in which the README names them; a new one comes last.
        String readme = Files.readString(Path.of("README.md"));
        List<SampleVendor> vendors = SampleCatalog.vendors().stream().sorted(Comparator.comparingInt(
                vendor -> readme.indexOf("| `" + vendor.name()) & Integer.MAX_VALUE)).toList();
        for (SampleVendor vendor : vendors) {
            for (KameletDefinition each : Kamelets.in(SampleCatalog.KAMELETS.resolve(vendor.name())).all()) {
                if (each.type().equals("sink")) {
                    table.append(row(each));
                }
            }
        }
        return table.append('\n').toString();
    }

    private static String row(KameletDefinition template) {
        YamlNode call = template.template().get("from").get("steps").items().get(0).get("to").get("parameters");
        String path = unwrapped(call.get("path").text());
        return "| `%s` | %s `%s` | %s | %s | %s |%n".formatted(template.name(), unwrapped(call.get("method").text()), path,
                template.parameters().stream().filter(each -> !COMMON.contains(each.name()))
                        .map(ReadmeTest::parameter).collect(Collectors.joining(", ")),
                call.get("required").text().replace(",", ", "), notes(template, call));
    }

    private static String parameter(Parameter each) {
        String value = each.defaultValue() == null ? "required" : each.defaultValue();
        return "`" + each.name() + "` (" + (value.isEmpty() ? "none" : value.replace("|", "\\|")) + ")";
    }

    private static String notes(KameletDefinition template, YamlNode call) {
        List<String> notes = new ArrayList<>();
        if (call.get("batch").exists()) {
            notes.add(call.get("batch").text().equals("true") ? "batch" : "batch: optional");
        }
        if (template.isIrreversible()) {
            notes.add("irreversible");
        }
        if (template.parameter("onceOnly").filter(each -> "true".equals(each.defaultValue())).isPresent()) {
            notes.add("sent once only");
        }
        return String.join(", ", notes);
    }

    /** Raw values, and placeholders of the Kamelet, as a reader would write them. */
    private static String unwrapped(String value) {
        return value.replaceFirst("^RAW\\((.*)\\)$", "$1").replaceAll("\\{\\{(\\w+)}}", "<$1>");
    }
}
