// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.record.mapping;

/**
 * A line of the text of a mapping, as a table shows it. Its text up to {@link #valueAt} and the value behind it are the
 * line, apart from blanks at its end.
 *
 * @param number    1-based
 * @param text      the line as it stands, without its end
 * @param kind      what it is
 * @param target    the left side as it is written; empty where none can be read
 * @param attribute the same without brackets and quotes, as attributes are named elsewhere
 * @param valueAt   the index in the text at which the right side begins
 * @param value     the right side as it is written, without blanks around it
 * @param source    the only attribute that it takes as it is; empty for all other kinds
 * @param problem   the mistake in it; null for none
 */
public record MappingLine(int number, String text, Kind kind, String target, String attribute, int valueAt, String value,
        String source, MappingProblem problem) {

    /** What stands in a line. */
    public enum Kind {
        /** Nothing. */
        BLANK,
        /** A text for people. */
        COMMENT,
        /** One attribute, as it is. */
        ATTRIBUTE,
        /** The same value for all records. */
        CONSTANT,
        /** Any other right side. */
        EXPRESSION,
        /** A line without a target. */
        UNREADABLE
    }

    static MappingLine without(int number, String text, Kind kind, MappingProblem problem) {
        return new MappingLine(number, text, kind, "", "", text.length(), "", "", problem);
    }

    /** Whether it has a target and a value, or could have one. */
    public boolean isAssignment() {
        return !target.isEmpty();
    }
}
