// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.overview;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import dev.gtmroutes.console.letters.LetterStore;
import dev.gtmroutes.console.state.LastSeen;
import dev.gtmroutes.console.state.SourceConcerns;
import dev.gtmroutes.delivery.outcome.DeadLetterState;
import dev.gtmroutes.flow.Flows;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/**
 * What waits for a person, as every page shows it beside the names of the pages.
 */
@Singleton
public class OpenWork {

    private static final Logger LOG = Logger.getLogger(OpenWork.class);
    private static final Counts NOTHING = new Counts(Map.of(), Map.of());

    /**
     * What there is.
     *
     * @param letters open dead letters, by flow and state
     * @param late    what keeps exports and lists from going on, by flow
     */
    public record Counts(Map<String, Map<DeadLetterState, Long>> letters, Map<String, List<String>> late) {

        /** All open dead letters. */
        public long openLetters() {
            return letters.values().stream().flatMap(each -> each.values().stream()).mapToLong(Long::longValue).sum();
        }

        /** Open dead letters of this state. */
        long open(DeadLetterState state) {
            return letters.values().stream().mapToLong(each -> each.getOrDefault(state, 0L)).sum();
        }

        /** The flows that have some of this state. */
        Map<String, Long> byFlow(DeadLetterState state) {
            Map<String, Long> byFlow = new TreeMap<>();
            letters.forEach((flow, counts) -> {
                if (counts.getOrDefault(state, 0L) > 0) {
                    byFlow.put(flow, counts.get(state));
                }
            });
            return byFlow;
        }
    }

    private final LetterStore letters;
    private final SourceConcerns concerns;
    private final Flows flows;
    private final LastSeen<Counts> last = new LastSeen<>(before -> count(before == null ? NOTHING : before));

    OpenWork(LetterStore letters, SourceConcerns concerns, Flows flows) {
        this.letters = letters;
        this.concerns = concerns;
        this.flows = flows;
    }

    /** What there was two seconds ago, or later. */
    public Counts now() {
        return last.now();
    }

    /** @param before what counts where something cannot be read just now: its own page says why */
    private Counts count(Counts before) {
        Map<String, Map<DeadLetterState, Long>> open = before.letters;
        Map<String, List<String>> late = before.late;
        try {
            open = letters.count();
            late = new TreeMap<>(concerns.all());
            // What another program exports, or a deleted flow did, waits for nobody here.
            late.keySet().removeIf(each -> !flows.knows(each));
        } catch (IOException | UncheckedIOException e) {
            LOG.debugf(e, "What waits for a person cannot be counted");
        }
        return new Counts(open, late);
    }
}
