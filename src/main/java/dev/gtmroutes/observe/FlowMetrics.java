// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.observe;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.gtmroutes.console.letters.LetterStore;
import dev.gtmroutes.credential.RateBudget;
import dev.gtmroutes.credential.RateBudgets;
import dev.gtmroutes.export.ExportProgress;
import dev.gtmroutes.export.Exports;
import dev.gtmroutes.flow.FlowStatus;
import dev.gtmroutes.flow.FlowStatuses;
import dev.gtmroutes.paged.PagedReads;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import io.prometheus.client.Collector;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.apache.camel.CamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The metrics of the flows, of their dead letters and exports, and of the rate budgets they share. They are read when
 * somebody asks for them, so flows that come and go while the program runs need not be registered, and delivering costs
 * no more for being watched.
 */
@Singleton
public class FlowMetrics extends Collector implements Collector.Describable {

    /** How many dead letters wait for a person. */
    public static final String DEAD_LETTERS = "gtm_dead_letters";
    public static final String DEAD_LETTERS_TAGS = "flow, state";
    public static final String DEAD_LETTERS_HELP = "open dead letters on the disk: neither replayed nor discarded; "
            + "`rejected` or `held`; response events have the flow `<outbox>-responses`";

    private static final Logger LOG = LoggerFactory.getLogger(FlowMetrics.class);

    private final FlowStatuses flows;
    private final CamelContext camel;
    private final LetterStore letters;
    private final DataSpace space;

    FlowMetrics(FlowStatuses flows, CamelContext camel, LetterStore letters, DataSpace space) {
        this.space = space;
        this.flows = flows;
        this.camel = camel;
        this.letters = letters;
    }

    void register(@Observes StartupEvent started, PrometheusMeterRegistry metrics) {
        metrics.getPrometheusRegistry().register(this);
    }

    @Override
    public List<MetricFamilySamples> collect() {
        List<FlowStatus> now = flows.all();
        Collection<RateBudget> budgets = RateBudgets.of(camel).all();
        List<ExportProgress> exports = Exports.progress(camel);
        List<Map.Entry<String, List<String>>> sources = Stream.of(Exports.concerns(camel), PagedReads.concerns(camel))
                .flatMap(each -> each.entrySet().stream()).toList();
        return Stream.of(FlowMetric.ALL.stream().map(each -> each.of(now)),
                ResponseMetric.ALL.stream().map(each -> each.of(now)),
                Stream.of(deadLetters()),
                GaugeMetric.EXPORTS.stream().map(each -> each.of(exports)),
                GaugeMetric.SOURCES.stream().map(each -> each.of(sources)),
                GaugeMetric.BUDGETS.stream().map(each -> each.of(budgets)), space.metrics()).flatMap(each -> each).toList();
    }

    /** None if they cannot be read: the others are the more wanted then. */
    private MetricFamilySamples deadLetters() {
        PrometheusSamples samples = new PrometheusSamples();
        try {
            letters.count().forEach((flow, states) -> states
                    .forEach((state, count) -> samples.add(DEAD_LETTERS, count, "flow", flow, "state", state.toString())));
        } catch (IOException e) {
            LOG.warn("Cannot count the dead letters: {}", e.toString());
        }
        return new MetricFamilySamples(DEAD_LETTERS, Type.GAUGE, DEAD_LETTERS_HELP, samples.all());
    }

    @Override
    public List<MetricFamilySamples> describe() {
        return List.of();
    }
}
