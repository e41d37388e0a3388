package dev.gtmroutes.lint.flow;

import java.util.Set;

import dev.gtmroutes.lint.kamelet.KameletDefinition;
import dev.gtmroutes.lint.yaml.Report;

/** Where batching is a choice, what is said about batches means nothing until it is switched on. */
final class BatchingOff implements CallRule {

    private static final Set<String> ABOUT_BATCHES = Set.of("batchSize", "maxBatchBytes", "groupBy", "batchTimeout");

    @Override
    public void check(EndpointCall call, KameletDefinition kamelet, Report report) {
        boolean off = kamelet.parameter("batch").filter(each -> !"true".equals(each.defaultValue())).isPresent()
                && call.argument("batch").isEmpty();
        call.arguments().stream().filter(each -> off && ABOUT_BATCHES.contains(each.name())).findFirst()
                .ifPresent(each -> report.tell(each.line(), "batch-off", each.name() + " has no effect while "
                        + kamelet.name()
                        + " sends one record per request. Add batch: true, or remove it"));
    }
}
