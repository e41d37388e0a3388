package dev.gtmroutes.lint;

/**
 * A value that is handed to an endpoint.
 *
 * @param name    of the parameter
 * @param value   as written
 * @param text    whether it is one text, rather than a list or a map
 * @param line    where
 * @param inQuery whether it stands in the query of the URI rather than under {@code parameters}
 */
record Argument(String name, String value, boolean text, int line, boolean inQuery) {

    /** Whether Camel takes the value as it is, whatever is in it. */
    boolean isRaw() {
        return value.startsWith("RAW(") && value.endsWith(")") || value.startsWith("RAW{") && value.endsWith("}");
    }

    /** The value without its {@code RAW(...)}. */
    String plain() {
        return isRaw() ? value.substring(4, value.length() - 1) : value;
    }

    /** Whether all of its value is here, and none of it comes from a setting. */
    boolean isLiteral() {
        return !Placeholder.anyIn(value);
    }
}
