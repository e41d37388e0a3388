// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.lookup;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gtmroutes.record.KeyHash;

/**
 * By what a store finds records.
 *
 * @param attributes whose values identify a record, in their order; dotted paths
 * @param ignoreCase whether {@code A@x.example} and {@code a@x.example} are the same value
 */
record StoreKey(List<String> attributes, boolean ignoreCase) {

    private static final int MOST_CHARS = 200;
    /** No value that stands for itself begins with it by chance. */
    private static final char HASHED = '\u0001';

    StoreKey {
        attributes = List.copyOf(attributes);
    }

    /** @param values one for each attribute; a long value, and several of them, are found by their hash */
    String of(List<String> values) {
        List<String> compared = ignoreCase ? values.stream().map(each -> each.toLowerCase(Locale.ROOT)).toList() : values;
        return compared.size() == 1 && compared.get(0).length() <= MOST_CHARS ? compared.get(0)
                : HASHED + KeyHash.of(compared).toString();
    }

    ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("ignoreCase", ignoreCase);
        attributes.forEach(json.putArray("key")::add);
        return json;
    }

    static StoreKey of(JsonNode json) {
        List<String> attributes = new ArrayList<>();
        json.path("key").forEach(each -> attributes.add(each.asText()));
        return new StoreKey(attributes, json.path("ignoreCase").asBoolean());
    }

    /** For a person. */
    @Override
    public String toString() {
        return String.join(", ", attributes) + (ignoreCase ? "" : " (with regard to case)");
    }
}
