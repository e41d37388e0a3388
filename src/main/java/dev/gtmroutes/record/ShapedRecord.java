// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.record;

/**
 * A record as it is to be sent.
 *
 * @param source as it came in
 * @param mapped the record once it is mapped: the same bytes where there is no mapping
 * @param part   its part of a request body; empty where the endpoint takes no body
 * @param url    path under the vendor's base URL, or an absolute URL, with everything percent-encoded
 * @param group  what records must have in common to share a request: the URL, and the attributes asked for
 * @param order  records in which this is equal are delivered in order; null where any order will do
 * @param form   what tells whether it has changed; null where nobody asks, and for a record without its key
 */
public record ShapedRecord(SourceRecord source, byte[] mapped, byte[] part, String url, String group, String order,
        RecordForm form) {
}
