// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.record;

/**
 * A record as it is to be sent.
 *
 * @param source as it came in
 * @param part   its part of a request body; empty where the endpoint takes no body
 * @param url    path under the vendor's base URL, or an absolute URL, with everything percent-encoded
 * @param group  what records must have in common to share a request: the URL, and the attributes asked for
 * @param order  records in which this is equal are delivered in order; null where any order will do
 */
public record ShapedRecord(SourceRecord source, byte[] part, String url, String group, String order) {
}
