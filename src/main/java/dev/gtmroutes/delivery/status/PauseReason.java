// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.delivery.status;

import java.time.Instant;

/**
 * Why a flow sends nothing for now, although it is active.
 *
 * @param kind   what has to change before it goes on
 * @param reason one line for a person, without secrets
 * @param since  when it began
 */
public record PauseReason(Kind kind, String reason, Instant since) {

    /** What a halted flow waits for. */
    public enum Kind {
        /** A credential that works. It is tried now and then, so the flow may go on by itself. */
        CREDENTIAL,
        /** A disk, topic or database that takes what became of records. It cannot be noted until then. */
        DISK,
        /** A person, who finds out why so many records in a row are rejected. */
        REJECTIONS
    }
}
