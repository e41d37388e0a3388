// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.record.mapping.value;

import java.nio.charset.StandardCharsets;

import dev.gtmroutes.record.UnfitRecordException;

/**
 * A list of texts from one text with separators. Blanks around the elements and empty elements are left out; a list stays as
 * it is, and any other value becomes a list of one.
 *
 * @param separator at least one character
 */
public record ListType(String separator) implements ValueType {

    /** What separates the elements if nothing else is said. */
    public static final String USUAL = ";";

    @Override
    public String word() {
        return "list" + (separator.equals(USUAL) ? "" : " " + new String(JsonText.quoted(separator),
                StandardCharsets.UTF_8));
    }

    @Override
    public String problem() {
        return "is not a list";
    }

    @Override
    public Span convert(Span value, Reading record) throws UnfitRecordException {
        if (value.isList()) {
            return value;
        }
        JsonBuffer list = new JsonBuffer(value.length() + 16, record.longest());
        list.add('[');
        if (!value.isText()) {
            list.add(value);
            list.add(']');
            return Span.of(list.toBytes());
        }
        String text = value.text();
        for (int at = 0; at <= text.length();) {
            int next = text.indexOf(separator, at);
            int end = next < 0 ? text.length() : next;
            String element = text.substring(at, end).strip();
            if (!element.isEmpty()) {
                if (list.size() > 1) {
                    list.add(',');
                }
                list.add(JsonText.quoted(element));
            }
            at = end + separator.length();
        }
        list.add(']');
        return Span.of(list.toBytes());
    }
}
