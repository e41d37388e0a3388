// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.flow;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import dev.gtmroutes.delivery.status.DeliveryCounters;
import dev.gtmroutes.delivery.status.DestinationStatus;
import dev.gtmroutes.inbox.Backlog;
import dev.gtmroutes.outbox.Outboxes;

/**
 * How a flow is.
 *
 * @param id           its id
 * @param description  what its file says about it; empty if nothing
 * @param state        what it does
 * @param reason       why it does not deliver, or what waits although it is active; one line for a person without
 *                     secrets; empty if all is well
 * @param since        since when it has been so; for an active flow, since it was started
 * @param problem      why it runs by an older version than its files, one line; empty if it does not
 * @param waiting      the files that wait in its inbox, or in the outbox that it empties
 * @param destinations where it delivers to; none if it is not loaded
 * @param webhookOf    the flow whose webhook it tells, by which it was made; empty for one with a file of its own
 */
public record FlowStatus(String id, String description, FlowState state, String reason, Instant since, String problem,
        Backlog.Waiting waiting, List<DestinationStatus> destinations, String webhookOf) {

    /** The reason of a flow that no person has activated. */
    public static final String NOT_ACTIVATED = "not activated";

    /** Whether it is no flow of records, but tells the webhook of one. */
    public boolean tellsResponses() {
        return !webhookOf.isEmpty();
    }

    /** Name of the outbox that it empties, such as {@code calls.people-ai-push-call-activity}; empty for other flows. */
    public String outbox() {
        return tellsResponses() ? destinations.stream().map(Outboxes::name).findFirst().orElse("") : "";
    }

    /** Whether it does what a person wants it to do, by the files as they are now. */
    public boolean isWell() {
        return state.isWanted() && problem.isEmpty() && (state != FlowState.ACTIVE || reason.isEmpty());
    }

    /** What went wrong last since the program's start; empty if nothing did. It may be long over. */
    public Optional<DeliveryCounters.Failure> lastFailure() {
        return destinations.stream().map(each -> each.tally().lastFailure()).flatMap(Optional::stream)
                .max(Comparator.comparing(DeliveryCounters.Failure::at));
    }

    /** The age of the oldest record that is not delivered anywhere; empty if all are. */
    public Optional<Instant> oldestUndelivered() {
        return oldest(destinations.stream().map(DestinationStatus::oldestInWork));
    }

    /** The age of the oldest record that this destination has no outcome for; empty if all have one. */
    public Optional<Instant> oldestUndelivered(DestinationStatus destination) {
        return oldest(Stream.of(destination.oldestInWork()));
    }

    /** A file stays in the inbox while it is in work. What came another way is known only once it is in work. */
    private Optional<Instant> oldest(Stream<Optional<Instant>> inWork) {
        return Stream.concat(Stream.of(waiting.oldest()), inWork).flatMap(Optional::stream)
                .min(Comparator.naturalOrder());
    }
}
