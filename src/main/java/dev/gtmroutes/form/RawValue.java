package dev.gtmroutes.form;

/** Values that Camel takes as they are, whatever is in them: {@code RAW(...)} or {@code RAW{...}}. */
final class RawValue {

    private RawValue() {
    }

    static boolean isRaw(String written) {
        return written.startsWith("RAW(") && written.endsWith(")")
                || written.startsWith("RAW{") && written.endsWith("}");
    }

    /** What is meant. */
    static String plain(String written) {
        return isRaw(written) ? written.substring(4, written.length() - 1) : written;
    }

    /**
     * How a value is written: Camel would cut it off at its first {@code &}.
     *
     * @param instead of this, which is written there now; empty for nothing
     */
    static String written(String plain, String instead) {
        if (isRaw(plain) || !isRaw(instead) && !plain.contains("&")) {
            return plain;
        }
        return plain.contains(")") ? "RAW{" + plain + "}" : "RAW(" + plain + ")";
    }
}
