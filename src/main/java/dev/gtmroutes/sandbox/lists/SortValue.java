// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.sandbox.lists;

import java.time.DateTimeException;
import java.util.Comparator;
import java.util.Locale;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;

/** What a value counts for in an order: times are compared as times, whatever their offsets. */
final class SortValue {

    private static final Pattern TIME = Pattern.compile("\\d{4}-\\d\\d-\\d\\d(T.*)?");

    private SortValue() {
    }

    /** A number or a text; null = no value, which is the last in any order. */
    static Comparable<?> of(JsonNode value) {
        if (value.isNumber()) {
            return value.longValue();
        }
        if (value.isBoolean()) {
            return value.booleanValue() ? 1L : 0L;
        }
        if (!value.isTextual()) {
            return null;
        }
        String text = value.textValue();
        if (TIME.matcher(text).matches()) {
            try {
                return Micros.parse(text);
            } catch (DateTimeException e) {
                return text;
            }
        }
        return text.toLowerCase(Locale.ROOT);
    }

    /** Compares values of one attribute. */
    @SuppressWarnings({"unchecked", "rawtypes"})
    static Comparator<Comparable<?>> order(boolean ascending) {
        Comparator<Comparable> natural = Comparator.naturalOrder();
        return (Comparator) Comparator.nullsLast(ascending ? natural : natural.reversed());
    }
}
