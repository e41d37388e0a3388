// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.catalogue.openapi;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gtmroutes.record.schema.RequestSchema;
import dev.gtmroutes.record.schema.UnfoldedSchema;

/**
 * A schema of an OpenAPI document as JSON Schema 2020-12 that needs no other file: what it refers to is in its
 * {@code $defs}. Keywords that check nothing are left out.
 */
final class SelfContainedSchema {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int MOST_PARTS = 50_000;

    private static final Set<String> MAPS = Set.of("properties", "patternProperties", "dependentSchemas");
    private static final Set<String> LISTS = Set.of("allOf", "anyOf", "oneOf", "prefixItems");
    private static final Set<String> SCHEMAS = Set.of("items", "additionalProperties", "not", "if", "then", "else",
            "contains", "propertyNames", "unevaluatedProperties", "unevaluatedItems");
    private static final Set<String> VALUES = Set.of("type", "enum", "const", "format", "required",
            "maximum", "minimum", "multipleOf", "maxLength", "minLength", "maxItems", "minItems", "uniqueItems",
            "maxProperties", "minProperties", "dependentRequired", "maxContains", "minContains");

    private final OpenApiDocument document;
    private final Map<String, String> names = new LinkedHashMap<>();
    private final Set<String> taken = new HashSet<>();
    /** The last number behind a name. */
    private final Map<String, Integer> numbers = new HashMap<>();
    private final Deque<String> left = new ArrayDeque<>();
    private int parts;

    private SelfContainedSchema(OpenApiDocument document) {
        this.document = document;
    }

    /** @throws ImportException if it refers to what is not there, or is too large to be checked */
    static ObjectNode of(OpenApiDocument document, JsonNode schema) throws ImportException {
        SelfContainedSchema all = new SelfContainedSchema(document);
        ObjectNode whole = JSON.objectNode().put("$schema", "https://json-schema.org/draft/2020-12/schema");
        JsonNode top = all.convert(schema);
        ObjectNode definitions = JSON.objectNode();
        while (!all.left.isEmpty()) {
            String reference = all.left.remove();
            definitions.set(all.names.get(reference), all.convert(document.target(reference)));
        }
        if (top.isObject()) {
            whole.setAll((ObjectNode) top);
        }
        if (!definitions.isEmpty()) {
            whole.set("$defs", definitions);
        }
        check(whole);
        return whole;
    }

    /** What a flow would refuse is not written. */
    private static void check(ObjectNode schema) throws ImportException {
        if (schema.toPrettyString().getBytes(StandardCharsets.UTF_8).length >= RequestSchema.MOST_BYTES) {
            throw new ImportException("its schema is larger than " + RequestSchema.MOST_BYTES / 1_000_000 + " MB");
        }
        if (UnfoldedSchema.isTooLarge(schema)) {
            throw new ImportException("its schema has more than " + UnfoldedSchema.MOST_PARTS
                    + " parts once its references are followed");
        }
    }

    private JsonNode convert(JsonNode schema) throws ImportException {
        document.count();
        if (++parts > MOST_PARTS) {
            throw new ImportException("its schema has more than " + MOST_PARTS + " parts");
        }
        if (schema.isBoolean()) {
            return schema;
        }
        ObjectNode made = JSON.objectNode();
        if (schema.path(OpenApiDocument.REFERENCE).isTextual()) {
            document.resolve(schema);
            made.put(OpenApiDocument.REFERENCE,
                    "#/$defs/" + definition(schema.get(OpenApiDocument.REFERENCE).asText()));
            if (document.isOldForm()) {
                return made;
            }
        }
        for (Map.Entry<String, JsonNode> each : schema.properties()) {
            copy(each.getKey(), each.getValue(), made);
        }
        bounds(schema, made);
        if (made.path("patternProperties").size() < schema.path("patternProperties").size()) {
            // A property whose pattern is left out would be one too many.
            made.remove(List.of("additionalProperties", "unevaluatedProperties"));
        }
        if (schema.path("nullable").asBoolean()) {
            nullable(made);
        }
        readOnly(schema, made);
        return made;
    }

    private void copy(String keyword, JsonNode value, ObjectNode made) throws ImportException {
        if (VALUES.contains(keyword)) {
            made.set(keyword, value);
        } else if (keyword.equals("pattern") && HarmlessPattern.is(value.asText())) {
            made.set(keyword, value);
        } else if (SCHEMAS.contains(keyword)) {
            made.set(keyword, convert(value));
        } else if (LISTS.contains(keyword) && value.isArray()) {
            ArrayNode list = made.putArray(keyword);
            for (JsonNode each : value) {
                list.add(convert(each));
            }
        } else if (MAPS.contains(keyword) && value.isObject()) {
            ObjectNode map = made.putObject(keyword);
            boolean patterns = keyword.equals("patternProperties");
            for (Map.Entry<String, JsonNode> each : value.properties()) {
                if (!patterns || HarmlessPattern.is(each.getKey())) {
                    map.set(each.getKey(), convert(each.getValue()));
                }
            }
        }
    }

    private String definition(String reference) {
        String known = names.get(reference);
        if (known == null) {
            String last = reference.substring(reference.lastIndexOf('/') + 1).replaceAll("[^A-Za-z0-9_-]", "_");
            known = last;
            while (!taken.add(known)) {
                known = last + "_" + numbers.merge(last, 2, (before, first) -> before + 1);
            }
            names.put(reference, known);
            left.add(reference);
        }
        return known;
    }

    /** In 3.0, exclusiveMinimum is a mark of minimum; in JSON Schema, it is the number. */
    private static void bounds(JsonNode schema, ObjectNode made) {
        for (String each : List.of("Minimum", "Maximum")) {
            JsonNode exclusive = schema.path("exclusive" + each);
            String bound = each.toLowerCase(Locale.ROOT);
            if (exclusive.isNumber()) {
                made.set("exclusive" + each, exclusive);
            } else if (exclusive.asBoolean() && schema.has(bound)) {
                made.remove(bound);
                made.set("exclusive" + each, schema.get(bound));
            }
        }
    }

    private static void nullable(ObjectNode made) {
        if (made.path("type").isTextual()) {
            made.set("type", JSON.arrayNode().add(made.get("type")).add("null"));
        }
        if (made.path("enum").isArray()) {
            made.set("enum", ((ArrayNode) made.get("enum")).deepCopy().add(JSON.nullNode()));
        }
    }

    /** What only responses have is not required of a request. */
    private void readOnly(JsonNode schema, ObjectNode made) throws ImportException {
        if (!schema.path("required").isArray()) {
            // In 3.0, some documents have a boolean here, which JSON Schema does not know.
            made.remove("required");
            return;
        }
        ArrayNode required = JSON.arrayNode();
        for (JsonNode each : schema.get("required")) {
            if (!document.resolve(schema.path("properties").path(each.asText())).path("readOnly").asBoolean()) {
                required.add(each);
            }
        }
        made.set("required", required);
    }
}
