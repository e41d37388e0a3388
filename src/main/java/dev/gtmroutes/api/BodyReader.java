// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.api;

import java.io.IOException;
import java.io.InputStream;

/**
 * Reads the body of an answer that is longer than a person would read it. It gets the bytes as the vendor sent them, the
 * credential not masked.
 */
public interface BodyReader {

    /** Whether it wants the body of an answer with this status; of all others, it is kept in memory. Usually, any 2xx. */
    default boolean takes(int status) {
        return OutcomePolicy.isWell(status);
    }

    /**
     * Called at most once for an answer, while its connection is open.
     *
     * @param body need not be closed
     * @throws IOException if the body breaks off, or cannot be used: the call fails with it
     */
    void read(InputStream body) throws IOException;
}
