// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.history;

import java.time.Duration;
import java.time.Instant;

/**
 * What became of one input of a flow at one destination: a file, the body of a request, an export window, a read of a list
 * or of a database, or all messages of an hour of a source that never ends.
 *
 * @param flow        id of the flow
 * @param destination the template that sent the records; a flow with two destinations has two runs for an input
 * @param input       name of the file, or how the source calls the input; empty for further inputs of an hour that has too
 *                    many for a line each
 * @param begin       when its first record was read
 * @param end         when its last record got its outcome; null while some have none
 * @param read        records read
 * @param delivered   records that the destination accepted; null if that becomes known later, as in a bulk load
 * @param unchanged   records that were not sent, because the destination has them in the same form already
 * @param rejected    records that were rejected, or that could not be sent; null as {@code delivered}
 * @param held        records that the API may have processed; null as {@code delivered}
 * @param inputs      how many inputs it stands for, such as the pages of a list
 * @param state       how far it is
 */
public record Run(String flow, String destination, String input, Instant begin, Instant end, long read, Long delivered,
        long unchanged, Long rejected, Long held, long inputs, State state) {

    /** How far a run is. */
    public enum State {
        /** Its records are read or sent. */
        IN_WORK,
        /** Some records have no outcome. They are sent when the source brings the input again. */
        WAITING,
        /** Each record has an outcome. */
        DONE
    }

    /** The same as a run of another flow. */
    Run of(String other) {
        return new Run(other, destination, input, begin, end, read, delivered, unchanged, rejected, held, inputs, state);
    }

    /** From the first record to the last outcome, or until now. */
    public Duration took(Instant now) {
        Duration took = Duration.between(begin, end == null ? now : end);
        return took.isNegative() ? Duration.ZERO : took;
    }
}
