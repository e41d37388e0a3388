// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.flows;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import dev.gtmroutes.console.letters.LetterStore;
import dev.gtmroutes.console.state.FlowChip;
import dev.gtmroutes.console.state.SourceConcerns;
import dev.gtmroutes.delivery.outcome.DeadLetterState;
import dev.gtmroutes.flow.FlowStatus;
import dev.gtmroutes.flow.FlowStatuses;
import jakarta.inject.Singleton;

/** The lines of the list of flows. All people who look at it share them: they are made at most once a second. */
@Singleton
public class FlowLines {

    private static final long KEPT_NANOS = 1_000_000_000L;

    private final FlowStatuses statuses;
    private final FlowSummaries summaries;
    private final FlowTrends trends;
    private final WaitingInputs waiting;
    private final SourceConcerns sources;
    private final LetterStore letters;
    private List<FlowLine> made;
    private long madeAt;

    FlowLines(FlowStatuses statuses, FlowSummaries summaries, FlowTrends trends, WaitingInputs waiting,
            SourceConcerns sources, LetterStore letters) {
        this.statuses = statuses;
        this.summaries = summaries;
        this.trends = trends;
        this.waiting = waiting;
        this.sources = sources;
        this.letters = letters;
    }

    /** Of all flows, each before its response webhooks. At most a second old. */
    public synchronized List<FlowLine> all() throws IOException {
        if (made == null || System.nanoTime() - madeAt > KEPT_NANOS) {
            made = make(statuses.all());
            trends.keepOnly(made.stream().map(FlowLine::id).collect(Collectors.toSet()));
            madeAt = System.nanoTime();
        }
        return made;
    }

    /** Somebody has changed flows: what is known is not true any more. */
    synchronized void changed() {
        made = null;
    }

    /** Of one flow, as it is now. */
    public Optional<FlowLine> of(String flow) throws IOException {
        Optional<FlowStatus> found = statuses.of(flow);
        return found.isPresent() ? make(List.of(found.get())).stream().findFirst() : Optional.empty();
    }

    private List<FlowLine> make(List<FlowStatus> flows) throws IOException {
        Map<String, Map<DeadLetterState, Long>> open = letters.count();
        Map<String, FlowSummary> known = summaries.all();
        Map<String, List<String>> concerns = sources.all();
        Map<String, SourceConcerns.Progress> progress = sources.progress();
        return flows.stream().map(each -> FlowLine.of(each, summaries.of(each, known),
                FlowChip.of(each, concerns.getOrDefault(each.id(), List.of())), trends.of(each),
                waiting.of(each, progress.get(each.id())), open.getOrDefault(each.id(), Map.of()))).toList();
    }
}
