// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.record.survey;

import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;

/** What a JSON value is, in the words of people. */
public enum ValueKind {
    /** Any text but a time. */
    TEXT("Text", "a text"),
    /** A text such as 2026-04-03T12:30:00Z. */
    TIME("Time", "a text with a time"),
    NUMBER("Number", "a number"),
    BOOLEAN("Yes or no", "true or false"),
    LIST("List", "a list"),
    OBJECT("Object", "an object"),
    /** null or an empty text, which says nothing of other values. */
    EMPTY("Empty", "empty");

    private static final Pattern TIMES = Pattern.compile("\\d{4}-\\d{2}-\\d{2}[T ]\\d{2}:\\d{2}.*");

    private final String title;
    private final String phrase;

    ValueKind(String title, String phrase) {
        this.title = title;
        this.phrase = phrase;
    }

    /** The kind of a value. */
    public static ValueKind of(JsonNode value) {
        return switch (value.getNodeType()) {
            case ARRAY -> LIST;
            case OBJECT -> OBJECT;
            case NUMBER -> NUMBER;
            case BOOLEAN -> BOOLEAN;
            case STRING -> value.asText().isEmpty() ? EMPTY : TIMES.matcher(value.asText()).matches() ? TIME : TEXT;
            default -> EMPTY;
        };
    }

    /** In a list of attributes. */
    public String title() {
        return title;
    }

    /** Within a sentence. */
    public String phrase() {
        return phrase;
    }

    /** Whether both are texts, or both are the same. */
    public boolean isLike(ValueKind other) {
        return plain() == other.plain() || this == EMPTY || other == EMPTY;
    }

    private ValueKind plain() {
        return this == TIME ? TEXT : this;
    }
}
