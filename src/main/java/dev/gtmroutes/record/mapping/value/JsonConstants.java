// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.record.mapping.value;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Predicate;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.gtmroutes.record.read.RecordCheck;

/** Texts that are JSON as a whole. */
public final class JsonConstants {

    private JsonConstants() {
    }

    /** @return the one JSON value that the text is, without blanks around it; empty if it is none */
    public static Optional<Span> parse(String text) {
        byte[] json = text.strip().getBytes(StandardCharsets.UTF_8);
        return walk(json, false, each -> false) == json.length ? Optional.of(Span.of(json)) : Optional.empty();
    }

    /** Whether an object in this JSON has a name twice. */
    public static boolean repeatsName(Span json) {
        return walk(json.bytes(), true, each -> false) < 0;
    }

    /** Whether one of the texts in this JSON, as it is written between its quotes, is such a text. */
    public static boolean hasText(Span json, Predicate<String> wanted) {
        boolean[] found = {false};
        walk(json.bytes(), false, each -> found[0] |= wanted.test(each));
        return found[0];
    }

    /** @return the length of the JSON value that the text begins with; -1 if it begins with none */
    public static int lengthAtStart(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int end = walk(bytes, false, each -> false);
        return end < 0 ? -1 : new String(bytes, 0, end, StandardCharsets.UTF_8).length();
    }

    /** @return behind the first value, with the white space that follows if nothing else does; -1 if there is none */
    private static int walk(byte[] json, boolean strictly, Predicate<String> texts) {
        try (JsonParser parser = RecordCheck.JSON.createParser(json)) {
            parser.configure(JsonParser.Feature.STRICT_DUPLICATE_DETECTION, strictly);
            JsonToken token = parser.nextToken();
            int depth = 0;
            while (token != null) {
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                if (token == JsonToken.VALUE_STRING) {
                    texts.test(written(parser, json));
                } else if (token.isNumeric()) {
                    parser.getText();
                }
                if (depth == 0) {
                    parser.finishToken();
                    return end(parser, json);
                }
                token = parser.nextToken();
            }
            return -1;
        } catch (IOException e) {
            return -1;
        }
    }

    private static String written(JsonParser parser, byte[] json) throws IOException {
        int from = (int) parser.currentTokenLocation().getByteOffset() + 1;
        parser.finishToken();
        return new String(json, from, (int) parser.currentLocation().getByteOffset() - 1 - from, StandardCharsets.UTF_8);
    }

    private static int end(JsonParser parser, byte[] json) {
        int end = (int) parser.currentLocation().getByteOffset();
        // Behind a number, the parser may have looked at the character that ends it.
        return Math.min(end, json.length);
    }
}
