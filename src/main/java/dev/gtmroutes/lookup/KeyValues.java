// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.lookup;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.gtmroutes.record.AttributePath;
import dev.gtmroutes.record.Attributes;

/** Reads the values of a key from records. Immutable, for any number of threads. */
final class KeyValues {

    private final List<AttributePath> paths;
    private final Attributes attributes;

    /** @param list attributes, comma-separated */
    KeyValues(String list) {
        this.paths = AttributePath.list(list);
        this.attributes = new Attributes(paths);
    }

    List<String> names() {
        return paths.stream().map(AttributePath::text).toList();
    }

    /** @return the values as text: the number 1 and the text "1" are the same; null if the record lacks one of them */
    List<String> of(byte[] record) {
        Map<AttributePath, Attributes.Value> found = attributes.of(record);
        List<String> values = new ArrayList<>();
        for (AttributePath each : paths) {
            Attributes.Value value = found.get(each);
            if (value == null || !value.isThere()) {
                return null;
            }
            values.add(value.text() != null ? value.text() : new String(value.json(), StandardCharsets.UTF_8));
        }
        return values;
    }
}
