// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.sandbox.lists;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;

/**
 * What the records of a list look like: any JSON in which <code>${…}</code> stands for a value. One attribute can be made
 * without the others, so that a search looks at no more than it has to.
 */
final class RecordPattern {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^}]+)}");

    private final Map<String, RecordPattern> attributes = new LinkedHashMap<>();
    private final List<RecordPattern> elements = new ArrayList<>();
    private final boolean array;
    private final Function<SimulatedRecord, JsonNode> value;

    private RecordPattern(boolean array, Function<SimulatedRecord, JsonNode> value) {
        this.array = array;
        this.value = value;
    }

    static RecordPattern of(JsonNode json, RecordValues values) {
        if (json.isObject()) {
            RecordPattern pattern = new RecordPattern(false, null);
            json.fields().forEachRemaining(each -> pattern.attributes.put(each.getKey(), of(each.getValue(), values)));
            return pattern;
        }
        if (json.isArray()) {
            RecordPattern pattern = new RecordPattern(true, null);
            json.forEach(each -> pattern.elements.add(of(each, values)));
            return pattern;
        }
        return new RecordPattern(false, json.isTextual() ? text(json.textValue(), values) : record -> json);
    }

    private static Function<SimulatedRecord, JsonNode> text(String text, RecordValues values) {
        Matcher matcher = PLACEHOLDER.matcher(text);
        if (matcher.matches()) {
            return values.value(matcher.group(1));
        }
        List<Function<SimulatedRecord, JsonNode>> parts = new ArrayList<>();
        int end = 0;
        matcher.reset();
        while (matcher.find()) {
            JsonNode before = TextNode.valueOf(text.substring(end, matcher.start()));
            parts.add(record -> before);
            parts.add(values.value(matcher.group(1)));
            end = matcher.end();
        }
        JsonNode rest = TextNode.valueOf(text.substring(end));
        if (parts.isEmpty()) {
            return record -> rest;
        }
        parts.add(record -> rest);
        return record -> {
            StringBuilder joined = new StringBuilder();
            parts.forEach(part -> joined.append(part.apply(record).asText()));
            return TextNode.valueOf(joined.toString());
        };
    }

    /** A whole record. */
    JsonNode json(SimulatedRecord record) {
        if (value != null) {
            return value.apply(record);
        }
        if (array) {
            ArrayNode list = JsonNodeFactory.instance.arrayNode();
            elements.forEach(each -> list.add(each.json(record)));
            return list;
        }
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        attributes.forEach((name, each) -> object.set(name, each.json(record)));
        return object;
    }

    /** One value of it; the path is {@code name} or {@code account.id}. */
    JsonNode at(String path, SimulatedRecord record) {
        int dot = path.indexOf('.');
        String name = dot < 0 ? path : path.substring(0, dot);
        RecordPattern attribute = attributes.get(name);
        if (attribute == null) {
            return value == null ? MissingNode.getInstance() : value.apply(record).path(name);
        }
        return dot < 0 ? attribute.json(record) : attribute.at(path.substring(dot + 1), record);
    }
}
