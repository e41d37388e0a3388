// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.lint.flow;

import dev.gtmroutes.lint.kamelet.BeanParameters;
import dev.gtmroutes.lint.kamelet.KameletDefinition;
import dev.gtmroutes.lint.yaml.Report;
import dev.gtmroutes.parameter.ParameterText;

/**
 * Camel cuts a value off at {@code &} without a word and takes the rest for other parameters, and cannot be given braces in
 * pairs at all. Where the values of a flow end in beans, they are encoded before Camel sees them.
 */
public final class CutValues implements CallRule {

    private final BeanParameters encoded;

    /** @param encoded whose values may be any text; null where no value is encoded: in Kamelets */
    public CutValues(BeanParameters encoded) {
        this.encoded = encoded;
    }

    @Override
    public void check(EndpointCall call, KameletDefinition kamelet, Report report) {
        for (Argument each : call.arguments()) {
            if (each.inQuery() || encoded != null && encoded.has(kamelet.fileName(), each.name())) {
                continue;
            }
            String literal = ParameterText.resolve(each.plain(), placeholder -> "");
            if (encoded != null && isUnwritable(literal)) {
                report.tell(each.line(), "cut-value", each.name() + ": this value contains }}, {{, )& or }&, which an "
                        + "endpoint of a Camel component cannot contain. Put it into application.properties, and write "
                        + "{{its.name}} here");
            } else if (!each.isRaw() && literal.contains("&")) {
                report.tell(each.line(), "cut-value",
                        each.name() + ": Camel cuts the value off at its first &. Write RAW(...) around the value");
            }
        }
    }

    private static boolean isUnwritable(String literal) {
        return literal.contains("{{") || literal.contains("}}") || literal.contains(")&") || literal.contains("}&");
    }
}
