package dev.gtmroutes.lint.kamelet;

import dev.gtmroutes.lint.yaml.Report;
import dev.gtmroutes.lint.yaml.YamlNode;

/** Everything a user meets has a title and a description. */
final class TitlesRule implements KameletRule {

    @Override
    public void check(KameletDefinition kamelet, Report report) {
        check(kamelet.definition(), "the definition", report);
        for (Parameter each : kamelet.parameters()) {
            check(each.schema(), "parameter " + each.name(), report);
        }
    }

    private static void check(YamlNode described, String what, Report report) {
        if (described.get("title").text().isBlank()) {
            report.tell(described.line(), "text", what + " has no title. Add one: forms and tables show it");
        }
        YamlNode description = described.get("description");
        if (description.text().isBlank()) {
            report.tell(described.line(), "text", what + " has no description. Describe its purpose in one sentence");
        } else if (!description.text().strip().endsWith(".")) {
            report.tell(description.line(), "text", "the description of " + what
                    + " does not end with a full stop. Write complete sentences");
        }
    }
}
