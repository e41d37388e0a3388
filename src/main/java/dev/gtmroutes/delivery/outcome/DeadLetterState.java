// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.delivery.outcome;

import java.util.Locale;

/** What is known of a record that was not delivered. */
public enum DeadLetterState {

    /** The destination did not take it, or it was never fit to be sent. */
    REJECTED,

    /** Nobody knows whether it was carried out: it is never sent again by itself, a person has to choose. */
    HELD;

    /** @return the one of this word; null if there is none */
    public static DeadLetterState of(String word) {
        for (DeadLetterState each : values()) {
            if (each.toString().equals(word)) {
                return each;
            }
        }
        return null;
    }

    /** The word for it, as dead letters have it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
