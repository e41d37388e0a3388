// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.flows;

import java.util.Locale;

/**
 * What a flow has still to deliver.
 *
 * @param files   in its inbox, those in work included
 * @param bytes   of these files
 * @param records that have no outcome yet; null where nobody knows
 * @param unit    of {@code records}: records, windows or events
 * @param done    of the input in work, so many records have an outcome
 * @param total   records of the input in work; 0 where nobody knows
 */
public record WaitingInput(long files, long bytes, Long records, String unit, long done, long total) {

    static final WaitingInput NOTHING = new WaitingInput(0, 0, 0L, "records", 0, 0);

    /** Whether nothing waits, as far as one knows. */
    public boolean isNothing() {
        return files == 0 && (records == null || records == 0);
    }

    /** Whether there is a bar to show. */
    public boolean hasBar() {
        return total > 0 && done < total;
    }

    /** The unit behind the number: of exports and lists, that the rest is left. */
    public String unitOf() {
        String one = records != null && records == 1 ? unit.replaceFirst("s$", "") : unit;
        return unit.equals("records") ? one : one + " left";
    }

    /** What a list is sorted by. */
    public long order() {
        return records != null ? records : files;
    }

    /** The size of the files for people, such as {@code 1.1 MB}. */
    public String size() {
        return size(bytes);
    }

    /** Such as {@code 1.1 MB}. */
    public static String size(long bytes) {
        return bytes < 1000 ? bytes + " bytes" : bytes < 1_000_000 ? number(bytes / 1e3) + " KB"
                : bytes < 1_000_000_000 ? number(bytes / 1e6) + " MB" : number(bytes / 1e9) + " GB";
    }

    private static String number(double number) {
        return String.format(Locale.ROOT, number < 10 ? "%.1f" : "%.0f", number).replaceFirst("\\.0$", "");
    }
}
