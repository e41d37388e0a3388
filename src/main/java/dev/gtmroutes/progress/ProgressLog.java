// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.progress;

import java.io.IOException;

/**
 * Where a source notes what becomes of the records of one of its messages, so that they need not be sent again after a
 * crash. Records are told by their ordinals, from 0, in the order in which they are read. Called by one thread at a time.
 */
public interface ProgressLog {

    /** For a source that remembers nothing. */
    ProgressLog NONE = (what, place, records) -> {};

    /** What is noted of records. */
    enum Note {
        /** They have a durable outcome. */
        SETTLED,
        /** They are about to be sent where that must not happen twice. */
        SENDING,
        /** They were not carried out, and may be sent again. */
        UNSENT,
        /** Behind this one there was no other. It may have been only half there, if its source was still being written. */
        LAST,
        /** The destination is not there any more: nothing that was noted of it counts. */
        GONE
    }

    /**
     * Returns when a crash of the program cannot lose the note. One of {@link Note#SENDING} outlives a power cut, too.
     *
     * @param place   the destination
     * @param records their ordinals
     * @throws IOException if it could not be noted
     */
    void note(Note what, InputProgress.DestinationKey place, Ranges records) throws IOException;

    /** Whether this journal remembers what the records were, and not only which they were. */
    default boolean wantsFingerprints() {
        return false;
    }

    /** Whether what an earlier run noted of a record is added only when that record is read, and not before any is. */
    default boolean recallsLate() {
        return false;
    }

    /**
     * The same, with the fingerprints of the records.
     *
     * @param fingerprints of just these records
     */
    default void note(Note what, InputProgress.DestinationKey place, Ranges records, Fingerprints fingerprints)
            throws IOException {
        note(what, place, records);
    }
}
