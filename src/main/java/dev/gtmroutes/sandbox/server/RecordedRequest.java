// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.sandbox.server;

import java.time.Instant;
import java.util.Map;

/**
 * One request the sandbox received.
 *
 * @param sequence   1 for the first; never used twice, also after the requests were forgotten
 * @param time       when it was recorded
 * @param vendor     the vendor it was for; null = none
 * @param endpoint   the endpoint it was for; null = unknown path, or another method
 * @param method     the HTTP method
 * @param path       the path with the query, as it came
 * @param headers    by name in any case; several of one name are joined with a comma. The credential is in clear
 *                   here, and only here
 * @param records    how many records the body holds; 0 when it is not what the endpoint takes
 * @param accepted   how many of them were carried out
 * @param status     the status it was answered with; 0 = the connection was closed instead
 * @param misbehaved whether this was a misbehaviour's doing
 * @param bodySize   how many bytes came
 * @param body       the raw body; empty when it was too long, or is no longer kept
 */
public record RecordedRequest(long sequence, Instant time, String vendor, String endpoint, String method, String path,
        Map<String, String> headers, int records, int accepted, int status, boolean misbehaved, long bodySize,
        byte[] body) {

    private static final byte[] NONE = {};

    /** The value of a header, whatever the case of its name; null = it did not come. */
    public String header(String name) {
        return headers.get(name);
    }

    RecordedRequest numbered(long number) {
        return new RecordedRequest(number, time, vendor, endpoint, method, path, headers, records, accepted, status,
                misbehaved, bodySize, body);
    }

    RecordedRequest withoutBody() {
        return new RecordedRequest(sequence, time, vendor, endpoint, method, path, headers, records, accepted, status,
                misbehaved, bodySize, NONE);
    }

    /** One line without headers and body, so that no credential gets into a log. */
    @Override
    public String toString() {
        return "request " + sequence + " for " + (endpoint == null ? "no endpoint" : endpoint) + ": " + method + ", "
                + records + " records, " + accepted + " accepted, status " + status;
    }
}
