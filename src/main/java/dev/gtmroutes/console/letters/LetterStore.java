// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.letters;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import dev.gtmroutes.deadletter.DeadLetter;
import dev.gtmroutes.deadletter.DeadLetterSelection;
import dev.gtmroutes.deadletter.DeadLetterStore;
import dev.gtmroutes.deadletter.FlowLetters;
import dev.gtmroutes.deadletter.LetterCursor;
import dev.gtmroutes.deadletter.LetterId;
import dev.gtmroutes.deadletter.LetterRefusedException;
import dev.gtmroutes.deadletter.ReplayResult;
import dev.gtmroutes.deadletter.index.ChosenCount;
import dev.gtmroutes.deadletter.index.FoundLetter;
import dev.gtmroutes.deadletter.index.LetterPage;
import dev.gtmroutes.deadletter.index.OpenLetters;
import dev.gtmroutes.deadletter.index.ReasonGroup;
import dev.gtmroutes.delivery.outcome.DeadLetterState;
import dev.gtmroutes.flow.FlowState;
import dev.gtmroutes.flow.FlowStatus;
import dev.gtmroutes.flow.FlowStatuses;
import dev.gtmroutes.flow.files.FlowsOnDisk;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.ws.rs.NotFoundException;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** The dead letters of the data directory, for the pages, the API and the metrics. */
@Singleton
public class LetterStore {

    private static final Logger LOG = Logger.getLogger(LetterStore.class);
    private static final int PAGE = 50;
    /** Letters of one reason that a page shows. */
    private static final int OF_GROUP = 10;
    /** Letters that are read in one go for a file. */
    private static final int EXPORTED = 500;
    /** A search that has found too little by then says how far it has come. */
    private static final Duration SEARCH = Duration.ofMillis(60);
    /** Without a text to search for, each block of lines that is read has something. */
    private static final Duration LIST = Duration.ofSeconds(5);

    private final FlowStatuses statuses;
    private final Path data;
    private final Path routes;
    private final DeadLetterStore box;
    private final OpenLetters open;

    LetterStore(FlowStatuses statuses, @ConfigProperty(name = "gtm.data") Path data,
            @ConfigProperty(name = "gtm.routes") Path routes) {
        this.statuses = statuses;
        this.data = data;
        this.routes = routes;
        box = new DeadLetterStore(data);
        open = new OpenLetters(data);
    }

    /** Completes the replays that the end of the program has interrupted, and counts before anybody asks. */
    void begin(@Observes StartupEvent started) {
        Thread thread = new Thread(() -> {
            try {
                for (String each : box.flows()) {
                    box.flow(each).letters(DeadLetterSelection.ALL).close();
                }
                open.count();
            } catch (IOException | LetterRefusedException | RuntimeException e) {
                LOG.warnf("Cannot read the dead letters: %s", e);
            }
        }, "gtm-dead-letters");
        thread.setDaemon(true);
        thread.start();
    }

    /** By flow and state, how many are open. */
    public Map<String, Map<DeadLetterState, Long>> count() throws IOException {
        return open.count();
    }

    /** How many there are in all that match; where there is more to search than is done in two seconds, so far. */
    ChosenCount count(LetterFilter filter) throws IOException {
        DeadLetterSelection choice = filter.choice();
        if (!filter.isSearch() && !filter.group().isEmpty()) {
            return groups(filter).stream().filter(each -> each.key().equals(filter.group())).findFirst()
                    .map(each -> ChosenCount.of(each.state(), each.count())).orElse(new ChosenCount(0, 0, true));
        }
        if (filter.isSearch() || !(filter.since() + filter.until()).isEmpty()) {
            return open.count(filter.flow(), choice, Duration.ofSeconds(2));
        }
        ChosenCount all = count(filter.flow());
        return new ChosenCount(choice.state() == DeadLetterState.HELD ? 0 : all.rejected(),
                choice.state() == DeadLetterState.REJECTED ? 0 : all.held(), true);
    }

    /** How many are open: of a flow, or of all for null. */
    ChosenCount count(String flow) throws IOException {
        long rejected = 0;
        long held = 0;
        for (Map.Entry<String, Map<DeadLetterState, Long>> each : open.count().entrySet()) {
            if (flow == null || flow.equals(each.getKey())) {
                rejected += each.getValue().get(DeadLetterState.REJECTED);
                held += each.getValue().get(DeadLetterState.HELD);
            }
        }
        return new ChosenCount(rejected, held, true);
    }

