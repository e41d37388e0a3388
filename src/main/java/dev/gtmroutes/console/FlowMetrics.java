package dev.gtmroutes.console;

import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

import dev.gtmroutes.credential.RateBudget;
import dev.gtmroutes.credential.RateBudgets;
import dev.gtmroutes.flow.FlowStatus;
import dev.gtmroutes.flow.FlowWatch;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import io.prometheus.client.Collector;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.apache.camel.CamelContext;

/**
 * The metrics of the flows, and of the rate budgets they share. They are read when somebody asks for them, so flows that
 * come and go while the program runs need not be registered, and delivering costs no more for being watched.
 */
@Singleton
public class FlowMetrics extends Collector implements Collector.Describable {

    private final FlowWatch flows;
    private final CamelContext camel;

    FlowMetrics(FlowWatch flows, CamelContext camel) {
        this.flows = flows;
        this.camel = camel;
    }

    void register(@Observes StartupEvent started, PrometheusMeterRegistry metrics) {
        metrics.getPrometheusRegistry().register(this);
    }

    @Override
    public List<MetricFamilySamples> collect() {
        List<FlowStatus> now = flows.all();
        Collection<RateBudget> budgets = RateBudgets.of(camel).all();
        return Stream.concat(FlowMetric.ALL.stream().map(each -> each.of(now)),
                BudgetMetric.ALL.stream().map(each -> each.of(budgets))).toList();
    }

    @Override
    public List<MetricFamilySamples> describe() {
        return List.of();
    }
}
