// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.letters;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

import dev.gtmroutes.deadletter.Replayed;
import dev.gtmroutes.delivery.status.DestinationStatus;
import dev.gtmroutes.disk.Disk;
import dev.gtmroutes.flow.FlowStatuses;
import dev.gtmroutes.inbox.ReplayHandover;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Finds out what came of replays. */
@Singleton
public class ReplayOutcomes {

    private final LetterStore letters;
    private final FlowStatuses statuses;
    private final Path data;
    private final boolean hasTopic;

    ReplayOutcomes(LetterStore letters, FlowStatuses statuses, @ConfigProperty(name = "gtm.data") Path data,
            @ConfigProperty(name = "gtm.dead-letters.topic") Optional<String> topic) {
        this.letters = letters;
        this.statuses = statuses;
        this.data = data;
        this.hasTopic = !topic.orElse("").isBlank();
    }

    /** @param since when the replay began */
    ReplayOutcome of(String flow, Replayed replayed, Instant since) throws IOException {
        ReplayHandover handover = new ReplayHandover(data, new Disk());
        if (replayed.files().stream().anyMatch(each -> handover.isWaiting(flow, each))) {
            return ReplayOutcome.WAITING;
        }
        if (hasTopic) {
            return new ReplayOutcome(ReplayOutcome.State.ELSEWHERE, 0, 0);
        }
        if (statuses.of(flow).stream().flatMap(each -> each.destinations().stream())
                .anyMatch(DestinationStatus::isDeferred)) {
            return new ReplayOutcome(ReplayOutcome.State.SAVED, 0, 0);
        }
        long again = 0;
        for (String each : replayed.files()) {
            again += letters.again(flow, each, since);
        }
        return new ReplayOutcome(ReplayOutcome.State.ENDED, Math.max(0, replayed.records() - again), again);
    }
}
