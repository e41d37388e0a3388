package dev.gtmroutes.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** Counts for each record how often it was carried out. What tells records apart is one of their attributes. */
final class CarriedOut {

    private final Map<String, Integer> counts = new ConcurrentHashMap<>();
    // Null = nobody asked yet: then no body is looked into.
    private volatile String attribute;

    /** Begins to count, from nothing. */
    void countBy(String path) {
        counts.clear();
        attribute = path;
    }

    boolean isCounting() {
        return attribute != null;
    }

    void add(List<JsonNode> records) {
        for (JsonNode each : records) {
            String id = RecordsOf.attribute(each, attribute);
            if (id != null) {
                counts.merge(id, 1, Integer::sum);
            }
        }
    }

    int times(String id) {
        return counts.getOrDefault(id, 0);
    }

    Map<String, Integer> all() {
        return new TreeMap<>(counts);
    }

    void forget() {
        counts.clear();
    }
}
