// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.lint.flow;

import dev.gtmroutes.lint.kamelet.KameletDefinition;
import dev.gtmroutes.lint.kamelet.Parameter;
import dev.gtmroutes.lint.yaml.Placeholder;
import dev.gtmroutes.lint.yaml.Report;
import dev.gtmroutes.parameter.DidYouMean;
import dev.gtmroutes.record.mapping.Mapping;

/** Attributes of a record are named in single braces; Camel takes double braces for a setting. */
final class RecordVariables implements CallRule {

    private final Settings settings;
    private final SampleFiles samples;

    RecordVariables(Settings settings, SampleFiles samples) {
        this.settings = settings;
        this.samples = samples;
    }

    @Override
    public void check(EndpointCall call, KameletDefinition kamelet, Report report) {
        for (Argument each : call.arguments()) {
            boolean template = kamelet.parameter(each.name()).filter(parameter -> parameter.isUriTemplate()
                    || parameter.isMapping()).isPresent();
            doubleBraces(each, template, report);
        }
        for (Parameter each : kamelet.parameters()) {
            if (each.isUriTemplate()) {
                unknownAttributes(each, call, kamelet, report);
            } else if (each.isMapping()) {
                call.argument(each.name()).filter(Argument::isLiteral)
                        .ifPresent(argument -> unknownSources(argument, report));
            }
        }
    }

    /** Attributes that lines of a mapping read, and no sample has. */
    private void unknownSources(Argument argument, Report report) {
        if (!samples.exist() || !Mapping.problems(argument.plain()).isEmpty()) {
            return;
        }
        for (Mapping.Need each : Mapping.of(argument.plain(), true).needs()) {
            if (!samples.have(each.attribute())) {
                report.tell(argument.fileLine(each.line()), "no-such-attribute", argument.name() + ": line " + each.line()
                        + ": no sample record has the attribute " + each.attribute()
                        + DidYouMean.suggestion(each.attribute(),
                                samples.attributes(), ". Compare it with the attributes of the records"));
            }
        }
    }

    /** Whether a line of the call's mapping makes the attribute. */
    private static boolean isMapped(String attribute, EndpointCall call, KameletDefinition kamelet) {
        return kamelet.parameters().stream().filter(Parameter::isMapping)
                .flatMap(each -> call.argument(each.name()).stream()).map(Argument::plain)
                .filter(each -> Mapping.problems(each).isEmpty())
                .anyMatch(each -> Mapping.of(each, true).makes(attribute));
    }

    private void doubleBraces(Argument argument, boolean template, Report report) {
        for (Placeholder each : Placeholder.in(argument.value())) {
            // Where attributes are expected, a variable of the environment that happens to have that name is not meant.
            boolean missing = settings.lack(each.name()) || template && Settings.UNKNOWN.lack(each.name());
            if (each.isName() && each.defaultValue() == null && missing) {
                report.tell(argument.line(), "double-braces", argument.name() + ": {{" + each.name()
                        + "}} is a setting, but there is no setting with this name. "
                        + (template ? "Write {" + each.name() + "} for the attribute of the record"
                                : "Set it in application.properties, or write {" + each.name()
                                        + "} if the parameter accepts an attribute of the record"));
            }
        }
    }

    private void unknownAttributes(Parameter parameter, EndpointCall call, KameletDefinition kamelet, Report report) {
        String value = call.argument(parameter.name()).map(Argument::plain).orElse(parameter.defaultValue());
        int line = call.argument(parameter.name()).map(Argument::line).orElse(call.line());
        for (String each : UriVariables.in(value == null ? "" : value)) {
            if (samples.exist() && !samples.have(each) && !isMapped(each, call, kamelet)) {
                report.tell(line, "no-such-attribute", parameter.name() + ": no sample record has the attribute " + each
                        + ", and records without it are rejected"
                        + DidYouMean.suggestion(each, samples.attributes(), ". Compare it with the attributes of the "
                                + "records"));
            }
        }
    }
}
