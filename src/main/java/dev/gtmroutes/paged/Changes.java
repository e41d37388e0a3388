// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.paged;

import java.time.Duration;
import java.time.Instant;

import dev.gtmroutes.paged.page.Precision;

/**
 * How a list is asked for what has changed.
 *
 * @param since     parameter of the query for records that changed at or after a time; blank if each read reads all
 * @param until     parameter for the other end; blank for none
 * @param sorted    whether the records come in the order of their changes: then {@code since} moves on to the last record,
 *                  and the first page is asked for, always
 * @param precision of the time in these parameters
 * @param overlap   so much before the last change that was read is read once more, for what comes late
 */
record Changes(String since, String until, boolean sorted, Precision precision, Duration overlap) {

    /** Each read reads all. */
    static final Changes NONE = new Changes("", "", false, Precision.MICROS, Duration.ZERO);

    boolean areAskedFor() {
        return !since.isBlank();
    }

    /** What a read asks for. @param watermark all that changed before is known; null for nothing */
    Instant from(Instant watermark) {
        return watermark == null || !areAskedFor() ? null : precision.floor(watermark.minus(overlap));
    }
}
