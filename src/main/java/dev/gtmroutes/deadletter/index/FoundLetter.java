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
     */
    public record Deed(String what, Instant time) {
    }
}
