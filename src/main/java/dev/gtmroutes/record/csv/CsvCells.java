// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.record.csv;

import org.apache.camel.Exchange;

/**
 * What the cells of CSV become. A source that reads CSV has it as a setting, and hands it on as the exchange property
 * {@link #PROPERTY}: the cells are read where the records are. Immutable.
 *
 * @param typed     whether a cell becomes the number, boolean, null, object or array that it is written as, and whether
 *                  dots in the names of columns nest; otherwise each cell is a text
 * @param keepEmpty whether an empty cell is the text ""; otherwise the record lacks the attribute
 */
public record CsvCells(boolean typed, boolean keepEmpty) {

    /** Exchange property of type {@link CsvCells}. */
    public static final String PROPERTY = "GtmCsvCells";

    /** Texts, and no attributes for empty cells. */
    public static final CsvCells DEFAULT = new CsvCells(false, false);

    /** What the exchange's source has set; the default if it has set nothing. */
    public static CsvCells of(Exchange exchange) {
        return exchange.getProperty(PROPERTY, DEFAULT, CsvCells.class);
    }

    /**
     * Reads the two parameters of a source.
     *
     * @param types {@code text} or {@code auto}; null or blank for text
     * @param empty {@code omit} or {@code text}; null or blank for omit
     * @throws IllegalArgumentException if it is anything else; the message says which parameter, and what is allowed
     */
    public static CsvCells of(String types, String empty) {
        return new CsvCells(is("csvTypes", types, "text", "auto"), is("csvEmpty", empty, "omit", "text"));
    }

    private static boolean is(String parameter, String value, String usual, String other) {
        if (value == null || value.isBlank() || value.equals(usual)) {
            return false;
        }
        if (value.equals(other)) {
            return true;
        }
        throw new IllegalArgumentException(parameter + ": '" + value.replaceAll("\\s+", " ") + "' is not allowed. Enter "
                + usual + " or " + other);
    }
}
