// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.deadletter;

import java.time.Instant;
import java.time.format.DateTimeParseException;

/**
 * A place in the dead letters of all flows, newest first. As text, such as
 * {@code 2026-01-31T10:00:00Z/calls/2026-01-31/17}, it can be handed out and comes back.
 *
 * @param time when the letter was written
 */
public record LetterCursor(Instant time, String flow, LetterId id) {

    /** @throws LetterRefusedException if it is no such text */
    public static LetterCursor parse(String text) throws LetterRefusedException {
        String[] parts = text.split("/", 3);
        try {
            if (parts.length == 3) {
                return new LetterCursor(Instant.parse(parts[0]), parts[1], LetterId.parse(parts[2]));
            }
        } catch (DateTimeParseException e) {
            // Said below.
        }
        throw new LetterRefusedException("'" + text + "' is not a position in the dead letters. Use the value of next from "
                + "a list");
    }

    @Override
    public String toString() {
        return time + "/" + flow + "/" + id;
    }
}
