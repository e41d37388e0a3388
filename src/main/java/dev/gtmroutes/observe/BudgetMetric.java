package dev.gtmroutes.observe;

import java.util.Collection;
import java.util.List;
import java.util.function.ToDoubleFunction;

import dev.gtmroutes.credential.RateBudget;
import io.prometheus.client.Collector.MetricFamilySamples;
import io.prometheus.client.Collector.Type;

/**
 * Something that is measured of each rate budget, which all flows share that use the same credential. All go up and down.
 *
 * @param name   its name at Prometheus
 * @param help   what it is, for a person
 * @param number its value
 */
public record BudgetMetric(String name, String help, ToDoubleFunction<RateBudget> number) {

    /** What tells the numbers of a metric apart. */
    public static final String TAG = "credential";

    /** All of them. */
    public static final List<BudgetMetric> ALL = List.of(
            new BudgetMetric("gtm_requests_waiting_for_rate", "requests of all flows that wait for the rate limit of "
                    + "their credential", RateBudget::waiting),
            new BudgetMetric("gtm_rate_used_points", "points of the rate limit used in the last window",
                    RateBudget::used),
            new BudgetMetric("gtm_rate_limit_points", "maximum number of points in a window", RateBudget::limit),
            new BudgetMetric("gtm_rate_window_seconds", "length of a window",
                    budget -> budget.window().toMillis() / 1e3));

    MetricFamilySamples of(Collection<RateBudget> budgets) {
        PrometheusSamples samples = new PrometheusSamples();
        budgets.forEach(each -> samples.add(name, number.applyAsDouble(each), TAG, each.id()));
        return new MetricFamilySamples(name, Type.GAUGE, help, samples.all());
    }
}
