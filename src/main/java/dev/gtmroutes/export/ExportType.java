// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.export;

import java.time.LocalDate;
import java.util.Locale;

/** What the days of an export mean, and how many of them one job may have. */
public enum ExportType {

    /** Activities that took place in these days; a year at most. */
    SNAPSHOT {
        @Override
        LocalDate last(LocalDate first) {
            return first.plusYears(1).minusDays(1);
        }
    },

    /** Activities that People.ai processed in these days; fourteen days at most. */
    DELTA {
        @Override
        LocalDate last(LocalDate first) {
            return first.plusDays(MOST_DELTA_DAYS - 1);
        }
    };

    static final int MOST_DELTA_DAYS = 14;

    /** The last day that a job beginning with this one may have. */
    abstract LocalDate last(LocalDate first);

    /** @throws IllegalArgumentException if it is neither */
    public static ExportType of(String word) {
        for (ExportType each : values()) {
            if (each.toString().equals(word.strip())) {
                return each;
            }
        }
        throw new IllegalArgumentException("exportType is '" + word + "'. Enter snapshot or delta");
    }

    /** The word of the API. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
