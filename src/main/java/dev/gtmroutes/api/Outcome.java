// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.api;

import java.util.Locale;

/** What an answer means for the records of its request; for sources, for what was asked. */
public enum Outcome {
    /** The API took the request. */
    DELIVERED,
    /** The API refuses a record; in a batch perhaps not each of them. */
    REJECTED,
    /** The API refuses the request as a whole, whatever records are in it. */
    REFUSED,
    /** The API does not accept the credential. */
    CREDENTIAL,
    /** Not now. The same request may well be taken later. */
    RETRY,
    /** The request may or may not have been carried out, or its answer cannot be read. */
    UNKNOWN;

    /**
     * As settings write it: {@code delivered}, {@code rejected}, {@code refused}, {@code credential}, {@code retry},
     * {@code unknown}.
     */
    static Outcome of(String word) {
        for (Outcome each : values()) {
            if (each.name().equals(word.strip().toUpperCase(Locale.ROOT))) {
                return each;
            }
        }
        throw new IllegalArgumentException("'" + word.strip() + "' is not an outcome. Allowed: delivered, rejected, "
                + "refused, credential, retry, unknown");
    }

    /** Whether anything else that is asked now would be answered like this: the answer is not about what was asked. */
    public boolean isAboutAll() {
        return this == CREDENTIAL || this == RETRY || this == REFUSED;
    }
}
