// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.observe;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

import dev.gtmroutes.credential.RateBudget;
import dev.gtmroutes.export.ExportProgress;
import io.prometheus.client.Collector.MetricFamilySamples;
import io.prometheus.client.Collector.Type;

/**
 * Something that is measured of each of several things, and goes up and down.
 *
 * @param name   its name at Prometheus
 * @param tag    what tells its numbers apart
 * @param help   what it is, for a person
 * @param id     value of the tag
 * @param number its value
 */
public record GaugeMetric<T>(String name, String tag, String help, Function<T, String> id, ToDoubleFunction<T> number) {

    /** Of each export. */
    public static final List<GaugeMetric<ExportProgress>> EXPORTS = List.of(
            export("gtm_export_days_left", "planned days of an export that are not delivered", ExportProgress::days),
            export("gtm_export_fragments_left", "fragments of an export that are ready and are not delivered",
                    ExportProgress::fragments),
            export("gtm_export_job_seconds",
                    "age of the oldest job of an export that is not completed, 0 without such a job",
                    ExportProgress::jobAge),
            export("gtm_export_incomplete_windows",
                    "windows whose data is missing or has another size than People.ai states", ExportProgress::differing));

    /** Of each source that fetches by itself: what a person has to know of it, by its flow. */
    public static final List<GaugeMetric<Map.Entry<String, List<String>>>> SOURCES = List.of(
            new GaugeMetric<>("gtm_source_problems", "flow",
                    "problems of exports and paged reads: missing data, a job or a read without progress, a refused "
                            + "credential; the health check `sources` names them",
                    Map.Entry::getKey, each -> each.getValue().size()));

    /** Of each rate budget, which all flows share that use the same credential. */
    public static final List<GaugeMetric<RateBudget>> BUDGETS = List.of(
            budget("gtm_requests_waiting_for_rate", "requests of all flows that wait for the rate limit of their credential",
                    RateBudget::waiting),
            budget("gtm_rate_used_points", "points of the rate limit used in the last window", RateBudget::used),
            budget("gtm_rate_limit_points", "maximum number of points in a window", RateBudget::limit),
            budget("gtm_rate_window_seconds", "length of a window", each -> each.window().toMillis() / 1e3));

    private static GaugeMetric<ExportProgress> export(String name, String help, ToDoubleFunction<ExportProgress> number) {
        return new GaugeMetric<>(name, "flow", help, ExportProgress::flow, number);
    }

    private static GaugeMetric<RateBudget> budget(String name, String help, ToDoubleFunction<RateBudget> number) {
        return new GaugeMetric<>(name, "credential", help, RateBudget::id, number);
    }

    MetricFamilySamples of(Collection<T> things) {
        PrometheusSamples samples = new PrometheusSamples();
        things.forEach(each -> samples.add(name, number.applyAsDouble(each), tag, id.apply(each)));
        return new MetricFamilySamples(name, Type.GAUGE, help, samples.all());
    }
}
