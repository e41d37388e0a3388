// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.paged.page;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.gtmroutes.record.read.Bytes;

/** Reads the records of a page where its parser is, and what identifies them on the way. */
final class RecordParser {

    private final JsonParser parser;
    private final byte[] bytes;
    private final PageForm form;
    private final boolean sameText;
    private String key;
    private String changed;
    private boolean local;

    RecordParser(JsonParser parser, byte[] bytes, PageForm form) {
        this.parser = parser;
        this.bytes = bytes;
        this.form = form;
        this.sameText = form.key().equals(form.changed());
    }

    /** The value where the parser is; behind it, the parser is at its end. What is no object becomes one. */
    PageRecord record() throws IOException {
        key = null;
        changed = null;
        byte[] record = parser.currentToken() == JsonToken.START_OBJECT ? object() : wrapped();
        local |= changed != null && !Precision.hasOffset(changed);
        return new PageRecord(record, key == null || key.isEmpty() ? null : key,
                changed == null ? null : Precision.time(changed));
    }

    /** Whether a record had a time without an offset. */
    boolean isLocal() {
        return local;
    }

    private byte[] object() throws IOException {
        int start = start();
        scan(0, !form.key().isEmpty(), !form.changed().isEmpty());
        return slice(start);
    }

    private byte[] wrapped() throws IOException {
        if (form.strict()) {
            throw new IOException("the response is not a page: its array '" + form.recordsText()
                    + "' contains a value that is not an object");
        }
        JsonToken token = parser.currentToken();
        String value;
        if (token.isStructStart()) {
            int start = start();
            parser.skipChildren();
            value = new String(slice(start), StandardCharsets.UTF_8);
            key = form.key().size() == 1 ? value : null;
        } else {
            value = token == JsonToken.VALUE_STRING ? '"' + quoted(parser.getText()) + '"' : parser.getText();
            key = form.key().size() == 1 && token != JsonToken.VALUE_NULL ? parser.getText() : null;
        }
        return ("{\"" + quoted(form.wrapper()) + "\":" + value + "}").getBytes(StandardCharsets.UTF_8);
    }

    private static String quoted(String text) {
        return new String(JsonStringEncoder.getInstance().quoteAsString(text));
    }

    /** Reads an object to its end. @param depth how many names are behind */
    private void scan(int depth, boolean toKey, boolean toChanged) throws IOException {
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            JsonToken value = parser.nextToken();
            boolean isKey = toKey && leads(form.key(), depth, name);
            boolean isChanged = toChanged && leads(form.changed(), depth, name);
            if (isKey && depth + 1 == form.key().size()) {
                key = text(value);
            }
            if (isChanged && depth + 1 == form.changed().size()) {
                changed = sameText ? key : value.isScalarValue() ? text(value) : null;
            }
            if (value == JsonToken.START_OBJECT && (isKey || isChanged)) {
                scan(depth + 1, isKey, isChanged);
            } else if (parser.currentToken().isStructStart()) {
                parser.skipChildren();
            }
        }
    }

    private static boolean leads(List<String> path, int depth, String name) {
        return depth < path.size() && path.get(depth).equals(name);
    }

    /** As it identifies a record: 1 and "1" are the same. Null for null, an object or an array. */
    private String text(JsonToken value) throws IOException {
        return value == JsonToken.VALUE_NULL || !value.isScalarValue() ? null : parser.getText();
    }

    private int start() throws IOException {
        long start = parser.currentTokenLocation().getByteOffset();
        if (start < 0) {
            throw new IOException("the response is not in UTF-8");
        }
        return (int) start;
    }

    private byte[] slice(int start) {
        return Bytes.oneLine(Arrays.copyOfRange(bytes, start, (int) parser.currentLocation().getByteOffset()));
    }
}
