// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.lint.flow;

import java.util.Set;

import dev.gtmroutes.lint.kamelet.KameletDefinition;
import dev.gtmroutes.lint.yaml.Report;
import dev.gtmroutes.parameter.DidYouMean;

/** A Kamelet ignores a parameter it does not have, so that a mistyped one goes unnoticed. */
public final class KnownParameters implements CallRule {

    private static final Set<String> BATCHING = Set.of("batch", "batchSize", "maxBatchBytes", "groupBy", "batchTimeout");

    /** What Camel itself takes in the URI of any Kamelet. */
    private static final Set<String> OF_CAMEL = Set.of("location", "noErrorHandler", "bridgeErrorHandler",
            "lazyStartProducer", "exceptionHandler", "exchangePattern", "block", "timeout");

    @Override
    public void check(EndpointCall call, KameletDefinition kamelet, Report report) {
        Set<String> names = kamelet.parameterNames();
        for (Argument each : call.arguments()) {
            if (names.contains(each.name()) || OF_CAMEL.contains(each.name())) {
                continue;
            }
            if (kamelet.type().equals("sink") && BATCHING.contains(each.name()) && !names.contains("batchSize")) {
                report.tell(each.line(), "one-record", kamelet.name() + " sends one record per request, so " + each.name()
                        + " has no effect here. Remove it, or use a template that sends batches");
            } else if (each.name().equals("batch") && names.contains("batchSize")) {
                report.tell(each.line(), "unknown-parameter", kamelet.name()
                        + " always sends batches, so it has no parameter batch. Remove it, and set batchSize");
            } else {
                report.tell(each.line(), "unknown-parameter", kamelet.name() + " has no parameter " + each.name()
                        + DidYouMean.suggestion(each.name(), names, otherwise(each, names)));
            }
        }
    }

    private static String otherwise(Argument argument, Set<String> names) {
        String has = names.isEmpty() ? "; it has no parameters" : "; its parameters are "
                + String.join(", ", names);
        return has + (argument.inQuery() ? ". If this is part of the value before it, write RAW(...) around that "
                + "value" : "");
    }
}
