// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.overview;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;

import dev.gtmroutes.console.letters.LetterStore;
import dev.gtmroutes.console.state.SourceConcerns;
import dev.gtmroutes.delivery.outcome.DeadLetterState;
import dev.gtmroutes.flow.Flows;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/**
 * What waits for a person, as every page shows it beside the names of the pages. It is counted at most every two seconds,
 * however many pages are open; while it is counted again, all others see what was counted before.
 */
@Singleton
public class OpenWork {

    private static final Logger LOG = Logger.getLogger(OpenWork.class);
    private static final long FRESH_NANOS = Duration.ofSeconds(2).toNanos();
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

    private record Counted(Counts counts, long at) {

        boolean isFresh() {
            return System.nanoTime() - at < FRESH_NANOS;
        }
    }

    private final LetterStore letters;
    private final SourceConcerns concerns;
    private final Flows flows;
    private final ReentrantLock counting = new ReentrantLock();
    private volatile Counted last;

    OpenWork(LetterStore letters, SourceConcerns concerns, Flows flows) {
        this.letters = letters;
        this.concerns = concerns;
        this.flows = flows;
    }

    /** What there was two seconds ago, or later. */
    public Counts now() {
        Counted known = last;
        if (known != null && (known.isFresh() || !counting.tryLock())) {
            return known.counts;
        }
        if (known == null) {
            counting.lock();
        }
        try {
            if (last == known) {
                last = new Counted(count(known == null ? NOTHING : known.counts), System.nanoTime());
            }
            return last.counts;
        } finally {
            counting.unlock();
        }
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
