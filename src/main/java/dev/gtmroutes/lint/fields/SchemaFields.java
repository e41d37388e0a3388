// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.lint.fields;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import dev.gtmroutes.record.survey.SurveyedAttribute;
import dev.gtmroutes.record.survey.ValueKind;

/** The fields of a record in a JSON Schema of a request body. References are followed within the schema only. */
final class SchemaFields {

    private static final int MOST = 500;
    private static final int DEEPEST = 8;
    private static final int MOST_REFERENCES = 20;
    /** Schemas that refer to themselves would have more parts than anybody can wait for. */
    private static final int MOST_PARTS = 20_000;

    private final JsonNode root;
    private final Map<String, TargetField> fields = new LinkedHashMap<>();
    private int parts;

    private SchemaFields(JsonNode root) {
        this.root = root;
    }

    /**
     * @param schema of the whole body
     * @param way    to the record in the body: names of members, and {@code []} for the elements of a list
     * @return by their targets, in the order of the schema
     */
    static Map<String, TargetField> of(JsonNode schema, List<String> way) {
        SchemaFields found = new SchemaFields(schema);
        JsonNode node = found.followed(schema);
        for (String each : way) {
            node = found.followed(each.equals("[]") ? node.path("items") : found.properties(node).getOrDefault(each, node
                    .path("properties").path(each)));
        }
        found.members(node, List.of(), Set.of(), "", 0);
        return found.fields;
    }

    private JsonNode followed(JsonNode node) {
        JsonNode at = node;
        for (int i = 0; i < MOST_REFERENCES && at.path("$ref").asText("").startsWith("#/"); i++) {
            at = root.at(JsonPointer.compile(at.get("$ref").asText().substring(1)));
        }
        return at;
    }

    /** Its own properties, and those of each schema that must hold, too. */
    private Map<String, JsonNode> properties(JsonNode node) {
        Map<String, JsonNode> all = new LinkedHashMap<>();
        node.path("properties").properties().forEach(each -> all.put(each.getKey(), each.getValue()));
        for (JsonNode each : node.path("allOf")) {
            followed(each).path("properties").properties().forEach(part -> all.putIfAbsent(part.getKey(), part.getValue()));
        }
        return all;
    }

    private Set<String> required(JsonNode node) {
        Set<String> names = new TreeSet<>();
        node.path("required").forEach(each -> names.add(each.asText()));
        node.path("allOf").forEach(each -> followed(each).path("required").forEach(name -> names.add(name.asText())));
        return names;
    }

    private void members(JsonNode object, List<String> above, Set<Integer> lists, String requiredAbove, int depth) {
        Set<String> required = required(object);
        properties(object).forEach((name, declared) -> {
            List<String> names = new ArrayList<>(above);
            names.add(name);
            boolean isRequired = required.contains(name) && (above.isEmpty() || !requiredAbove.isEmpty());
            String place = !isRequired ? "" : requiredAbove.isEmpty() ? name : requiredAbove + "." + name;
            add(followed(declared), names, lists, place, depth);
        });
    }

    private void add(JsonNode field, List<String> names, Set<Integer> lists, String required, int depth) {
        if (++parts > MOST_PARTS) {
            return;
        }
        JsonNode items = followed(field.path("items"));
        boolean ofObjects = lists.isEmpty() && !properties(items).isEmpty();
        if (depth < DEEPEST && !properties(field).isEmpty()) {
            members(field, names, lists, required, depth + 1);
        } else if (depth < DEEPEST && ofObjects) {
            members(items, names, Set.of(names.size() - 1), required, depth + 1);
        } else if (fields.size() < MOST) {
            SurveyedAttribute named = new SurveyedAttribute(names, lists, Set.of(), "");
            List<String> allowed = new ArrayList<>();
            field.path("enum").forEach(each -> allowed.add(each.asText()));
            fields.put(named.target(), new TargetField(named.target(), named.path(), kind(field), true, required,
                    field.path("description").asText(""), allowed, field.path("example").asText("")));
        }
    }

    /** Null where several types are allowed, or none is said. */
    private static ValueKind kind(JsonNode field) {
        Set<String> types = new TreeSet<>();
        JsonNode type = field.path("type");
        if (type.isArray()) {
            type.forEach(each -> types.add(each.asText()));
        } else if (type.isTextual()) {
            types.add(type.asText());
        }
        types.remove("null");
        return switch (types.size() == 1 ? types.iterator().next() : "") {
            case "string" -> field.path("format").asText("").equals("date-time") ? ValueKind.TIME : ValueKind.TEXT;
            case "integer", "number" -> ValueKind.NUMBER;
            case "boolean" -> ValueKind.BOOLEAN;
            case "array" -> ValueKind.LIST;
            case "object" -> ValueKind.OBJECT;
            default -> null;
        };
    }
}
