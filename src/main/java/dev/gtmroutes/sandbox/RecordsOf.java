package dev.gtmroutes.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.List;
import java.util.stream.StreamSupport;

/** The records that a request holds, as trees; only for what looks into them. */
final class RecordsOf {

    private static final JsonMapper MAPPER = new JsonMapper();

    private RecordsOf() {
    }

    /** In their order; none when the body holds none, or is not JSON. */
    static List<JsonNode> request(Endpoint endpoint, byte[] bytes) {
        JsonNode body;
        try {
            body = MAPPER.readTree(bytes);
        } catch (IOException e) {
            return List.of();
        }
        for (Form form : endpoint.takes()) {
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
