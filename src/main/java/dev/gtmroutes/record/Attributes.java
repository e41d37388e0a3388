// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.record;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.gtmroutes.record.read.RecordCheck;

/**
 * Looks attributes up in records, in one pass over their bytes and without a tree of them. An attribute whose own name
 * is the whole path comes before a nested one; arrays on the way are not entered, since they hold many values.
 * Immutable, for any number of threads.
 */
public final class Attributes {

    /**
     * The value of an attribute.
     *
     * @param json the value's own bytes, as they came
     * @param text for a string its text, for a number or boolean its digits or letters as they came; null for null, an
     *             object or an array
     */
    public record Value(byte[] json, String text) {

        /** Whether this can stand in a URL or a required place: neither null nor an empty string. */
        public boolean isThere() {
            return json[0] != 'n' && (text == null || !text.isEmpty());
        }
    }

    private final List<AttributePath> paths;
    private final PathNode root;

    /** The same path is looked up once, however often it is asked for. */
    public Attributes(Collection<AttributePath> asked) {
        paths = asked.stream().distinct().toList();
        root = PathNode.tree(paths, new BitSet());
    }

    /** Whether there is nothing to look up. */
    public boolean isEmpty() {
        return paths.isEmpty();
    }

    /**
     * @param  record one well-formed JSON object in UTF-8
     * @return        the values of the attributes it has; of an attribute that comes twice, the last
     */
    public Map<AttributePath, Value> of(byte[] record) {
        Scan scan = new Scan(record, paths.size());
        try (JsonParser parser = RecordCheck.JSON.createParser(record)) {
            parser.nextToken();
            scan.object(parser, root);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<AttributePath, Value> values = new HashMap<>();
        for (int i = 0; i < paths.size(); i++) {
            Value value = scan.literal[i] != null ? scan.literal[i] : scan.nested[i];
            if (value != null) {
                values.put(paths.get(i), value);
            }
        }
        return values;
    }

    private static final class Scan {
        private final byte[] record;
        private final Value[] literal;
        private final Value[] nested;

        Scan(byte[] record, int paths) {
            this.record = record;
            this.literal = new Value[paths];
            this.nested = new Value[paths];
        }

        void object(JsonParser parser, PathNode node) throws IOException {
            for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                PathNode child = node.children.get(name);
                JsonToken token = parser.nextToken();
                if (child == null) {
                    parser.skipChildren();
                } else {
                    value(parser, token, child);
                }
            }
        }

        private void value(JsonParser parser, JsonToken token, PathNode node) throws IOException {
            int start = (int) parser.currentTokenLocation().getByteOffset();
            String text = token.isScalarValue() && token != JsonToken.VALUE_NULL ? parser.getText() : null;
            if (token == JsonToken.START_OBJECT && !node.children.isEmpty()) {
                object(parser, node);
            } else {
                parser.skipChildren();
                parser.finishToken();
            }
            int end = (int) parser.currentLocation().getByteOffset();
            Value value = new Value(token.isNumeric() ? text.getBytes(StandardCharsets.US_ASCII)
                    : Arrays.copyOfRange(record, start, end), text);
            if (node.literal >= 0) {
                literal[node.literal] = value;
            }
            if (node.nested >= 0) {
                nested[node.nested] = value;
            }
        }
    }
}
