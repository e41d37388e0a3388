// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.record.mapping;

/**
 * A mistake in the text of a mapping.
 *
 * @param line    1-based
 * @param column  1-based, in characters
 * @param message what is wrong and what to do, one line
 * @param fix     a right side without the mistake; empty where only a person knows one
 */
public record MappingProblem(int line, int column, String message, String fix) {

    /** The mistake with its place, one line. */
    @Override
    public String toString() {
        return "line " + line + ", column " + column + ": " + message;
    }
}
