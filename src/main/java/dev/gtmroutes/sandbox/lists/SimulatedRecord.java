// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.sandbox.lists;

/**
 * One record of a list. All about it follows from these four, so that none has to be kept.
 *
 * @param number  from 0, among the records that its list ever had
 * @param version how often it was changed
 * @param created when it was made, in microseconds since 1970
 * @param updated when it was changed last, in microseconds since 1970
 */
record SimulatedRecord(long number, int version, long created, long updated) {

    /** A number that looks like chance and is always the same for this record and salt. */
    long chance(long salt, boolean changes) {
        long mixed = number * 0x9E3779B97F4A7C15L + salt * 0xBF58476D1CE4E5B9L
                + (changes ? version * 0x94D049BB133111EBL : 0);
        mixed = (mixed ^ mixed >>> 30) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
        return (mixed ^ mixed >>> 31) & Long.MAX_VALUE;
    }
}
