// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.flows;

import java.io.IOException;
import java.time.ZoneId;
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

/** The lines of the list of flows. All people who look at flows share them. */
@Singleton
public class FlowLines {

    /** A flow as it was when its line was made. */
    private record Known(FlowStatus flow, FlowLine line) {
    }

    private final FlowStatuses statuses;
    private final FlowSummaries summaries;
    private final FlowTrends trends;
    private final WaitingInputs waiting;
    private final SourceConcerns sources;
    private final LetterStore letters;
    private final Watched<List<Known>> known = new Watched<>("gtm-flow-lines", this::look);

    FlowLines(FlowStatuses statuses, FlowSummaries summaries, FlowTrends trends, WaitingInputs waiting,
            SourceConcerns sources, LetterStore letters) {
        this.statuses = statuses;
        this.summaries = summaries;
        this.trends = trends;
        this.waiting = waiting;
        this.sources = sources;
        this.letters = letters;
    }

    /** Of all flows, each before its response webhooks. At most a few seconds old. @param zone whose day today is */
    public List<FlowLine> all(ZoneId zone) throws IOException {
        return known.get().stream().map(each -> each.line.of(trends.today(each.flow, zone))).toList();
    }

    /** The flows whose lines these are, in the same order. */
    public List<FlowStatus> flows() throws IOException {
        return known.get().stream().map(Known::flow).toList();
    }

    /** Somebody has changed flows: what is known is not true any more. */
    void changed() {
        known.changed();
    }

    /** Of one flow, as it is now. @param zone whose day today is */
    public Optional<FlowLine> of(String flow, ZoneId zone) throws IOException {
        Optional<FlowStatus> found = statuses.of(flow);
        return found.isEmpty() ? Optional.empty()
                : make(List.of(found.get())).stream().map(each -> each.line.of(trends.today(each.flow, zone))).findFirst();
    }

    private List<Known> look() throws IOException {
        List<Known> all = make(statuses.all());
        trends.keepOnly(all.stream().map(each -> each.flow.id()).collect(Collectors.toSet()));
        return all;
    }

    private List<Known> make(List<FlowStatus> flows) throws IOException {
        Map<String, Map<DeadLetterState, Long>> open = letters.count();
        Map<String, FlowSummary> known = summaries.all();
        Map<String, List<String>> concerns = sources.all();
        Map<String, SourceConcerns.Progress> progress = sources.progress();
        return flows.stream().map(each -> new Known(each, FlowLine.of(each, summaries.of(each, known),
                FlowChip.of(each, concerns.getOrDefault(each.id(), List.of())), trends.of(each),
                waiting.of(each, progress.get(each.id())), open.getOrDefault(each.id(), Map.of())))).toList();
    }
}
