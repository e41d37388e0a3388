// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.record;

/**
 * One record as it came in.
 *
 * @param bytes    the UTF-8 bytes of exactly one JSON object, never re-written. Of a bad record: its raw text,
 *                 cut to the first {@value RecordReader#MAX_RAW_BYTES} bytes, possibly empty. Not copied; treat
 *                 as read-only.
 * @param index    0-based ordinal within the chunk; bad and skipped records count too
 * @param line     1-based line of the source on which the record starts; 0 where there are no lines
 * @param problem  null when well-formed, otherwise one sentence why this is not a record
 * @param origin   of a record that is a message of its own; null for one of a file or a request
 * @param identity the bytes that tell whether another record is the same one. Of a row of CSV, an object of texts, whatever
 *                 a setting makes of its cells; otherwise {@link #bytes}
 */
public record SourceRecord(byte[] bytes, long index, long line, String problem, RecordPosition origin, byte[] identity) {

    /** A record that is told by its bytes. */
    public SourceRecord(byte[] bytes, long index, long line, String problem, RecordPosition origin) {
        this(bytes, index, line, problem, origin, bytes);
    }

    /** A record of a file or a request. */
    public SourceRecord(byte[] bytes, long index, long line, String problem) {
        this(bytes, index, line, problem, null);
    }

    /** Whether {@link #bytes} is one valid JSON object. */
    public boolean wellFormed() {
        return problem == null;
    }
}
