// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.delivery.status;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

import dev.gtmroutes.record.SourceRecord;

/** The records of a destination that only saves them when they are sent to it: what becomes of them, it tells later. */
public interface DeferredRecords {

    /**
     * Something waits for the vendor, and nothing comes of it.
     *
     * @param reason one line for a person
     * @param since  when something came of it last
     */
    record Stall(String reason, Instant since) {
    }

    /**
     * Whether a record was saved, although an earlier run could not note that.
     *
     * @param source name of its input
     * @param mark   tells the input from others of that name; empty where nobody knows
     * @throws IOException if what is saved cannot be read
     */
    boolean has(String source, String mark, SourceRecord record) throws IOException;

    /** Since when the oldest record waits for its outcome; empty if none does. */
    Optional<Instant> oldest();

    /** What it waits for in vain; empty if all is well. */
    Optional<Stall> stall();
}