    /** The flows that have some, open or not. */
    List<String> flows() throws IOException {
        return box.flows();
    }

    /** Those that have open ones. */
    List<String> openFlows() throws IOException {
        return open.count().entrySet().stream().filter(each -> each.getValue().values().stream().anyMatch(n -> n > 0))
                .map(Map.Entry::getKey).toList();
    }

    /** The reasons of those that match but for a text, each with its count. */
    List<ReasonGroup> groups(LetterFilter filter) throws IOException {
        return open.groups(filter.flow(), filter.choice(), Instant.now());
    }

    /** Some letters of a group. @param from where to begin; null for the newest */
    LetterPage ofGroup(LetterFilter filter, String group, LetterCursor from) throws IOException {
        DeadLetterSelection choice = filter.choice();
        return open.newest(filter.flow(), choice.with(choice.fate(), group), from, OF_GROUP, LIST);
    }

    /** Hands over all that match, the newest first. */
    void each(LetterFilter filter, LetterCsv csv) throws IOException {
        LetterCursor from = null;
        do {
            LetterPage page = open.newest(filter.flow(), filter.choice(), from, EXPORTED, LIST);
            for (LetterPage.Entry each : page.letters()) {
                csv.add(each);
            }
            from = page.next();
        } while (from != null);
    }

    LetterPage page(LetterFilter filter) throws IOException {
        return open.newest(filter.flow(), filter.choice(), filter.from(), PAGE,
                filter.isSearch() ? SEARCH : LIST);
    }

    /** @throws NotFoundException if there is none of this id */
    FoundLetter find(String flow, String id) throws IOException {
        return open.find(flow, id(id)).orElseThrow(() -> new NotFoundException("The dead letter was not found."));
    }

    /** @throws NotFoundException if none can have this id */
    LetterId id(String text) {
        try {
            return LetterId.parse(text);
        } catch (LetterRefusedException e) {
            throw new NotFoundException("The dead letter was not found.");
        }
    }

    /** Whether there is a flow of this name that records can be handed to. */
    FlowPresence presence(String flow) throws IOException {
        Optional<FlowStatus> status = statuses.of(flow);
        if (status.isPresent() && status.get().state() != FlowState.NOT_LOADED) {
            return FlowPresence.LOADED;
        }
        return status.isPresent() || !statuses.isReady() || FlowsOnDisk.mayHave(routes, flow)
                ? FlowPresence.NOT_LOADED : FlowPresence.GONE;
    }

    /**
     * The dead letters of a flow that can have their records again.
     *
     * @throws NotFoundException      if this flow has no dead letters
     * @throws LetterRefusedException if there is no such flow any more, so that the records would wait for ever
     */
    FlowLetters ofExistingFlow(String flow) throws IOException, LetterRefusedException {
        FlowLetters letters = flow(flow);
        if (presence(flow) == FlowPresence.GONE) {
            throw LetterRefusedException.flowIsGone(flow);
        }
        return letters;
    }

    /** What came of the last replay of a letter; empty if it was not replayed. */
    Optional<ReplayResult> result(String flow, FoundLetter letter) throws IOException {
        List<FoundLetter.Deed> replays = letter.history().stream().filter(each -> !each.file().isEmpty()).toList();
        return replays.isEmpty() ? Optional.empty()
                : Optional.of(ReplayResult.of(data, flow, replays.get(replays.size() - 1),
                        isDeferred(flow, letter.letter().template())));
    }

    /** How many were written since then by a replay, through this file; the replays of such letters count, too. */
    long again(String flow, String file, Instant since) throws IOException {
        DeadLetterSelection choice = new DeadLetterSelection(Set.of(), null, null, since, null, null).ofSource(file);
        long again = 0;
        for (DeadLetter.Fate each : DeadLetter.Fate.values()) {
            again += open.count(flow, choice.with(each, ""), LIST).all();
        }
        return again;
    }

    private boolean isDeferred(String flow, String template) {
        return statuses.of(flow).stream().flatMap(each -> each.destinations().stream())
                .anyMatch(each -> each.isDeferred() && each.template().equals(template));
    }

    /** @throws NotFoundException if this flow has no dead letters */
    FlowLetters flow(String flow) throws IOException {
        try {
            if (box.flows().contains(flow)) {
                return box.flow(flow);
            }
        } catch (LetterRefusedException e) {
            // They were deleted just now.
        }
        throw new NotFoundException("This flow has no dead letters.");
    }
}
