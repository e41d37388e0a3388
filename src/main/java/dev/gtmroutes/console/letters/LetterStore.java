// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.letters;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.gtmroutes.deadletter.DeadLetterSelection;
import dev.gtmroutes.deadletter.DeadLetterStore;
import dev.gtmroutes.deadletter.FlowLetters;
import dev.gtmroutes.deadletter.LetterId;
import dev.gtmroutes.deadletter.LetterRefusedException;
import dev.gtmroutes.deadletter.index.ChosenCount;
import dev.gtmroutes.deadletter.index.FoundLetter;
import dev.gtmroutes.deadletter.index.LetterPage;
import dev.gtmroutes.deadletter.index.OpenLetters;
import dev.gtmroutes.delivery.outcome.DeadLetterState;
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
    /** A search that has found too little by then says how far it has come. */
    private static final Duration SEARCH = Duration.ofMillis(80);
    /** Without a text to search for, each block of lines that is read has something. */
    private static final Duration LIST = Duration.ofSeconds(5);

    private final DeadLetterStore box;
    private final OpenLetters open;

    LetterStore(@ConfigProperty(name = "gtm.data") Path data) {
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
        if (!(filter.search() + filter.since() + filter.until()).isEmpty()) {
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

    LetterPage page(LetterFilter filter) throws IOException {
        return open.newest(filter.flow(), filter.choice(), filter.from(), PAGE,
                filter.search().isEmpty() ? LIST : SEARCH);
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
