// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.record;

/**
 * A record in memory that knows where it came from: an element of a chunk that is a list.
 *
 * @param content JSON of one record as bytes or text, a Map or a POJO; null for a message that holds nothing
 * @param origin  told in its dead letter
 */
public record PlacedRecord(Object content, RecordPosition origin) {
}
