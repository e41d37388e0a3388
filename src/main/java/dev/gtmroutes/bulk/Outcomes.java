// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.bulk;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Set;

import dev.gtmroutes.bulk.spool.SpooledRecord;
import dev.gtmroutes.delivery.outcome.Rejection;

/** Where the outcomes of records go. */
interface Outcomes {

    /** A record that is not delivered. */
    record Refused(SpooledRecord record, Rejection why) {
    }

    /** Returns when they are in the dead letters. */
    void write(List<Refused> refused) throws IOException;

    /** Which of the records are in the dead letters since then, by {@link WrittenLetters#mark}. */
    Set<String> writtenSince(Instant time) throws IOException;

    /** These have their outcome, and it is noted. */
    void count(int delivered, List<Refused> refused);
}
