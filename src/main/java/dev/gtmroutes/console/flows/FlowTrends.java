// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.flows;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import dev.gtmroutes.console.web.BrowserZone;
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
    private static final int MOST_ZONES = 8;

    /** What was looked up, and how many records the flow had counted then. */
    private record Known<T>(T value, long counted, Instant at) {

        boolean isGood(long now) {
            return at.plus(counted == now ? IDLE : BUSY).isAfter(Instant.now());
        }
    }

    /** The days of people in one time zone. */
    private record Day(LocalDate date, Map<String, Known<Long>> byFlow) {
    }

    private final History history;
    private final Map<String, Known<FlowTrend>> byFlow = new ConcurrentHashMap<>();
    private final Map<ZoneId, Day> days = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ZoneId, Day> eldest) {
            return size() > MOST_ZONES;
        }
    };

    FlowTrends(History history) {
        this.history = history;
    }

    /** What a flow has done until now. */
    FlowTrend of(FlowStatus flow) {
        long counted = counted(flow);
        Known<FlowTrend> known = byFlow.get(flow.id());
        if (known == null || !known.isGood(counted)) {
            Instant now = Instant.now();
            known = new Known<>(look(flow, now, known), counted, now);
            byFlow.put(flow.id(), known);
        }
        return new FlowTrend(known.value.lastDay(), lastSinceStart(flow).orElse(known.value.last()));
    }

    /** How many records a flow has delivered today. @param zone whose day today is */
    long today(FlowStatus flow, ZoneId zone) {
        Map<String, Known<Long>> day = day(zone);
        long counted = counted(flow);
        Known<Long> known = day.get(flow.id());
        if (known == null || !known.isGood(counted)) {
            Instant now = Instant.now();
            known = new Known<>(history.sum(flow.id(), BrowserZone.midnight(zone).toInstant(), now).delivered(), counted,
                    now);
            day.put(flow.id(), known);
        }
        return known.value;
    }

    private Map<String, Known<Long>> day(ZoneId zone) {
        LocalDate today = LocalDate.now(zone);
        synchronized (days) {
            return days.compute(zone, (key, before) -> before != null && before.date.equals(today) ? before
                    : new Day(today, new ConcurrentHashMap<>())).byFlow;
        }
    }

    private static long counted(FlowStatus flow) {
        return flow.destinations().stream().map(DestinationStatus::tally)
                .mapToLong(each -> each.recordsDelivered() + each.recordsRejectedInAll() + each.recordsHeld()).sum();
    }

    /** Forgets flows that there are not any more. */
    void keepOnly(Set<String> flows) {
        byFlow.keySet().retainAll(flows);
        synchronized (days) {
            days.values().forEach(each -> each.byFlow.keySet().retainAll(flows));
        }
    }

    private FlowTrend look(FlowStatus flow, Instant now, Known<FlowTrend> before) {
        List<Slice> hours = history.hours(flow.id(), now.minus(23, ChronoUnit.HOURS), now);
        Instant last = before != null ? before.value.last()
                : lastSinceStart(flow).isPresent() ? null : lastBefore(flow.id(), now);
        return new FlowTrend(Sparkline.of(hours), last);
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
