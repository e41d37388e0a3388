// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.lint.flow;

import dev.gtmroutes.lint.yaml.Placeholder;
import dev.gtmroutes.parameter.ParameterText;

/**
 * A value that is handed to an endpoint.
 *
 * @param name    of the parameter
 * @param value   as written
 * @param text    whether it is one text, rather than a list or a map
 * @param line     where
 * @param textLine the line of the file that the first line of the value is; 0 where its lines are none of the file
 * @param inQuery  whether it stands in the query of the URI rather than under {@code parameters}
 */
public record Argument(String name, String value, boolean text, int line, int textLine, boolean inQuery) {

    /** Whether Camel takes the value as it is, whatever is in it. */
    public boolean isRaw() {
        return ParameterText.isRaw(value);
    }

    /** The value without its {@code RAW(...)}. */
    public String plain() {
        return ParameterText.plain(value);
    }

    /** The line of the file for a line of the value, from 1. */
    int fileLine(int lineOfValue) {
        return textLine == 0 ? line : textLine + lineOfValue - 1;
    }

    /** Whether all of its value is here, and none of it comes from a setting. */
    boolean isLiteral() {
        return !Placeholder.anyIn(value);
    }
}
