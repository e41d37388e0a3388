package dev.gtmroutes.observe;

import java.util.Map;

import dev.gtmroutes.delivery.outcome.DeadLetterState;
import io.prometheus.client.Collector.MetricFamilySamples;
import io.prometheus.client.Collector.Type;

/** How many dead letters wait for a person. */
public final class DeadLetterMetric {

    public static final String NAME = "gtm_dead_letters";
    public static final String TAGS = "flow, state";
    public static final String HELP = "open dead letters on the disk: neither replayed nor discarded; `rejected` or `held`";

    private DeadLetterMetric() {
    }

    static MetricFamilySamples of(Map<String, Map<DeadLetterState, Long>> counts) {
        PrometheusSamples samples = new PrometheusSamples();
        counts.forEach((flow, states) -> states.forEach((state, count) ->
                samples.add(NAME, count, "flow", flow, "state", state.toString())));
        return new MetricFamilySamples(NAME, Type.GAUGE, HELP, samples.all());
    }
}
