// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.mapping;

import dev.gtmroutes.lint.fields.TargetField;
import dev.gtmroutes.record.mapping.MappingLine;

/**
 * A row of the table of a mapping: a line of its text, or a field that the endpoint requires and no line makes.
 *
 * @param key    tells the row from others as long as its target stays
 * @param line   of the text; null for none
 * @param field  that the endpoint takes here; null for any other
 * @param target as the mapping assigns to it; empty for a line without a target
 * @param kind   {@code attribute}, {@code constant}, {@code expression} or {@code text}
 * @param cell   what it makes of the sample
 * @param remark what is wrong; null for nothing
 */
public record MappingRow(String key, MappingLine line, TargetField field, String target, String kind, Cell cell,
        Remark remark) {

    /**
     * What a row makes of the sample.
     *
     * @param text    the value, or why there is none
     * @param isValue whether it is a value
     */
    public record Cell(String text, boolean isValue) {
    }

    /**
     * What is wrong with a row.
     *
     * @param text  for a person
     * @param fix   a right side without it; empty where only a person knows one
     * @param isBad whether records would be rejected; otherwise it is only likely to be a mistake
     */
    public record Remark(String text, String fix, boolean isBad) {
    }

    /** Of its element in the page: letters and digits, and a number that tells apart what these do not. */
    public String id() {
        return "map-" + key.replaceAll("[^A-Za-z0-9]+", "-") + "-" + Integer.toHexString(key.hashCode());
    }

    /** From 1; 0 for a row that no line makes. */
    public int number() {
        return line == null ? 0 : line.number();
    }

    /** The line as it stands. */
    public String text() {
        return line == null ? "" : line.text();
    }

    public int valueAt() {
        return line == null ? 0 : line.valueAt();
    }

    public String value() {
        return line == null ? "" : line.value();
    }

    /** The attribute that is picked; empty for none. */
    public String picked() {
        return line == null ? "" : line.source();
    }

    public boolean isText() {
        return kind.equals("text");
    }

    public boolean isAttribute() {
        return kind.equals("attribute");
    }

    public boolean isConstant() {
        return kind.equals("constant");
    }

    public boolean isExpression() {
        return kind.equals("expression");
    }

    public String kindTitle() {
        return isAttribute() ? "Attribute" : isConstant() ? "Constant" : "Expression";
    }

    public String icon() {
        return isAttribute() ? "braces" : isConstant() ? "quote" : "math-function";
    }

    public String type() {
        return field == null ? "" : field.type();
    }

    public boolean isRequired() {
        return field != null && field.isRequired();
    }

    public String description() {
        return field == null ? "" : field.description();
    }

    public boolean isBad() {
        return remark != null && remark.isBad();
    }
}
