package dev.gtmroutes.lint.kamelet;

import java.util.List;

import dev.gtmroutes.lint.yaml.DidYouMean;
import dev.gtmroutes.lint.yaml.Report;
import dev.gtmroutes.lint.yaml.YamlNode;

/** Parameters are declared so that values can be checked, and their own defaults pass that check. */
final class ParameterSchemas implements KameletRule {

    private static final List<String> TYPES = List.of("string", "integer", "number", "boolean");

    @Override
    public void check(KameletDefinition kamelet, Report report) {
        for (Parameter each : kamelet.parameters()) {
            if (!TYPES.contains(each.type())) {
                report.tell(each.line(), "parameter-type", "parameter " + each.name() + " has the type '" + each.type()
                        + "'. Write " + String.join(", ", TYPES));
            }
            if (each.defaultValue() != null && !each.defaultValue().isEmpty()) {
                each.refuses(each.defaultValue()).ifPresent(why -> report.tell(each.schema().get("default").line(),
                        "default", "a flow could not use this default: " + why));
            }
        }
        for (YamlNode each : kamelet.definition().get("required").items()) {
            if (kamelet.parameter(each.text()).isEmpty()) {
                report.tell(each.line(), "required", "required parameter " + each.text() + " is not declared"
                        + DidYouMean.suggestion(each.text(), kamelet.parameterNames(), ". Declare it, or remove it here"));
            }
        }
    }
}
