// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.letters;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import dev.gtmroutes.deadletter.DeadLetterSelection;
import dev.gtmroutes.deadletter.LetterId;
import dev.gtmroutes.deadletter.index.ChosenCount;
import dev.gtmroutes.deadletter.index.FoundLetter;
import dev.gtmroutes.delivery.outcome.DeadLetterState;

/**
 * Dead letters that a person has marked in a list.
 *
 * @param byFlow which, by flow
 * @param count  how many
 */
record ChosenLetters(Map<String, DeadLetterSelection> byFlow, ChosenCount count) {

    /** @param names such as {@code calls/2026-01-31/17} */
    static ChosenLetters of(List<String> names, LetterStore letters) throws IOException {
        Map<String, Set<LetterId>> ids = new TreeMap<>();
        Map<DeadLetterState, Long> count = new HashMap<>();
        for (String each : names) {
            String flow = each.substring(0, Math.max(0, each.indexOf('/')));
            FoundLetter found = letters.find(flow, each.substring(each.indexOf('/') + 1));
            ids.computeIfAbsent(flow, any -> new TreeSet<>()).add(found.letter().id());
            count.merge(found.letter().state(), 1L, Long::sum);
        }
        Map<String, DeadLetterSelection> choices = new TreeMap<>();
        ids.forEach((flow, chosen) -> choices.put(flow, DeadLetterSelection.of(chosen)));
        return new ChosenLetters(choices, new ChosenCount(count.getOrDefault(DeadLetterState.REJECTED, 0L),
                count.getOrDefault(DeadLetterState.HELD, 0L), true));
    }
}
