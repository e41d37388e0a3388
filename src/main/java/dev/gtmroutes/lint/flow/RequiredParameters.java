// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.lint.flow;

import dev.gtmroutes.lint.kamelet.KameletDefinition;
import dev.gtmroutes.lint.kamelet.Parameter;
import dev.gtmroutes.lint.yaml.Report;

/** A call gives what its Kamelet needs, unless a setting does. */
public final class RequiredParameters implements CallRule {

    private final Settings settings;

    public RequiredParameters(Settings settings) {
        this.settings = settings;
    }

    @Override
    public void check(EndpointCall call, KameletDefinition kamelet, Report report) {
        for (Parameter each : kamelet.parameters()) {
            if (!IrreversibleCalls.asksFor(each, kamelet) && each.required() && each.defaultValue() == null
                    && call.argument(each.name()).isEmpty()
                    && !settings.give("camel.kamelet." + kamelet.name() + "." + each.name())) {
                report.tell(call.line(), "missing-parameter", kamelet.name() + " requires the parameter " + each.name()
                        + ". Add it under parameters" + (each.title().isEmpty() ? "" : " (" + each.title() + ")"));
            }
        }
    }
}
