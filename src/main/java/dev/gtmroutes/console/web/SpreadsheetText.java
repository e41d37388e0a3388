// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.web;

/** Text from outside in a file that spreadsheets open. */
public final class SpreadsheetText {

    private static final String FORMULA = "=+-@\t\r\n";

    private SpreadsheetText() {
    }

    /** Spreadsheets run what begins like a formula, quoted or not; behind an apostrophe it is a text. */
    public static String safe(String text) {
        return !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    }
}
