// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.deadletter.index;

import java.util.List;

import dev.gtmroutes.deadletter.DeadLetter;
import dev.gtmroutes.deadletter.LetterCursor;

/**
 * Some dead letters, newest first.
 *
 * @param letters those that were found
 * @param next    where to go on; null if these were the last
 * @param isFull  whether there are as many as were asked for; otherwise, if there is a next, time was up
 */
public record LetterPage(List<Entry> letters, LetterCursor next, boolean isFull) {

    /** A dead letter of a flow. */
    public record Entry(String flow, DeadLetter letter) {
    }
}
