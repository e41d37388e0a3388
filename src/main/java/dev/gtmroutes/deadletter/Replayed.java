// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.deadletter;

/**
 * What a replay came to.
 *
 * @param records how many records were handed to the flow
 * @param held    how many of them were held, and may arrive twice
 * @param leftOut how many others are held and were left out for that
 */
public record Replayed(long records, long held, long leftOut) {
}
