// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.record.schema;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;

/**
 * How large a schema is once a copy stands in place of each reference, as the validator has it in memory. A file of a few
 * lines can have 2^40 parts in this way. A reference that leads back to where it stands ends there.
 */
public final class UnfoldedSchema {

    /** The most parts of a schema that bodies are compared with. */
    public static final int MOST_PARTS = 200_000;

    private static final String REFERENCE = "$ref";
    private static final int MOST_DEPTH = 1000;
    /** Below these of the whole schema is what references lead to. */
    private static final Set<String> DEFINITIONS = Set.of("$defs", "definitions");

    private final JsonNode root;
    private final Set<String> around = new HashSet<>();
    private int parts;

    private UnfoldedSchema(JsonNode root) {
        this.root = root;
    }

    /** Looks at no more parts than the limit. */
    public static boolean isTooLarge(JsonNode schema) {
        return !new UnfoldedSchema(schema).count(schema, 0);
    }

    private boolean count(JsonNode node, int depth) {
        if (++parts > MOST_PARTS || depth > MOST_DEPTH) {
            return false;
        }
        if (node.path(REFERENCE).isTextual() && !countTarget(node.get(REFERENCE).asText(), depth)) {
            return false;
        }
        for (Map.Entry<String, JsonNode> each : node.properties()) {
            if (!(depth == 0 && DEFINITIONS.contains(each.getKey())) && !count(each.getValue(), depth + 1)) {
                return false;
            }
        }
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            if (!count(node.get(i), depth + 1)) {
                return false;
            }
        }
        return true;
    }

    private boolean countTarget(String reference, int depth) {
        if (!reference.startsWith("#/") || !around.add(reference)) {
            return true;
        }
        boolean within = count(root.at(JsonPointer.compile(reference.substring(1))), depth + 1);
        around.remove(reference);
        return within;
    }
}
