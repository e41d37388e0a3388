// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.sandbox.faults;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

import com.fasterxml.jackson.databind.JsonNode;

/** Counts for each record how often it was carried out. What tells records apart is one of their attributes. */
public final class CarriedOut {

    private final Map<String, Integer> counts = new ConcurrentHashMap<>();
    // Null = nobody asked yet: then no body is looked into.
    private volatile String attribute;

    /** Begins to count, from nothing. */
    public void countBy(String path) {
        counts.clear();
        attribute = path;
    }

    public boolean isCounting() {
        return attribute != null;
    }

    public void add(List<JsonNode> records) {
        for (JsonNode each : records) {
            String id = RecordsOf.attribute(each, attribute);
            if (id != null) {
                counts.merge(id, 1, Integer::sum);
            }
        }
    }

    public int times(String id) {
        return counts.getOrDefault(id, 0);
    }

    public Map<String, Integer> all() {
        return new TreeMap<>(counts);
    }

    public void forget() {
        counts.clear();
    }
}
