package dev.gtmroutes.lint.kamelet;

import java.util.List;

import dev.gtmroutes.lint.yaml.Report;
import dev.gtmroutes.lint.yaml.YamlNode;

/** All Kamelets have the same sections in the same order, so that a reader finds everything in its place. */
final class SectionOrder implements KameletRule {

    @Override
    public void check(KameletDefinition kamelet, Report report) {
        YamlNode root = kamelet.root();
        check(root, List.of("apiVersion", "kind", "metadata", "spec"), report);
        check(root.get("metadata"), List.of("name", "annotations", "labels"), report);
        check(root.get("spec"), List.of("definition", "types", "dataTypes", "dependencies", "template"), report);
        check(kamelet.definition(), List.of("title", "description", "type", "required", "properties"), report);
        check(kamelet.template(), List.of("beans", "route", "from"), report);
    }

    private static void check(YamlNode section, List<String> order, Report report) {
        int reached = 0;
        for (YamlNode.Entry each : section.entries()) {
            int place = order.indexOf(each.key());
            if (place < 0) {
                report.tell(each.line(), "section-order", each.key() + " is not a section. Sections are "
                        + String.join(", ", order));
            } else if (place < reached) {
                report.tell(each.line(), "section-order", each.key() + " is in the wrong place. Put it before "
                        + order.get(reached) + ", the order is " + String.join(", ", order));
            }
            reached = Math.max(reached, place);
        }
    }
}
