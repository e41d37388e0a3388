// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.bulk.spool;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.gtmroutes.disk.Sha256;

/** Hashes by which records are compared. */
public final class Hash {

    private static final int BYTES = 16;
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.USE_BIG_INTEGER_FOR_INTS).build();

    private Hash() {
    }

    /** Of just these bytes. */
    public static String of(byte[] bytes) {
        return HexFormat.of().formatHex(Sha256.begin().digest(bytes), 0, BYTES);
    }

    /** A short one, for large sets. */
    static long number(String text) {
        return ByteBuffer.wrap(Sha256.begin().digest(text.getBytes(StandardCharsets.UTF_8))).getLong();
    }

    /** Of a value: the order of attributes and the way numbers are written do not count. */
    public static String ofValue(JsonNode value) {
        StringBuilder text = new StringBuilder();
        append(value, text);
        return of(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    public static String ofValue(byte[] json) throws IOException {
        return ofValue(JSON.readTree(json));
    }

    private static void append(JsonNode value, StringBuilder text) {
        if (value.isObject()) {
            Map<String, JsonNode> sorted = new TreeMap<>();
            value.properties().forEach(each -> sorted.put(each.getKey(), each.getValue()));
            text.append('{');
            sorted.forEach((name, each) -> {
                text.append(JSON.getNodeFactory().textNode(name)).append(':');
                append(each, text);
                text.append(',');
            });
            text.append('}');
        } else if (value.isArray()) {
            text.append('[');
            value.forEach(each -> {
                append(each, text);
                text.append(',');
            });
            text.append(']');
        } else if (value.isNumber()) {
            BigDecimal number = value.decimalValue();
            text.append(number.signum() == 0 ? "0" : number.stripTrailingZeros().toString());
        } else {
            text.append(value);
        }
    }
}
