// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.lookup;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.gtmroutes.record.AttributePath;
import dev.gtmroutes.record.Attributes;

/** What a store keeps of a record. Immutable, for any number of threads. */
final class KeptAttributes {

    private final List<AttributePath> paths;
    private final Attributes attributes;

    /** @param list attributes, comma-separated, dotted paths for nested ones; blank for all */
    KeptAttributes(String list) {
        List<AttributePath> all = AttributePath.list(list);
        // An object that is kept as a whole has its attributes.
        this.paths = all.stream().filter(each -> all.stream().noneMatch(other -> each.text().startsWith(other.text() + ".")))
                .toList();
        this.attributes = new Attributes(paths);
    }

    /** @return a JSON object; the same bytes if all is kept */
    byte[] of(byte[] record) {
        if (paths.isEmpty()) {
            return record;
        }
        Map<AttributePath, Attributes.Value> values = attributes.of(record);
        ObjectNode kept = JsonNodeFactory.instance.objectNode();
        for (AttributePath each : paths) {
            Attributes.Value value = values.get(each);
            if (value != null) {
                ObjectNode parent = kept;
                List<String> names = each.names();
                for (String name : names.subList(0, names.size() - 1)) {
                    parent = parent.withObjectProperty(name);
                }
                // With its own bytes: a number keeps all its digits.
                parent.putRawValue(names.get(names.size() - 1),
                        new RawValue(new String(value.json(), StandardCharsets.UTF_8)));
            }
        }
        return kept.toString().getBytes(StandardCharsets.UTF_8);
    }
}
