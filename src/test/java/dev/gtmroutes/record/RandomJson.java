// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.record;

import java.util.Random;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Makes JSON that is hard on those who look for brackets and quotes. */
public final class RandomJson {

    private static final String[] PIECES = {"{", "}", "[", "]", "\"", "\\", ",", ":", "\n", "\r\n", "é", "€", "😀", "a",
            " ", "\t", "\u0001", "\\\"", "\u2028", "x".repeat(50)};

    private final Random random;

    public RandomJson(Random random) {
        this.random = random;
    }

    boolean pretty() {
        return random.nextBoolean();
    }

    public ObjectNode object(int depth) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        for (int i = random.nextInt(6); i > 0; i--) {
            object.set(random.nextInt(3) == 0 ? text() : String.valueOf((char) ('a' + random.nextInt(5))), value(depth));
        }
        return object;
    }

    private JsonNode value(int depth) {
        JsonNodeFactory make = JsonNodeFactory.instance;
        switch (random.nextInt(depth > 0 ? 7 : 5)) {
            case 0:
                return make.numberNode(random.nextInt());
            case 1:
                return make.numberNode(random.nextDouble());
            case 2:
                return make.booleanNode(random.nextBoolean());
            case 3:
                return make.nullNode();
            case 4:
                return make.textNode(text());
            case 5:
                return object(depth - 1);
            default:
                ArrayNode array = make.arrayNode();
                for (int i = random.nextInt(4); i > 0; i--) {
                    array.add(value(depth - 1));
                }
                return array;
        }
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(5); i > 0; i--) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return text.toString();
    }
}
