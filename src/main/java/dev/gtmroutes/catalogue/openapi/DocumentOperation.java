// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.catalogue.openapi;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;

/**
 * One operation of an OpenAPI document, with its references to parameters, bodies and responses followed.
 *
 * @param method     in capitals
 * @param parameters those of its path, too
 * @param bodies     the schemas of its request body, by media type; empty if it has no body
 * @param response   the first 2xx response; missing if there is none
 */
record DocumentOperation(String method, String path, String id, String summary, String description, boolean deprecated,
        List<Parameter> parameters, Map<String, JsonNode> bodies, JsonNode response) {

    private static final int MOST_CHARS = 200;
    /** Any body. */
    private static final JsonNode NO_SCHEMA = JsonNodeFactory.instance.objectNode();

    /**
     * A parameter of the request.
     *
     * @param in {@code path}, {@code query}, {@code header} or {@code cookie}
     */
    record Parameter(String name, String in, boolean required, JsonNode schema) {

        boolean isIn(String place) {
            return in.equals(place);
        }

        /** The one value that it can have; empty if there are others. */
        String constant() {
            return text(schema.has("const") ? schema.get("const")
                    : schema.path("enum").size() == 1 ? schema.path("enum").get(0) : MissingNode.getInstance());
        }

        /** The value that it has where it is not given: its constant, or its default; empty if there is neither. */
        String usual() {
            return constant().isEmpty() ? text(schema.path("default")) : constant();
        }

        private static String text(JsonNode value) {
            return value.isValueNode() && !value.isNull() ? value.asText() : "";
        }

        boolean isList() {
            return List.of("array", "object").contains(schema.path("type").asText(""));
        }
    }

    static DocumentOperation of(OpenApiDocument document, String path, String method, JsonNode item, JsonNode operation)
            throws ImportException {
        Map<String, Parameter> parameters = new LinkedHashMap<>();
        for (JsonNode list : List.of(item.path("parameters"), operation.path("parameters"))) {
            for (JsonNode each : list) {
                Parameter parameter = parameter(document, document.resolve(each));
                parameters.put(parameter.in() + " " + parameter.name(), parameter);
            }
        }
        Map<String, JsonNode> bodies = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> each : document.resolve(operation.path("requestBody")).path("content")
                .properties()) {
            bodies.put(each.getKey().replaceFirst("\\s*;.*", "").toLowerCase(Locale.ROOT), each.getValue().path("schema"));
        }
        return new DocumentOperation(method.toUpperCase(Locale.ROOT), path, operation.path("operationId").asText(""),
                operation.path("summary").asText(""), operation.path("description").asText(""),
                operation.path("deprecated").asBoolean(), new ArrayList<>(parameters.values()), bodies,
                response(document, operation.path("responses")));
    }

    private static Parameter parameter(OpenApiDocument document, JsonNode parameter) throws ImportException {
        JsonNode schema = parameter.has("schema") ? parameter.get("schema")
                : parameter.path("content").path("application/json").path("schema");
        return new Parameter(parameter.path("name").asText(""), parameter.path("in").asText(""),
                parameter.path("required").asBoolean(), document.resolve(schema));
    }

    private static JsonNode response(OpenApiDocument document, JsonNode responses) throws ImportException {
        for (String each : List.of("200", "201", "2XX", "default")) {
            if (responses.has(each)) {
                return document.resolve(responses.get(each));
            }
        }
        return responses.path("200");
    }

    /** The schema of the JSON body of the response; missing if there is none. */
    JsonNode responseSchema() {
        Map<String, JsonNode> contents = new LinkedHashMap<>();
        response.path("content").properties().forEach(each -> contents.put(each.getKey(), each.getValue().path("schema")));
        return json(contents);
    }

    /** The schema of its body as JSON; missing if it has none. */
    JsonNode jsonBody() {
        return json(bodies);
    }

    private static JsonNode json(Map<String, JsonNode> contents) {
        for (Map.Entry<String, JsonNode> each : contents.entrySet()) {
            if (each.getKey().matches("application/([a-z0-9.-]+\\+)?json|\\*/\\*|application/\\*")) {
                return each.getValue().isMissingNode() ? NO_SCHEMA : each.getValue();
            }
        }
        return MissingNode.getInstance();
    }

    List<Parameter> in(String place) {
        return parameters.stream().filter(each -> each.isIn(place)).toList();
    }

    /** As people read it, such as {@code POST /people}. */
    String request() {
        return method + " " + (path.length() > MOST_CHARS ? path.substring(0, MOST_CHARS) + "…" : path);
    }
}
