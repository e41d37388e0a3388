// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.sandbox.faults;

import java.io.IOException;
import java.util.List;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.gtmroutes.sandbox.catalogue.Endpoint;
import dev.gtmroutes.sandbox.checks.EndpointForm;

/** The records that a request holds, as trees; only for what looks into them. */
public final class RecordsOf {

    private static final JsonMapper MAPPER = new JsonMapper();

    private RecordsOf() {
    }

    /** In their order; none when the body holds none, or is not JSON. */
    public static List<JsonNode> request(Endpoint endpoint, byte[] bytes) {
        JsonNode body;
        try {
            body = MAPPER.readTree(bytes);
        } catch (IOException e) {
            return List.of();
        }
        for (EndpointForm form : endpoint.takes()) {
            if (form.at() != null && body.has(form.at())) {
                return elements(body.get(form.at()));
            }
        }
        return elements(body);
    }

    private static List<JsonNode> elements(JsonNode body) {
        return body.isArray() ? StreamSupport.stream(body.spliterator(), false).toList()
                : body.isObject() ? List.of(body) : List.of();
    }

    /** The value of an attribute as text, dotted paths for nested ones; null = it has none. */
    static String attribute(JsonNode record, String path) {
        JsonNode value = record.at("/" + path.replace('.', '/'));
        return value.isValueNode() && !value.isNull() ? value.asText() : null;
    }
}
