// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.record.survey;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gtmroutes.record.read.RecordCheck;

/** Collects the attributes of records, in the order of their appearance, at most {@link #MOST}. For one thread. */
public final class AttributeSurvey {

    /** The most attributes that are kept. */
    public static final int MOST = 500;

    private static final int MOST_CHARS = 80;
    private static final int DEEPEST = 20;
    private static final ObjectMapper MAPPER = new ObjectMapper(RecordCheck.JSON);

    private final Map<List<String>, Found> found = new LinkedHashMap<>();

    private static final class Found {
        private final Set<ValueKind> kinds = new LinkedHashSet<>();
        private final Set<Integer> lists = new TreeSet<>();
        private String sample = "";
    }

    /** Adds the attributes of a record: one JSON object. Any other JSON has none. */
    public void add(byte[] record) {
        try {
            members(MAPPER.readTree(record), List.of(), Set.of());
        } catch (IOException e) {
            throw new IllegalArgumentException("the record is not valid JSON", e);
        }
    }

    private void members(JsonNode object, List<String> above, Set<Integer> lists) {
        for (Map.Entry<String, JsonNode> each : object.properties()) {
            List<String> names = new ArrayList<>(above);
            names.add(each.getKey());
            add(names, each.getValue(), lists);
        }
    }

    private void add(List<String> names, JsonNode value, Set<Integer> above) {
        Found attribute = found.get(names);
        if (attribute == null) {
            if (found.size() >= MOST || names.size() > DEEPEST) {
                return;
            }
            attribute = new Found();
            found.put(names, attribute);
        }
        attribute.kinds.add(ValueKind.of(value));
        attribute.lists.addAll(above);
        if (attribute.sample.isEmpty()) {
            attribute.sample = shown(value);
        }
        if (value.isObject()) {
            members(value, names, above);
        }
        Set<Integer> lists = new TreeSet<>(above);
        lists.add(names.size() - 1);
        for (JsonNode element : value.isArray() ? value : List.<JsonNode>of()) {
            members(element, names, lists);
        }
    }

    /** A value as people see it: cut, a text without its quotes. */
    public static String shown(JsonNode value) {
        String text = value.isNull() || value.isMissingNode() ? "" : value.isValueNode() ? value.asText() : value.toString();
        String line = text.replaceAll("\\s+", " ");
        return line.length() > MOST_CHARS ? line.substring(0, MOST_CHARS - 1) + "…" : line;
    }

    /** All attributes, with objects and lists, each before what is in it. */
    public List<SurveyedAttribute> attributes() {
        return found.entrySet().stream().map(each -> new SurveyedAttribute(each.getKey(), Set.copyOf(each.getValue().lists),
                each.getValue().kinds, each.getValue().sample)).toList();
    }

    /** Those that a mapping can assign to one by one: without objects, and without lists of objects. */
    public List<SurveyedAttribute> leaves() {
        List<SurveyedAttribute> all = attributes();
        Set<List<String>> parents = new LinkedHashSet<>();
        all.stream().filter(each -> each.names().size() > 1)
                .forEach(each -> parents.add(each.names().subList(0, each.names().size() - 1)));
        return all.stream().filter(each -> !parents.contains(each.names()) && each.lists().size() < 2).toList();
    }
}
