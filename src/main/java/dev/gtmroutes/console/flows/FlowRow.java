// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.flows;

import java.time.Instant;
import java.util.Map;
import java.util.Set;

import dev.gtmroutes.delivery.outcome.DeadLetterState;
import dev.gtmroutes.delivery.status.DeliveryCounters;
import dev.gtmroutes.flow.FlowState;
import dev.gtmroutes.flow.FlowStatus;

/**
 * A flow as a line of the list, with what it has done in the last minute.
 *
 * @param open how many of its dead letters are open, by state; empty where nobody asks
 */
public record FlowRow(FlowStatus flow, long recordsPerMinute, long requestsPerMinute,
        Map<DeadLetterState, Long> open) {

    private static final Set<FlowState> STOPPED = Set.of(FlowState.PAUSED, FlowState.PAUSED_AFTER_REJECTIONS);

    public FlowRow(FlowStatus flow) {
        this(flow, Map.of());
    }

    FlowRow(FlowStatus flow, Map<DeadLetterState, Long> open) {
        this(flow, FlowHistory.of(flow), open);
    }

    private FlowRow(FlowStatus flow, FlowHistory history, Map<DeadLetterState, Long> open) {
        this(flow, history.recordsPerMinute(), history.requestsPerMinute(), open);
    }

    public String id() {
        return flow.id();
    }

    public String description() {
        return flow.description();
    }

    /** Whether there is a page where one can change it. */
    public boolean hasPage() {
        return flow.webhookOf().isEmpty();
    }

    /** Such as {@code waiting-for-credential}; also the name of its style. */
    public String state() {
        return flow.state().toString();
    }

    public String reason() {
        return flow.reason();
    }

    public String problem() {
        return flow.problem();
    }

    /** Since the program's start, to all destinations together. */
    public long delivered() {
        return flow.destinations().stream().mapToLong(each -> each.tally().recordsDelivered()).sum();
    }

    /** Records that the destinations have in the same form already, so that they were not sent. */
    public long unchanged() {
        return flow.destinations().stream().mapToLong(each -> each.tally().recordsUnchanged()).sum();
    }

    public long rejected() {
        return flow.destinations().stream().mapToLong(each -> each.tally().recordsRejectedInAll()).sum();
    }

    public long held() {
        return flow.destinations().stream().mapToLong(each -> each.tally().recordsHeld()).sum();
    }

    /** Rejected ones that wait for a person. */
    public long rejectedOpen() {
        return open.getOrDefault(DeadLetterState.REJECTED, 0L);
    }

    /** Held ones that wait for a person. */
    public long heldOpen() {
        return open.getOrDefault(DeadLetterState.HELD, 0L);
    }

    /** When the oldest record that is not delivered came; null if all are. */
    public Instant oldest() {
        return flow.oldestUndelivered().orElse(null);
    }

    /** What went wrong last; null if nothing has. */
    public DeliveryCounters.Failure lastFailure() {
        return flow.lastFailure().orElse(null);
    }

    public boolean mayPause() {
        return flow.state() != FlowState.NOT_LOADED && !STOPPED.contains(flow.state());
    }

    public boolean mayActivate() {
        return STOPPED.contains(flow.state());
    }
}
