// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.record.mapping.value;

import java.nio.charset.StandardCharsets;

/**
 * A JSON value as a range of bytes. The bytes are not copied; treat them as read-only.
 *
 * @param bytes UTF-8
 * @param from  the first byte of the value
 * @param to    behind its last byte
 */
public record Span(byte[] bytes, int from, int to) {

    /** All of these bytes. */
    public static Span of(byte[] json) {
        return new Span(json, 0, json.length);
    }

    /** All bytes of this JSON. */
    public static Span of(String json) {
        return of(json.getBytes(StandardCharsets.UTF_8));
    }

    public int length() {
        return to - from;
    }

    public byte first() {
        return bytes[from];
    }

    public boolean isText() {
        return first() == '"';
    }

    public boolean isNull() {
        return first() == 'n';
    }

    public boolean isList() {
        return first() == '[';
    }

    /** Whether it is an object or a list. */
    public boolean isContainer() {
        return first() == '{' || first() == '[';
    }

    public boolean isNumber() {
        return first() == '-' || first() >= '0' && first() <= '9';
    }

    /** Whether it is null or a text without a character. */
    public boolean isEmpty() {
        return isNull() || isText() && length() == 2;
    }

    /** The value as JSON. */
    public String json() {
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }

    /** What a text says, without quotes and escapes; of any other value, its JSON. */
    public String text() {
        return isText() ? JsonText.unescaped(bytes, from + 1, to - 1) : json();
    }
}
