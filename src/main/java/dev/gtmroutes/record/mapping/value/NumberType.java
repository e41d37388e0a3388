// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.record.mapping.value;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A number from a number or from a text of digits. Its digits stay as they are, unless they are calculated with.
 *
 * @param factor what to multiply it by; null for nothing
 * @param by     what to divide it by; null for nothing
 */
public record NumberType(BigDecimal factor, BigDecimal by) implements ValueType {

    /** As it is. */
    public static final NumberType PLAIN = new NumberType(null, null);

    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");
    /** Calculating with more than that takes longer than anything else does, and no API takes it. */
    private static final int MOST_DIGITS = 300;

    @Override
    public String word() {
        return "number" + (factor != null ? "*" + factor.toPlainString() : by != null ? "/" + by.toPlainString() : "");
    }

    @Override
    public String problem() {
        return "is not a number such as 12 or 1.5";
    }

    @Override
    public Span convert(Span value, Reading record) {
        boolean calculates = factor != null || by != null;
        if (value.isNumber()) {
            return calculates ? calculated(value.json()) : value;
        }
        if (!value.isText()) {
            return null;
        }
        if (!calculates && isPlain(value.bytes(), value.from() + 1, value.to() - 1)) {
            return new Span(value.bytes(), value.from() + 1, value.to() - 1);
        }
        String text = value.text().strip();
        if (!NUMBER.matcher(text).matches()) {
            return null;
        }
        return calculates ? calculated(text) : Span.of(asJson(text));
    }

    /** Whether these bytes are digits that JSON takes for a number. */
    private static boolean isPlain(byte[] bytes, int from, int to) {
        int first = from < to && bytes[from] == '-' ? from + 1 : from;
        if (first == to || bytes[first] == '0' && to - first > 1) {
            return false;
        }
        for (int i = first; i < to; i++) {
            if (bytes[i] < '0' || bytes[i] > '9') {
                return false;
            }
        }
        return true;
    }

    /** JSON has neither a plus sign, nor zeros before a number, nor a point without digits on both sides. */
    private static String asJson(String text) {
        boolean negative = text.startsWith("-");
        String digits = text.replaceFirst("^[+-]?0*", "");
        int exponent = digits.toLowerCase(Locale.ROOT).indexOf('e');
        String rest = exponent < 0 ? "" : digits.substring(exponent);
        String number = exponent < 0 ? digits : digits.substring(0, exponent);
        number = number.endsWith(".") ? number.substring(0, number.length() - 1) : number;
        return (negative ? "-" : "") + (number.isEmpty() || number.startsWith(".") ? "0" : "") + number + rest;
    }

    private Span calculated(String text) {
        if (text.length() > MOST_DIGITS) {
            return null;
        }
        try {
            BigDecimal number = new BigDecimal(text);
            if (Math.abs((long) number.scale()) > MOST_DIGITS) {
                return null;
            }
            BigDecimal result = factor != null ? number.multiply(factor) : number.divide(by, MathContext.DECIMAL128);
            return Span.of((result.signum() == 0 ? BigDecimal.ZERO : result.stripTrailingZeros()).toPlainString());
        } catch (ArithmeticException | NumberFormatException e) {
            return null;
        }
    }
}
