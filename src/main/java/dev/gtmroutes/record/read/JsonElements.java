// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.record.read;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

/** The elements of a JSON array, each as the text it came in. */
public final class JsonElements {

    private JsonElements() {
    }

    public static List<String> of(byte[] array) throws IOException {
        List<String> elements = new ArrayList<>();
        try (JsonParser parser = RecordCheck.JSON.createParser(array)) {
            parser.nextToken();
            for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
                if (token.isNumeric()) {
                    elements.add(parser.getText());
                    continue;
                }
                int start = (int) parser.currentTokenLocation().getByteOffset();
                parser.skipChildren();
                parser.finishToken();
                int end = (int) parser.currentLocation().getByteOffset();
                elements.add(new String(array, start, end - start, StandardCharsets.UTF_8));
            }
        }
        return elements;
    }
}
