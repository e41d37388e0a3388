package dev.gtmroutes.console;

import java.util.List;

import dev.gtmroutes.flow.FlowStatus;
import dev.gtmroutes.flow.FlowWatch;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import io.prometheus.client.Collector;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/**
 * The metrics of the flows. They are read when somebody asks for them, so flows that come and go while the program runs
 * need not be registered, and delivering costs no more for being watched.
 */
@Singleton
public class FlowMetrics extends Collector implements Collector.Describable {

    private final FlowWatch flows;

    FlowMetrics(FlowWatch flows) {
        this.flows = flows;
    }

    void register(@Observes StartupEvent started, PrometheusMeterRegistry metrics) {
        metrics.getPrometheusRegistry().register(this);
    }

    @Override
    public List<MetricFamilySamples> collect() {
        List<FlowStatus> now = flows.all();
        return FlowMetric.ALL.stream().map(each -> family(each, now)).toList();
    }

    private static MetricFamilySamples family(FlowMetric metric, List<FlowStatus> flows) {
        Samples samples = new Samples();
        flows.forEach(each -> metric.reader().accept(each, samples));
        return new MetricFamilySamples(metric.name(), metric.type(), metric.help(), samples.all());
    }

    @Override
    public List<MetricFamilySamples> describe() {
        return List.of();
    }
}
