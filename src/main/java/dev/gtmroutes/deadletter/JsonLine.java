// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.deadletter;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A line that is one JSON object. Its attribute {@code record} is kept as the bytes that it has: re-written, its numbers
 * could become others.
 *
 * @param fields     all other attributes
 * @param record     null if there is none; where it is a string, the bytes of that text
 * @param wellFormed whether the record is a JSON object
 */
record JsonLine(JsonNode fields, byte[] record, boolean wellFormed) {

    /** As much as a record may have, which has passed other limits before. */
    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE).maxNumberLength(Integer.MAX_VALUE).maxNestingDepth(10_000).build())
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES).build());

    /** @throws IOException if it is no JSON object */
    static JsonLine parse(byte[] line) throws IOException {
        ObjectNode fields = JSON.createObjectNode();
        byte[] record = null;
        boolean wellFormed = false;
        try (JsonParser json = JSON.createParser(line)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("not a JSON object");
            }
            for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
                JsonToken value = json.nextToken();
                if (!name.equals("record")) {
                    fields.set(name, JSON.readTree(json));
                } else if (value == JsonToken.START_OBJECT) {
                    int from = Math.toIntExact(json.currentTokenLocation().getByteOffset());
                    json.skipChildren();
                    record = Arrays.copyOfRange(line, from, Math.toIntExact(json.currentLocation().getByteOffset()));
                    wellFormed = true;
                } else {
                    record = json.getText().getBytes(StandardCharsets.UTF_8);
                }
            }
            if (json.nextToken() != null) {
                throw new IOException("more than one JSON object");
            }
        }
        return new JsonLine(fields, record, wellFormed);
    }

    String text(String field) {
        JsonNode value = fields.get(field);
        return value == null || value.isNull() ? "" : value.asText();
    }
}
