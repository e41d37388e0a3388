// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.lint.flow;

import dev.gtmroutes.lint.kamelet.KameletDefinition;
import dev.gtmroutes.lint.kamelet.Parameter;
import dev.gtmroutes.lint.yaml.Report;

/** What cannot be undone has to be confirmed where it is called. */
final class IrreversibleCalls implements CallRule {

    private static final String CONFIRM = "confirmIrreversible";

    /** Whether this parameter is told of here, with more to say than that it is missing. */
    static boolean asksFor(Parameter parameter, KameletDefinition kamelet) {
        return kamelet.isIrreversible() && parameter.name().equals(CONFIRM);
    }

    @Override
    public void check(EndpointCall call, KameletDefinition kamelet, Report report) {
        boolean confirmed = call.argument(CONFIRM).filter(each -> !each.isLiteral() || each.plain().equals("true"))
                .isPresent();
        if (kamelet.isIrreversible() && !confirmed) {
            report.tell(call.argument(CONFIRM).map(Argument::line).orElse(call.line()), "irreversible", kamelet.name()
                    + " cannot be undone. To confirm it, add "
                    + CONFIRM + ": true to its parameters");
        }
    }
}
