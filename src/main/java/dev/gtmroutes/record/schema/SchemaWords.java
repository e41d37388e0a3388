// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.record.schema;

import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonNodePath;
import com.networknt.schema.ValidationMessage;

/** Says in one line in which way an attribute differs from its schema, without its value, which may be a secret. */
final class SchemaWords {

    private static final int MOST_CHARS = 120;

    private SchemaWords() {
    }

    static String of(ValidationMessage difference) {
        String place = place(difference.getInstanceLocation());
        return switch (difference.getType()) {
            case "required", "dependentRequired" -> named(joined(place, difference.getProperty())) + " is missing";
            case "additionalProperties", "unevaluatedProperties",
                    "propertyNames" -> named(joined(place, difference.getProperty()))
                            + " is not an attribute of this request";
            case "type" -> named(place) + " has the wrong type. Allowed: " + allowed(difference);
            case "enum", "const" -> named(place) + " has another value. Allowed: " + allowed(difference);
            case "oneOf", "anyOf", "not" -> named(place) + " has none of the forms that the schema allows";
            default -> named(place) + " has another value. Allowed: " + difference.getType() + " " + allowed(difference);
        };
    }

    private static String named(String place) {
        return place.isEmpty() ? "the body" : "the attribute " + place;
    }

    private static String joined(String place, String property) {
        return property == null ? place : place.isEmpty() ? property : place + "." + property;
    }

    /** {@code /data/0/email} is data.email: a person thinks of the record, not of its place in a list. */
    private static String place(JsonNodePath location) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < location.getNameCount(); i++) {
            if (location.getElement(i) instanceof String name) {
                names.add(name);
            }
        }
        return String.join(".", names);
    }

    private static String allowed(ValidationMessage difference) {
        JsonNode schema = difference.getSchemaNode();
        String text = schema == null ? "" : texts(schema);
        return text.length() > MOST_CHARS ? text.substring(0, MOST_CHARS) + " …" : text;
    }

    private static String texts(JsonNode schema) {
        if (!schema.isArray()) {
            return schema.isValueNode() ? schema.asText() : schema.toString();
        }
        StringBuilder all = new StringBuilder();
        for (JsonNode each : schema) {
            all.append(all.isEmpty() ? "" : ", ").append(each.isTextual() ? each.asText() : each.toString());
        }
        return all.toString();
    }
}
