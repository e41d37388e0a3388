// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.lint.flow;

import dev.gtmroutes.lint.kamelet.KameletDefinition;
import dev.gtmroutes.lint.kamelet.Parameter;
import dev.gtmroutes.lint.kamelet.PasswordMarks;
import dev.gtmroutes.lint.yaml.Report;
import dev.gtmroutes.record.mapping.Mapping;

/** A value is of the type, in the range and among the choices of its parameter. */
public final class ValueTypes implements CallRule {

    @Override
    public void check(EndpointCall call, KameletDefinition kamelet, Report report) {
        for (Argument each : call.arguments()) {
            if (!each.text()) {
                report.tell(each.line(), "value", each.name() + " is a list or a map, but a parameter is one text. Write "
                        + "its parts on one line, separated by commas");
                continue;
            }
            Parameter mapping = kamelet.parameter(each.name()).filter(Parameter::isMapping).orElse(null);
            if (mapping != null) {
                lines(mapping, each, report);
                continue;
            }
            kamelet.parameter(each.name()).filter(parameter -> !parameter.isPassword() || PasswordMarks.isWebhook(parameter))
                    .flatMap(parameter -> parameter.refuses(each.plain()))
                    .ifPresent(why -> report.tell(each.line(), "value", why));
        }
    }

    /** Each line of a mapping that has a mistake is told where it stands in the file. */
    private static void lines(Parameter mapping, Argument argument, Report report) {
        if (argument.isLiteral()) {
            Mapping.problems(argument.plain()).forEach(each -> report.tell(argument.fileLine(each.line()), "value",
                    mapping.label() + ": " + each));
            Mapping.advice(argument.plain()).forEach(each -> report.tell(argument.fileLine(each.line()), "type-as-default",
                    mapping.label() + ": " + each));
        }
    }
}
