// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.flows;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import dev.gtmroutes.delivery.status.DeliveryCounters;
import dev.gtmroutes.delivery.status.DestinationStatus;
import dev.gtmroutes.flow.FlowStatus;
import dev.gtmroutes.history.History;
import dev.gtmroutes.history.Slice;
import jakarta.inject.Singleton;

/** The {@link FlowTrend} of each flow. A flow that does nothing is looked up once a minute, a busy one every ten seconds. */
@Singleton
public class FlowTrends {

    private static final Duration BUSY = Duration.ofSeconds(10);
    private static final Duration IDLE = Duration.ofMinutes(1);

    private record Known(FlowTrend trend, long counted, Instant at, LocalDate day) {
    }

    private final History history;
    private final Map<String, Known> byFlow = new ConcurrentHashMap<>();

    FlowTrends(History history) {
        this.history = history;
    }

    /** What a flow has done until now. */
    public FlowTrend of(FlowStatus flow) {
        Instant now = Instant.now();
        long counted = flow.destinations().stream().map(DestinationStatus::tally)
                .mapToLong(each -> each.recordsDelivered() + each.recordsRejectedInAll() + each.recordsHeld()).sum();
        Known known = byFlow.get(flow.id());
        if (known == null || !known.day.equals(today()) || known.at.plus(known.counted == counted ? IDLE : BUSY)
                .isBefore(now)) {
            known = new Known(look(flow, now, known), counted, now, today());
            byFlow.put(flow.id(), known);
        }
        Instant last = lastSinceStart(flow).orElse(known.trend.last());
        return new FlowTrend(known.trend.lastDay(), known.trend.today(), last);
    }

    /** Forgets flows that there are not any more. */
    void keepOnly(Set<String> flows) {
        byFlow.keySet().retainAll(flows);
    }

    /** Midnight where the program runs. */
    public static Instant midnight() {
        return today().atStartOfDay(ZoneId.systemDefault()).toInstant();
    }

    private static LocalDate today() {
        return LocalDate.now(ZoneId.systemDefault());
    }

    private FlowTrend look(FlowStatus flow, Instant now, Known before) {
        List<Slice> hours = history.hours(flow.id(), now.minus(23, ChronoUnit.HOURS), now);
        Instant last = before != null ? before.trend.last()
                : lastSinceStart(flow).isPresent() ? null : lastBefore(flow.id(), now);
        return new FlowTrend(Sparkline.of(hours), history.sum(flow.id(), midnight(), now), last);
    }

    private static Optional<Instant> lastSinceStart(FlowStatus flow) {
        return flow.destinations().stream().map(DestinationStatus::tally).map(DeliveryCounters::lastDelivery)
                .flatMap(Optional::stream).max(Comparator.naturalOrder());
    }

    /** In an earlier run of the program: to the minute, or to the hour if it is long ago. */
    private Instant lastBefore(String flow, Instant now) {
        Optional<Slice> hour = last(history.hours(flow, now.minus(30, ChronoUnit.DAYS), now));
        return hour.flatMap(each -> last(history.minutes(flow, each.start(), each.start().plus(1, ChronoUnit.HOURS))))
                .or(() -> hour).map(Slice::start).orElse(null);
    }

    private static Optional<Slice> last(List<Slice> slices) {
        return slices.stream().filter(each -> each.delivered() > 0).reduce((one, later) -> later);
    }
}
