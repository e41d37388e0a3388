// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.record.csv;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.gtmroutes.record.read.RecordCheck;

/**
 * Which JSON value a cell is written as. Only what loses nothing counts: a number is one that JSON writes the same way, has
 * no exponent, and has digits that each receiver keeps. Ids such as {@code 007}, {@code +49} and {@code 1E5} are texts.
 */
final class CsvValue {

    /** A floating-point number of 64 bits keeps so many decimal digits. */
    private static final int MOST_DIGITS = 15;
    private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);

    private CsvValue() {
    }

    /**
     * @param cell blanks around a value count for nothing
     * @return the JSON of the value, of a number its own digits; null if the cell is a text
     */
    static byte[] of(String cell) {
        int from = 0;
        int to = cell.length();
        while (from < to && isBlank(cell.charAt(from))) {
            from++;
        }
        if (from == to) {
            return null;
        }
        char first = cell.charAt(from);
        // Most cells are texts, and begin like one.
        if (first > '9' && first != 't' && first != 'f' && first != 'n' && first != 'T' && first != 'F' && first != '{'
                && first != '[') {
            return null;
        }
        while (isBlank(cell.charAt(to - 1))) {
            to--;
        }
        return switch (first) {
            case 't' -> cell.startsWith("true", from) && to - from == TRUE.length ? TRUE : null;
            case 'f' -> cell.startsWith("false", from) && to - from == FALSE.length ? FALSE : null;
            case 'n' -> cell.startsWith("null", from) && to - from == NULL.length ? NULL : null;
            // So spreadsheet programs write them.
            case 'T' -> cell.startsWith("TRUE", from) && to - from == TRUE.length ? TRUE : null;
            case 'F' -> cell.startsWith("FALSE", from) && to - from == FALSE.length ? FALSE : null;
            case '{', '[' -> json(cell.substring(from, to));
            default -> isNumber(cell, from, to) ? cell.substring(from, to).getBytes(StandardCharsets.US_ASCII) : null;
        };
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r';
    }

    private static boolean isNumber(String cell, int from, int to) {
        int i = cell.charAt(from) == '-' ? from + 1 : from;
        int whole = digits(cell, i, to);
        if (whole == 0 || whole > 1 && cell.charAt(i) == '0') {
            return false;
        }
        int end = i + whole;
        if (end < to) {
            int fraction = cell.charAt(end) == '.' ? digits(cell, end + 1, to) : 0;
            if (fraction == 0 || end + 1 + fraction != to) {
                return false;
            }
        }
        return to - i <= MOST_DIGITS || significant(cell, i, to) <= MOST_DIGITS;
    }

    /** How many digits there are from here on. */
    private static int digits(String cell, int from, int to) {
        int i = from;
        while (i < to && cell.charAt(i) >= '0' && cell.charAt(i) <= '9') {
            i++;
        }
        return i - from;
    }

    /** How many digits a number has, without zeros before the first other one. */
    private static int significant(String number, int from, int to) {
        int count = 0;
        for (int i = from; i < to; i++) {
            char c = number.charAt(i);
            count += c != '.' && (c != '0' || count > 0) ? 1 : 0;
        }
        return count;
    }

    private static byte[] json(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        try (JsonParser parser = RecordCheck.JSON.createParser(bytes)) {
            JsonToken first = parser.nextToken();
            if (first != JsonToken.START_OBJECT && first != JsonToken.START_ARRAY) {
                return null;
            }
            parser.skipChildren();
            return parser.nextToken() == null ? bytes : null;
        } catch (IOException e) {
            // It is a text that only begins like JSON, such as [draft] or {name}.
            return null;
        }
    }
}
