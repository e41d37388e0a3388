// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.catalogue.openapi;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;

/**
 * What a schema says once its references are followed and {@code allOf} is put together. Of {@code oneOf} and {@code anyOf}
 * it has the properties of all forms and requires none of them, because no form is known to be the one.
 */
final class SchemaView {

    private static final int MOST_DEPTH = 50;
    private static final int MOST_SCHEMAS = 2000;

    private final OpenApiDocument document;
    private final boolean response;
    private final Map<String, JsonNode> properties = new LinkedHashMap<>();
    private final Set<String> required = new LinkedHashSet<>();
    private String type = "";
    private JsonNode items = MissingNode.getInstance();
    private int mostItems;
    private int added;

    private SchemaView(OpenApiDocument document, boolean response) {
        this.document = document;
        this.response = response;
    }

    /** Of a request, which has no properties that are read only. */
    static SchemaView of(OpenApiDocument document, JsonNode schema) throws ImportException {
        return of(document, schema, false);
    }

    /** Of a response, which has all properties. */
    static SchemaView ofResponse(OpenApiDocument document, JsonNode schema) throws ImportException {
        return of(document, schema, true);
    }

    private static SchemaView of(OpenApiDocument document, JsonNode schema, boolean response) throws ImportException {
        SchemaView view = new SchemaView(document, response);
        view.add(schema, true, 0);
        if (!response) {
            view.properties.values().removeIf(each -> each.path("readOnly").asBoolean());
        }
        view.required.retainAll(view.properties.keySet());
        return view;
    }

    private void add(JsonNode schema, boolean certain, int depth) throws ImportException {
        document.count();
        if (depth > MOST_DEPTH || ++added > MOST_SCHEMAS) {
            throw new ImportException("its schema is made of too many others");
        }
        if (schema.path(OpenApiDocument.REFERENCE).isTextual()) {
            document.resolve(schema);
            add(document.target(schema.get(OpenApiDocument.REFERENCE).asText()), certain, depth + 1);
            if (document.isOldForm()) {
                return;
            }
        }
        for (JsonNode each : schema.path("allOf")) {
            add(each, certain, depth + 1);
        }
        for (String key : List.of("oneOf", "anyOf")) {
            List<JsonNode> forms = new ArrayList<>();
            for (JsonNode each : schema.path(key)) {
                if (!each.path("type").asText("").equals("null")) {
                    forms.add(each);
                }
            }
            for (JsonNode each : forms) {
                add(each, certain && forms.size() == 1, depth + 1);
            }
        }
        String own = type(schema);
        type = own.isEmpty() ? type : own;
        for (Map.Entry<String, JsonNode> each : schema.path("properties").properties()) {
            properties.put(each.getKey(), each.getValue());
        }
        if (certain) {
            schema.path("required").forEach(each -> required.add(each.asText()));
        }
        items = schema.has("items") ? schema.get("items") : items;
        mostItems = schema.path("maxItems").asInt(mostItems);
    }

    private static String type(JsonNode schema) {
        JsonNode type = schema.path("type");
        if (type.isArray()) {
            for (JsonNode each : type) {
                if (!each.asText().equals("null")) {
                    return each.asText();
                }
            }
        }
        return type.isTextual() ? type.asText() : schema.has("properties") ? "object" : schema.has("items") ? "array" : "";
    }

    boolean isObject() {
        return type.equals("object") || type.isEmpty() && !properties.isEmpty();
    }

    boolean isArray() {
        return type.equals("array");
    }

    String type() {
        return type;
    }

    /** The most elements of an array; 0 if any number. */
    int mostItems() {
        return mostItems;
    }

    /** Names of the properties that can be sent, in their order. */
    Set<String> names() {
        return properties.keySet();
    }

    /** Names of those that have to be sent. */
    Set<String> required() {
        return required;
    }

    SchemaView property(String name) throws ImportException {
        return of(document, properties.getOrDefault(name, MissingNode.getInstance()), response);
    }

    SchemaView items() throws ImportException {
        return of(document, items, response);
    }

    /** The one text that a property can have; empty if there are others. */
    String constant(String name) throws ImportException {
        JsonNode schema = document.resolve(properties.getOrDefault(name, MissingNode.getInstance()));
        JsonNode only = schema.has("const") ? schema.get("const")
                : schema.path("enum").size() == 1 ? schema.path("enum").get(0) : MissingNode.getInstance();
        return only.isTextual() ? only.asText() : "";
    }

    /** Whether an array has objects as its elements. */
    boolean isArrayOfObjects() throws ImportException {
        return isArray() && items().isObject();
    }
}
