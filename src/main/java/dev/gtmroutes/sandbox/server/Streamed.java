// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.sandbox.server;

import java.util.Iterator;

/**
 * A body that is made while it is sent.
 *
 * @param parts          its bytes, in small pieces
 * @param length         how many bytes these are; -1 = nobody knows, so it is sent in chunks
 * @param cutAt          after so many bytes the connection is closed; -1 = never
 * @param bytesPerSecond 0 = as fast as the client reads
 * @param timeLimitMs    the connection is closed if the client has not read it by then; 0 = it may take any time
 */
public record Streamed(Iterator<byte[]> parts, long length, long cutAt, long bytesPerSecond, long timeLimitMs) {

    /** A body that is sent whole, as fast as the client reads. */
    public static Streamed whole(Iterator<byte[]> parts) {
        return new Streamed(parts, -1, -1, 0, 0);
    }
}
