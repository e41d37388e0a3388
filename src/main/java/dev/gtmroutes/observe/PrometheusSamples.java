// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.observe;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;

import io.prometheus.client.Collector.MetricFamilySamples.Sample;

/** The numbers of one metric. Each has its tags to itself: two destinations of a flow may have the same template. */
final class PrometheusSamples {

    private record Key(String name, List<String> tags, List<String> values) {
    }

    private final Map<Key, Double> numbers = new LinkedHashMap<>();

    /**
     * Adds up what has the same name and tags.
     *
     * @param tags a name and a value by turns
     */
    void add(String name, double number, String... tags) {
        merge(name, number, Double::sum, tags);
    }

    /** Keeps the largest of what has the same name and tags. */
    void largest(String name, double number, String... tags) {
        merge(name, number, Double::max, tags);
    }

    private void merge(String name, double number, BinaryOperator<Double> both, String... tags) {
        List<String> names = new ArrayList<>();
        List<String> values = new ArrayList<>();
        for (int i = 0; i < tags.length; i += 2) {
            names.add(tags[i]);
            values.add(tags[i + 1]);
        }
        numbers.merge(new Key(name, names, values), number, both);
    }

    List<Sample> all() {
        return numbers.entrySet().stream()
                .map(each -> new Sample(each.getKey().name, each.getKey().tags, each.getKey().values, each.getValue()))
                .toList();
    }
}
