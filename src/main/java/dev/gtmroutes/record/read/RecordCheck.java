// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.record.read;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonWriteFeature;

/** Says whether bytes are one JSON object, and if not, why, in one sentence. */
public final class RecordCheck {

    /**
     * Names are not interned: attributes may be named by ids, and interning those costs more than parsing. How long a record
     * may be is the reader's decision.
     */
    public static final JsonFactory JSON = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .build())
            .build();

    /** How the problem of a record begins that lacks its end. */
    static final String ENDS_EARLY = JsonFault.ENDS_EARLY;

    private RecordCheck() {
    }

    /**
     * Why {@code bytes[from, to)} is not one JSON object, or null if it is one. Every token is looked at.
     *
     * @param lineStart where the line begins that {@code from} is on, columns are counted from there; -1 to
     *                  count within the record
     */
    static String problem(byte[] bytes, int lineStart, int from, int to) {
        int malformed = Utf8.malformedAt(bytes, from, to);
        if (malformed >= 0) {
            return "not UTF-8 text" + place(bytes, lineStart, from, malformed);
        }
        return JsonGrammar.isObject(bytes, from, to) ? null : parsed(bytes, lineStart, from, to);
    }

    /** The same, of well-formed UTF-8, as the parser sees it. */
    static String parsed(byte[] bytes, int lineStart, int from, int to) {
        // Jackson would take these four bytes for UTF-16 or UTF-32, which nobody behind us expects.
        for (int i = from; i < Math.min(to, from + 4); i++) {
            if (bytes[i] == 0) {
                return "not valid JSON: unexpected NUL character" + place(bytes, lineStart, from, i);
            }
        }
        try (JsonParser parser = JSON.createParser(bytes, from, to - from)) {
            JsonToken first = parser.nextToken();
            if (first != JsonToken.START_OBJECT) {
                return notObject(parser, first);
            }
            parser.skipChildren();
            return parser.nextToken() == null ? null : "not one JSON object but several values";
        } catch (JsonProcessingException e) {
            return JsonFault.of(e) + place(bytes, lineStart, from, at(e, bytes, from, to)) + JsonFault.advice(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same, of a text that a person has written as a setting. */
    public static String fault(String text, JsonProcessingException e) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return JsonFault.of(e) + place(bytes, 0, 0, at(e, bytes, 0, bytes.length)) + JsonFault.advice(e);
    }

    private static String notObject(JsonParser parser, JsonToken first) throws IOException {
        String problem = "not a JSON object but " + kind(first);
        parser.skipChildren();
        // Something like "a":1} begins as a string, but that is not what is wrong with it.
        parser.nextToken();
        return problem;
    }

    private static String kind(JsonToken token) {
        if (token == null) {
            return "nothing";
        }
        return switch (token) {
            case START_ARRAY -> "an array";
            case VALUE_STRING -> "a string";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
            case VALUE_TRUE, VALUE_FALSE -> "true or false";
            default -> "null";
        };
    }

    /** Where the fault is, or -1 if the parser does not say. */
    private static int at(JsonProcessingException e, byte[] bytes, int from, int to) {
        JsonLocation location = e.getLocation();
        if (location == null || location.getByteOffset() < 0) {
            return -1;
        }
        int at = (int) Math.min(to, from + location.getByteOffset());
        String token = JsonFault.token(e.getOriginalMessage());
        if (token != null) {
            // The parser points behind such a token, perhaps on the next line.
            int back = new String(bytes, from, at - from, StandardCharsets.ISO_8859_1).lastIndexOf(token);
            return back < 0 ? at : from + back;
        }
        String character = JsonFault.character(e.getOriginalMessage());
        if (character != null && at > from && (at == to || bytes[at] != character.charAt(0))
                && bytes[at - 1] == character.charAt(0)) {
            // In a number it points behind the character.
            at--;
        }
        while (at > from && at < to && (bytes[at] & 0xC0) == 0x80) {
            at--;
        }
        return at;
    }

    /** Column in characters; within a record over several lines also which of its lines. */
    private static String place(byte[] bytes, int lineStart, int from, int at) {
        if (at < 0) {
            return "";
        }
        int row = 1;
        int rowStart = lineStart < 0 ? from : lineStart;
        for (int next = Bytes.newline(bytes, rowStart, at); next >= 0; next = Bytes.newline(bytes, rowStart, at)) {
            rowStart = next + 1;
            row++;
        }
        String before = new String(bytes, rowStart, at - rowStart, StandardCharsets.UTF_8);
        return " at column " + (before.codePointCount(0, before.length()) + 1)
                + (row > 1 ? " of line " + row : "")
                + (lineStart < 0 ? " of the record" : "");
    }
}
