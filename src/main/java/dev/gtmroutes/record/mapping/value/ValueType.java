// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.record.mapping.value;

import dev.gtmroutes.record.UnfitRecordException;

/** What a value is made into. Immutable, for any number of threads. */
public interface ValueType {

    /** The word for it in a mapping. */
    String word();

    /**
     * @param value not null
     * @return the value as it is to be sent, or null if it cannot be made into this
     * @throws UnfitRecordException if it would be too long
     */
    Span convert(Span value, Reading record) throws UnfitRecordException;

    /** Why a value cannot be made into this, as the end of a sentence; the same for all values. */
    String problem();
}
