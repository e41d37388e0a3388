package dev.gtmroutes.lint.kamelet;

import dev.gtmroutes.lint.yaml.Report;
import dev.gtmroutes.lint.yaml.YamlNode;

/** Camel makes the inner route of a kamelet step with steps of its own too late when it is inside a Kamelet. */
final class NestedSteps implements KameletRule {

    @Override
    public void check(KameletDefinition kamelet, Report report) {
        check(kamelet.template(), report);
    }

    private static void check(YamlNode node, Report report) {
        for (YamlNode.Entry each : node.entries()) {
            if (each.key().equals("kamelet") && each.value().get("steps").exists()) {
                report.tell(each.line(), "nested-steps", "a kamelet step with steps does not run inside a Kamelet. Write "
                        + "to: with uri: kamelet:<name>");
            }
            check(each.value(), report);
        }
        node.items().forEach(each -> check(each, report));
    }
}
