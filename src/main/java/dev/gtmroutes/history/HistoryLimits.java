// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.history;

import java.time.Duration;

/**
 * How much the history keeps.
 *
 * @param kept how long; zero for no history at all
 * @param runs the most runs of one flow
 */
public record HistoryLimits(Duration kept, int runs) {

    private static final int MOST_DAYS = 90;
    private static final int MOST_RUNS = 50_000;

    /**
     * Checks the values of the settings.
     *
     * @throws IllegalArgumentException if a value is too small or too large; the message says what is possible
     */
    public static HistoryLimits of(int days, int runs) {
        if (days < 0 || days > MOST_DAYS) {
            throw new IllegalArgumentException("gtm.history.days is " + days + ". Enter a number from 0 (no history) to "
                    + MOST_DAYS);
        }
        if (runs < 1 || runs > MOST_RUNS) {
            throw new IllegalArgumentException("gtm.history.runs is " + runs + ". Enter a number from 1 to " + MOST_RUNS);
        }
        return new HistoryLimits(Duration.ofDays(days), runs);
    }

    /** Whether there is no history. */
    public boolean isOff() {
        return kept.isZero();
    }
}
