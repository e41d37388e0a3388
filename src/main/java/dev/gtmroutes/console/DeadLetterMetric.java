package dev.gtmroutes.console;

import java.util.Map;

import dev.gtmroutes.delivery.DeadLetterState;
import io.prometheus.client.Collector.MetricFamilySamples;
import io.prometheus.client.Collector.Type;

/** How many dead letters wait for a person. */
final class DeadLetterMetric {

    static final String NAME = "gtm_dead_letters";
    static final String TAGS = "flow, state";
    static final String HELP = "open dead letters on the disk: neither replayed nor discarded; `rejected` or `held`";

    private DeadLetterMetric() {
    }

    static MetricFamilySamples of(Map<String, Map<DeadLetterState, Long>> counts) {
        Samples samples = new Samples();
        counts.forEach((flow, states) -> states.forEach((state, count) ->
                samples.add(NAME, count, "flow", flow, "state", state.toString())));
        return new MetricFamilySamples(NAME, Type.GAUGE, HELP, samples.all());
    }
}
