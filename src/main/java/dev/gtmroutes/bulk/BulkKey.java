// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.bulk;

import java.util.List;
import java.util.Locale;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gtmroutes.record.AttributePath;
import dev.gtmroutes.record.Attributes;

/**
 * The attribute by whose value the vendor knows records apart. Letters and blanks around do not count: the vendor may take
 * {@code Ann@x.example} and {@code ann@x.example} for one person, and it does no harm to take them for one here.
 *
 * @param attribute its name; empty where records have no key
 */
record BulkKey(String attribute) {

    /** Of a record as it is sent; empty for none. */
    String of(byte[] part) {
        if (attribute.isEmpty()) {
            return "";
        }
        AttributePath path = AttributePath.of(attribute);
        Attributes.Value value = new Attributes(List.of(path)).of(part).get(path);
        return value == null || value.text() == null ? "" : normal(value.text());
    }

    /** Of a record as the vendor shows it; empty for none. */
    String of(JsonNode record) {
        JsonNode value = record.path(attribute);
        return attribute.isEmpty() || !value.isValueNode() || value.isNull() ? "" : normal(value.asText());
    }

    private static String normal(String text) {
        return text.strip().toLowerCase(Locale.ROOT);
    }
}
