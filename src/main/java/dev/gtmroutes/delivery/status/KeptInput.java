// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.delivery.status;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Why an input waits at its source, which tries again. Nobody tells when a source gives an input up, such as a file that a
 * person has removed: what was not tried for a while waits no longer. For any number of threads.
 */
public final class KeptInput {

    /** Longer than the delay of any source between two attempts. */
    private static final Duration TRIED = Duration.ofMinutes(15);

    private Note note;
    private long lastTry;

    /**
     * What people see.
     *
     * @param reason one line without secrets
     * @param since  when it was noticed first
     */
    public record Note(String reason, Instant since) {
    }

    synchronized void add(String reason) {
        if (note == null || !note.reason.equals(reason)) {
            note = new Note(reason, Instant.now().truncatedTo(ChronoUnit.MILLIS));
        }
        lastTry = System.nanoTime();
    }

    synchronized void end() {
        note = null;
    }

    synchronized Optional<Note> now() {
        return System.nanoTime() - lastTry > TRIED.toNanos() ? Optional.empty() : Optional.ofNullable(note);
    }
}
