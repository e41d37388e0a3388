// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.record;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.gtmroutes.record.read.RecordCheck;

/**
 * A record as {@code application/x-www-form-urlencoded} (WHATWG URL standard, section 5): a field for each attribute at
 * the top level, numbers as they came, objects and arrays as their JSON text. An attribute that is null is left out.
 */
final class FormBody {

    private FormBody() {
    }

    /** @throws UnfitRecordException if a name or a text holds half a character, for which no form has a place */
    static byte[] of(byte[] record) throws UnfitRecordException {
        StringBuilder form = new StringBuilder();
        try (JsonParser parser = RecordCheck.JSON.createParser(record)) {
            parser.nextToken();
            for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                JsonToken token = parser.nextToken();
                String value = text(parser, token, record);
                if (token != JsonToken.VALUE_NULL) {
                    form.append(form.isEmpty() ? "" : "&").append(encode(name, name)).append('=')
                            .append(encode(name, value));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return form.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static String text(JsonParser parser, JsonToken token, byte[] record) throws IOException {
        if (token.isScalarValue()) {
            return parser.getText();
        }
        int start = (int) parser.currentTokenLocation().getByteOffset();
        parser.skipChildren();
        return new String(record, start, (int) parser.currentLocation().getByteOffset() - start, StandardCharsets.UTF_8);
    }

    private static String encode(String name, String text) throws UnfitRecordException {
        return URLEncoder.encode(WholeText.of(name, text), StandardCharsets.UTF_8);
    }
}
