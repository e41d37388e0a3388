// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.lint.kamelet;

import java.util.HashSet;
import java.util.Set;

import dev.gtmroutes.lint.yaml.Placeholder;
import dev.gtmroutes.lint.yaml.Report;
import dev.gtmroutes.parameter.DidYouMean;

/** Every declared parameter is used, and every name that is used means something. */
final class ParameterUse implements KameletRule {

    /** What Camel itself gives every Kamelet. */
    private static final Set<String> OF_CAMEL = Set.of("routeId", "parentRouteId", "templateId");

    @Override
    public void check(KameletDefinition kamelet, Report report) {
        Set<String> used = new HashSet<>();
        kamelet.template().texts((text, line) -> {
            for (Placeholder each : Placeholder.in(text)) {
                if (each.isName()) {
                    used.add(each.name());
                    means(each, kamelet, line, report);
                }
            }
        });
        for (Parameter each : kamelet.parameters()) {
            if (each.defaultValue() != null) {
                Placeholder.in(each.defaultValue()).stream().filter(Placeholder::isName)
                        .filter(other -> !other.name().equals(each.name())).forEach(other -> used.add(other.name()));
            }
        }
        for (Parameter each : kamelet.parameters()) {
            if (!used.contains(each.name())) {
                report.tell(each.line(), "unused-parameter", "parameter " + each.name()
                        + " is declared, but the template does not use it. Write {{" + each.name() + "}} in the template, "
                        + "or remove the parameter");
            }
        }
    }

    private static void means(Placeholder placeholder, KameletDefinition kamelet, int line, Report report) {
        String name = placeholder.name();
        if (kamelet.parameter(name).isPresent() || kamelet.beanNames().contains(name) || OF_CAMEL.contains(name)) {
            return;
        }
        report.tell(line, "undeclared-parameter", "{{" + name + "}} is neither a parameter nor a bean of this Kamelet"
                + DidYouMean.suggestion(name, kamelet.parameterNames(), name.contains(".")
                        ? ". Put a setting into the default of a parameter, so that flows can override it"
                        : ". Declare it under properties"));
    }
}
