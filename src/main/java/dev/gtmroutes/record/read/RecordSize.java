// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.record.read;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long a record may be: the setting {@code gtm.max-record-bytes}.
 *
 * @param bytes of one record, as it came in and, from CSV, as JSON
 */
public record RecordSize(int bytes) {

    /** The name of the setting, for people. */
    public static final String SETTING = "gtm.max-record-bytes";

    /** 16 MB. */
    public static final RecordSize DEFAULT = new RecordSize(16 << 20);

    private static final int LEAST = 1024;
    private static final int MOST = 512 << 20;
    private static final Pattern TEXT = Pattern.compile("(\\d{1,12})\\s*([KMG]?)I?B?");

    /** @throws IllegalArgumentException if it is less than 1 KB or more than 512 MB, which is more than fits into memory */
    public RecordSize {
        if (bytes < LEAST || bytes > MOST) {
            throw new IllegalArgumentException(refusal(String.valueOf(bytes)));
        }
    }

    /**
     * @param  text bytes, or a number with K, M or G: {@code 16M}
     * @throws IllegalArgumentException if it is none of these, or out of bounds
     */
    public static RecordSize of(String text) {
        Matcher parts = TEXT.matcher(text.strip().toUpperCase(Locale.ROOT));
        if (!parts.matches()) {
            throw new IllegalArgumentException(refusal(text));
        }
        int shift = parts.group(2).isEmpty() ? 0 : 10 * (1 + "KMG".indexOf(parts.group(2)));
        long bytes = Long.parseLong(parts.group(1)) << shift;
        if (bytes < LEAST || bytes > MOST) {
            throw new IllegalArgumentException(refusal(text));
        }
        return new RecordSize((int) bytes);
    }

    private static String refusal(String text) {
        return SETTING + ": '" + text + "' is not a size of a record. Enter a size from 1K to 512M, such as 16M.";
    }

    /** Why a record that is longer is not sent. */
    public String exceeded() {
        return "longer than " + this + ", the maximum that " + SETTING + " allows";
    }

    /** The size with its unit, such as 16 MB. */
    @Override
    public String toString() {
        return bytes % (1 << 20) == 0 ? (bytes >> 20) + " MB" : bytes % 1024 == 0 ? (bytes >> 10) + " KB" : bytes + " bytes";
    }
}
