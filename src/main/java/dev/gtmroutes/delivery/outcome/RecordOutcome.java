// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.delivery.outcome;

import java.util.Locale;

/** What a response event says of a record. */
enum RecordOutcome {

    /** The destination took it. */
    DELIVERED,

    /** It is in the dead letters. */
    REJECTED,

    /** It is in the dead letters, and the API may have processed it. */
    HELD,

    /** It has no outcome yet: it is sent again, in the same request or in another one. */
    RETRYING;

    /** The word for it, as events have it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
