// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.web;

import java.util.regex.Pattern;

/** Text from outside in a file that spreadsheets open. */
public final class SpreadsheetText {

    private static final String FORMULA = "=+-@\t\r\n";
    private static final Pattern FORMULA_WITHIN = Pattern.compile("[;\\t\\r\\n](?=[=+@-])");

    private SpreadsheetText() {
    }

    /**
     * Spreadsheets run what begins like a formula, quoted or not; behind an apostrophe it is a text. In many countries they
     * divide lines at semicolons: a quotation mark within such a part quotes nothing, and a cell begins behind each of them.
     */
    public static String safe(String text) {
        String within = FORMULA_WITHIN.matcher(text).replaceAll("$0'");
        return !within.isEmpty() && FORMULA.indexOf(within.charAt(0)) >= 0 ? "'" + within : within;
    }
}
