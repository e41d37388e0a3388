// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.record.mapping.value;

import java.util.List;

import dev.gtmroutes.record.UnfitRecordException;

/** The right side of an assignment. Immutable, for any number of threads. */
public interface Expression {

    /**
     * @return the JSON value, or null if the target is left out
     * @throws UnfitRecordException if the record has a value that cannot be used
     */
    Span of(Reading record) throws UnfitRecordException;

    /** The attributes of the record that it reads. */
    List<AttributeValue> attributes();
}
