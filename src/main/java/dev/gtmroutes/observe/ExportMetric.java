package dev.gtmroutes.observe;

import java.util.Collection;
import java.util.List;
import java.util.function.ToDoubleFunction;

import dev.gtmroutes.export.ExportProgress;
import io.prometheus.client.Collector.MetricFamilySamples;
import io.prometheus.client.Collector.Type;

/**
 * Something that is measured of each export. All go up and down.
 *
 * @param name   its name at Prometheus
 * @param help   what it is, for a person
 * @param number its value
 */
public record ExportMetric(String name, String help, ToDoubleFunction<ExportProgress> number) {

    /** What tells the numbers of a metric apart. */
    public static final String TAG = "flow";

    /** All of them. */
    public static final List<ExportMetric> ALL = List.of(
            new ExportMetric("gtm_export_days_left", "planned days of an export that are not delivered",
                    ExportProgress::days),
            new ExportMetric("gtm_export_fragments_left", "fragments of an export that are ready and are not delivered",
                    ExportProgress::fragments));

    MetricFamilySamples of(Collection<ExportProgress> exports) {
        PrometheusSamples samples = new PrometheusSamples();
        exports.forEach(each -> samples.add(name, number.applyAsDouble(each), TAG, each.flow()));
        return new MetricFamilySamples(name, Type.GAUGE, help, samples.all());
    }
}
