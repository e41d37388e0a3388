// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.catalogue.openapi;

import java.math.BigInteger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** The JSON tree of a YAML document. What aliases repeat is counted each time, so that a small file makes no large tree. */
final class YamlJson {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int MOST_DIGITS = 100;

    private int parts;

    private YamlJson() {
    }

    static JsonNode of(Node root) {
        return new YamlJson().convert(root, 0);
    }

    private JsonNode convert(Node node, int depth) {
        if (depth > DocumentReader.MOST_DEPTH || ++parts > DocumentReader.MOST_PARTS) {
            throw new YamlEngineException("the file is nested too deeply, or its aliases make it too large");
        }
        if (node instanceof MappingNode map) {
            ObjectNode object = JSON.objectNode();
            for (NodeTuple each : map.getValue()) {
                String key = each.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
                object.set(key, convert(each.getValueNode(), depth + 1));
            }
            return object;
        }
        if (node instanceof SequenceNode list) {
            ArrayNode array = JSON.arrayNode();
            list.getValue().forEach(each -> array.add(convert(each, depth + 1)));
            return array;
        }
        return node instanceof ScalarNode scalar ? scalar(scalar) : JSON.nullNode();
    }

    private static JsonNode scalar(ScalarNode scalar) {
        String text = scalar.getValue();
        Tag tag = scalar.getTag();
        if (tag.equals(Tag.NULL)) {
            return JSON.nullNode();
        }
        if (tag.equals(Tag.BOOL)) {
            return JSON.booleanNode(text.equalsIgnoreCase("true"));
        }
        try {
            if (tag.equals(Tag.INT) && text.length() <= MOST_DIGITS) {
                BigInteger number = new BigInteger(text);
                return number.bitLength() < Long.SIZE ? JSON.numberNode(number.longValue()) : JSON.numberNode(number);
            }
            if (tag.equals(Tag.FLOAT) && text.length() <= MOST_DIGITS) {
                return JSON.numberNode(Double.parseDouble(text));
            }
        } catch (NumberFormatException e) {
            // A number of YAML that JSON has no form for, such as .inf, stays as its text.
        }
        return JSON.textNode(text);
    }
}
