// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.state;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import dev.gtmroutes.console.state.FlowChip.Kind;
import dev.gtmroutes.delivery.RetryWaits;
import dev.gtmroutes.delivery.status.DeliveryCounters;
import dev.gtmroutes.delivery.status.DestinationStatus;
import dev.gtmroutes.flow.FlowStatus;

/** What makes a flow healthy, failing and so on. What is not known is never called healthy. */
record ChipRules(FlowStatus flow, List<String> concerns, Instant now) {

    /** So many records rejected, and none delivered in between, are no single bad records any more. */
    private static final int MANY = 20;
    /** The same where none was delivered for long. One or two are dead letters to look at, and no reason to stop. */
    private static final int FEW = 3;
    private static final Duration LONG_AGO = Duration.ofHours(1);

    FlowChip chip() {
        return switch (flow.state()) {
            case NOT_LOADED -> FlowChip.of(Kind.NEEDS_SETUP, null, flow.reason());
            case PAUSED -> FlowChip.of(Kind.PAUSED, flow.reason().equals(FlowStatus.NOT_ACTIVATED) ? null : flow.since(),
                    sentence(flow.reason()));
            case WAITING_FOR_CREDENTIAL -> FlowChip.of(Kind.FAILING, flow.since(), "Credential refused: " + flow.reason());
            case WAITING_FOR_DISK, PAUSED_AFTER_REJECTIONS -> FlowChip.of(Kind.FAILING, flow.since(),
                    sentence(flow.reason()));
            case STALLED -> FlowChip.of(Kind.LATE, flow.since(), sentence(flow.reason()));
            case ACTIVE -> active();
        };
    }

    private FlowChip active() {
        if (!flow.problem().isEmpty()) {
            return FlowChip.of(Kind.NEEDS_SETUP, null, "The version before the last edit runs: " + flow.problem());
        }
        return retrying().or(this::failing).or(this::kept).or(this::late).orElseGet(this::well);
    }

    /** Requests wait for another attempt, or one is being made. */
    private Optional<FlowChip> retrying() {
        return flow.destinations().stream()
                .filter(each -> each.tally().inFlight() > 0 || each.waits().failing().map(RetryWaits.Retrying::requests)
                        .orElse(0) > 0)
                .map(each -> each.waits().failing()).flatMap(Optional::stream)
                .min(Comparator.comparing(RetryWaits.Retrying::since)).map(each -> new FlowChip(Kind.RETRYING,
                        Kind.RETRYING.title(), each.since(), lastFailure(), each.next()));
    }

    /** The last that happened was a failure, and it was not a single record. */
    private Optional<FlowChip> failing() {
        return flow.destinations().stream().map(DestinationStatus::tally)
                .map(each -> each.failing().filter(streak -> isLong(each, streak))).flatMap(Optional::stream)
                .map(DeliveryCounters.Streak::since).min(Comparator.naturalOrder())
                .map(since -> FlowChip.of(Kind.FAILING, since, lastFailure()));
    }

    private boolean isLong(DeliveryCounters tally, DeliveryCounters.Streak streak) {
        return streak.rejected() >= MANY || streak.rejected() >= FEW
                && tally.lastDelivery().filter(last -> last.isAfter(now.minus(LONG_AGO))).isEmpty();
    }

    private Optional<FlowChip> kept() {
        return flow.reason().isEmpty() ? Optional.empty()
                : Optional.of(FlowChip.of(flow.destinations().stream().anyMatch(each -> each.inputKept().isPresent())
                        ? Kind.RETRYING : Kind.NEEDS_SETUP, flow.since(), sentence(flow.reason())));
    }

    private Optional<FlowChip> late() {
        return concerns.stream().findFirst().map(each -> FlowChip.of(Kind.LATE, null, each));
    }

    private FlowChip well() {
        List<DeliveryCounters> all = flow.destinations().stream().map(DestinationStatus::tally).toList();
        if (all.stream().anyMatch(each -> each.recordsDelivered() + each.recordsUnchanged() > 0)) {
            return FlowChip.of(Kind.HEALTHY, null, "");
        }
        // Records came and none was delivered: whether the flow delivers at all is not known.
        return all.stream().anyMatch(each -> each.recordsRejectedInAll() + each.recordsHeld() > 0)
                ? new FlowChip(Kind.STARTING, "None delivered yet", null, lastFailure(), null)
                : FlowChip.of(Kind.STARTING, null, "");
    }

    private String lastFailure() {
        return flow.lastFailure().map(each -> sentence(each.reason())).orElse("");
    }

    private static String sentence(String text) {
        return text.isEmpty() ? text : Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }
}
