// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.record.mapping;

import dev.gtmroutes.record.mapping.value.JsonConstants;
import dev.gtmroutes.record.mapping.value.Span;

/** A place in one line of a mapping. */
final class LineCursor {

    /** A mistake in this line. */
    static final class Mistake extends Exception {
        private static final long serialVersionUID = 1L;
        private final int at;
        private int from;
        private int to;
        private String better;

        Mistake(int at, String message) {
            super(message);
            this.at = at;
        }

        /** Adds what should stand in the line from one index to another. */
        Mistake replace(int first, int end, String text) {
            from = first;
            to = end;
            better = text;
            return this;
        }

        /** The index in the line. */
        int at() {
            return at;
        }

        /** The line without the mistake; the same line where only a person knows what it should be. */
        String mended(String line) {
            return better == null ? line : line.substring(0, from) + better + line.substring(to);
        }
    }

    private final String line;
    private int at;

    LineCursor(String line) {
        this.line = line;
    }

    String line() {
        return line;
    }

    int at() {
        return at;
    }

    void moveTo(int index) {
        at = index;
    }

    boolean atEnd() {
        return at >= line.length();
    }

    /** The character here; NUL at the end. */
    char now() {
        return atEnd() ? 0 : line.charAt(at);
    }

    /** What is left of the line. */
    String rest() {
        return line.substring(at);
    }

    void skipBlanks() {
        while (!atEnd() && isBlank(now())) {
            at++;
        }
    }

    static boolean isBlank(char each) {
        return each == ' ' || each == '\t' || each == '\u00a0';
    }

    /** Moves behind this character, if it stands here. */
    boolean takes(char wanted) {
        if (now() != wanted || atEnd()) {
            return false;
        }
        at++;
        return true;
    }

    /** Moves to the first of these characters, or to the end; returns what is before it. */
    String until(String ends) {
        int from = at;
        while (!atEnd() && ends.indexOf(now()) < 0) {
            at++;
        }
        return line.substring(from, at);
    }

    /** Reads a text in double quotes, with the escapes of JSON. The cursor stands at the opening quote. */
    String quoted() throws Mistake {
        int length = JsonConstants.lengthAtStart(rest());
        if (length < 0) {
            throw mistake("the text in quotes is not closed, or has a backslash that JSON does not know. Write \\\" for a "
                    + "quote and \\\\ for a backslash");
        }
        Span json = Span.of(line.substring(at, at + length));
        at += length;
        return json.text();
    }

    Mistake mistake(String message) {
        return new Mistake(at, message);
    }
}
