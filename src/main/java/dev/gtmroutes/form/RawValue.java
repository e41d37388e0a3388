// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.form;

import dev.gtmroutes.parameter.ParameterText;

/** Values that Camel takes as they are, whatever is in them: {@code RAW(...)} or {@code RAW{...}}. */
final class RawValue {

    private RawValue() {
    }

    /** What is meant. */
    static String plain(String written) {
        return ParameterText.plain(written);
    }

    /**
     * How a value is written. Where it ends in the endpoint of a Camel component, Camel would cut it off at its first
     * {@code &}; a value that itself looks like {@code RAW(...)} is meant as it is.
     *
     * @param instead of this, which is written there now; empty for nothing
     */
    static String written(String plain, String instead) {
        if (plain.contains("\n")) {
            // Only a bean takes several lines, and its values are encoded.
            return plain;
        }
        if (!ParameterText.isRaw(plain) && !ParameterText.isRaw(instead) && !plain.contains("&")) {
            return plain;
        }
        return plain.contains(")") ? "RAW{" + plain + "}" : "RAW(" + plain + ")";
    }
}
