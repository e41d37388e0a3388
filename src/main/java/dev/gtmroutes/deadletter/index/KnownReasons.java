// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.deadletter.index;

import java.util.LinkedHashMap;
import java.util.Map;

import dev.gtmroutes.deadletter.DeadLetter;
import dev.gtmroutes.deadletter.reason.LetterReason;
import dev.gtmroutes.delivery.outcome.DeadLetterState;

/**
 * The reasons of the dead letters that were read last. Dead letters of one cause come together, and are often equal in
 * everything but the record.
 */
final class KnownReasons {

    private static final int MOST = 512;

    private record Said(DeadLetterState state, String reason, int status, String answer, String template) {
    }

    private final Map<Said, LetterReason> reasons = new LinkedHashMap<>(MOST, 0.75f, true) {

        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Said, LetterReason> eldest) {
            return size() > MOST;
        }
    };

    synchronized LetterReason of(DeadLetter letter) {
        return reasons.computeIfAbsent(
                new Said(letter.state(), letter.reason(), letter.status(), letter.answer(), letter.template()),
                any -> letter.why());
    }
}
