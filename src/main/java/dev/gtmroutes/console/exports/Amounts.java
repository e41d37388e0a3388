// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.exports;

import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Amounts as people read them. */
final class Amounts {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM uuuu", Locale.ENGLISH);
    private static final DateTimeFormatter DAY_OF_YEAR = DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH);
    private static final String[] UNITS = {"KB", "MB", "GB", "TB"};

    private Amounts() {
    }

    /** Such as {@code 96 MB}. */
    static String bytes(long bytes) {
        if (bytes < 1000) {
            return bytes + " bytes";
        }
        double amount = bytes / 1000.0;
        int unit = 0;
        while (amount >= 999.5 && unit < UNITS.length - 1) {
            amount /= 1000;
            unit++;
        }
        return String.format(Locale.ROOT, amount < 9.95 ? "%.1f %s" : "%.0f %s", amount, UNITS[unit]);
    }

    /** Such as {@code 7 h 49 min}. */
    static String time(Duration time) {
        long seconds = Math.max(0, time.toSeconds());
        return seconds < 60 ? seconds + " s" : seconds < 3600 ? seconds / 60 + " min"
                : seconds < 48 * 3600
                        ? seconds / 3600 + " h" + (seconds % 3600 < 60 ? "" : " " + seconds % 3600 / 60 + " min")
                : seconds / 86_400 + " days";
    }

    /** Such as {@code 2 Nov 2026}, or {@code 2 to 11 Nov 2026}. */
    static String days(LocalDate first, LocalDate last) {
        return first.equals(last) ? DAY.format(first)
                : first.getYear() != last.getYear() ? DAY.format(first) + " to " + DAY.format(last)
                : first.getMonth() == last.getMonth() ? first.getDayOfMonth() + " to " + DAY.format(last)
                : DAY_OF_YEAR.format(first) + " to " + DAY.format(last);
    }

    static String day(LocalDate day) {
        return DAY.format(day);
    }
}
