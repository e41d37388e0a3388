// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.paged.page;

import java.time.Instant;
import java.util.List;

import dev.gtmroutes.record.KeyHash;
import dev.gtmroutes.record.RecordForm;
import dev.gtmroutes.sources.RecordKey;

/**
 * A record of a page.
 *
 * @param bytes   as it came, on one line and without a line end
 * @param key     the value of the attribute that identifies it; null if it lacks it, or none was asked for
 * @param changed when it changed last; null if it does not say so, or nobody asked
 * @param print   what its whole content is recognised by
 */
public record PageRecord(byte[] bytes, String key, Instant changed, RecordKey print) {

    /** The form of a record that is known by its whole content: it has no other. */
    private static final long ONLY = 1;

    public PageRecord(byte[] bytes, String key, Instant changed) {
        this(bytes, key, changed, RecordKey.of(bytes));
    }

    /** Which record it is, and with what content. */
    public RecordForm form() {
        if (key == null) {
            return whole(print);
        }
        return new RecordForm(KeyHash.of(List.of(key)), print.high() == RecordForm.NONE ? ONLY : print.high());
    }

    /** The same for a record that is known by its whole content. */
    public static RecordForm whole(RecordKey print) {
        return new RecordForm(new KeyHash(print.high(), print.low() == 0 ? 1 : print.low()), ONLY);
    }
}
