// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.record.mapping.value;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.gtmroutes.record.read.Bytes;
import dev.gtmroutes.record.read.RecordCheck;

/** Moves through the bytes of JSON that is known to be well-formed, and writes texts as JSON. */
public final class JsonText {

    private JsonText() {
    }

    /** @return behind the value that begins at {@code at} */
    public static int valueEnd(byte[] json, int at, int to) {
        return switch (json[at]) {
            case '"' -> textEnd(json, at, to);
            case '{', '[' -> containerEnd(json, at, to);
            default -> wordEnd(json, at, to);
        };
    }

    /** @return behind the closing quote of the text whose opening quote stands at {@code at} */
    public static int textEnd(byte[] json, int at, int to) {
        int i = Bytes.textEnd(json, at + 1, to);
        while (json[i] != '"') {
            i = Bytes.textEnd(json, i + (json[i] == '\\' ? 2 : 1), to);
        }
        return i + 1;
    }

    private static int containerEnd(byte[] json, int at, int to) {
        int depth = 0;
        int i = at;
        do {
            switch (json[i]) {
                case '"' -> i = textEnd(json, i, to) - 1;
                case '{', '[' -> depth++;
                case '}', ']' -> depth--;
                default -> {
                }
            }
            i++;
        } while (depth > 0);
        return i;
    }

    private static int wordEnd(byte[] json, int at, int to) {
        int i = at;
        while (i < to && json[i] > ' ' && json[i] != ',' && json[i] != '}' && json[i] != ']') {
            i++;
        }
        return i;
    }

    /** How many objects and lists are open at its deepest place; 0 for a text or a number. */
    public static int depth(Span value) {
        int deepest = 0;
        int depth = 0;
        for (int i = value.from(); i < value.to(); i++) {
            switch (value.bytes()[i]) {
                case '"' -> i = textEnd(value.bytes(), i, value.to()) - 1;
                case '{', '[' -> deepest = Math.max(deepest, ++depth);
                case '}', ']' -> depth--;
                default -> {
                }
            }
        }
        return deepest;
    }

    /** Whether an escape stands in {@code json[from, to)}. */
    public static boolean hasEscape(byte[] json, int from, int to) {
        for (int i = from; i < to; i++) {
            if (json[i] == '\\') {
                return true;
            }
        }
        return false;
    }

    /** What {@code json[from, to)}, which is between quotes, says. */
    public static String unescaped(byte[] json, int from, int to) {
        if (!hasEscape(json, from, to)) {
            return new String(json, from, to - from, StandardCharsets.UTF_8);
        }
        try (JsonParser parser = RecordCheck.JSON.createParser(json, from - 1, to - from + 2)) {
            parser.nextToken();
            return parser.getText();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A text as it stands between the quotes of JSON. */
    public static byte[] escaped(String text) {
        return new String(JsonStringEncoder.getInstance().quoteAsString(text)).getBytes(StandardCharsets.UTF_8);
    }

    /** A text as JSON. */
    public static byte[] quoted(String text) {
        return ('"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"')
                .getBytes(StandardCharsets.UTF_8);
    }
}
