// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.record;

/**
 * Which record it is, and in what form it would be sent.
 *
 * @param key  the record
 * @param form 64 bits of a hash of the URL, the part of the body, and all that is the same for each record of a destination;
 *             {@link #NONE} for no form, which no record has
 */
public record RecordForm(KeyHash key, long form) {

    /** No form: nothing is known of the record. */
    public static final long NONE = 0;
}
