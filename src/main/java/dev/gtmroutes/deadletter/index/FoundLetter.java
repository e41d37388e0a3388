// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.deadletter.index;

import java.time.Instant;
import java.util.List;

import dev.gtmroutes.deadletter.DeadLetter;

/**
 * All that is known of a dead letter.
 *
 * @param letter   as it is now
 * @param original as it was before anybody edited its record
 * @param history  what people have done with it, oldest first
 */
public record FoundLetter(DeadLetter letter, DeadLetter original, List<Deed> history) {

    /**
     * Something that was done with it.
     *
     * @param what {@code edited}, {@code replaying} (handed to its flow) or {@code discarded}
     * @param time when; null if that was not noted
     * @param file in which its record was handed to its flow; empty if it was not
     * @param line of that file; 0 if it is not known
     */
    public record Deed(String what, Instant time, String file, int line) {
    }
}
