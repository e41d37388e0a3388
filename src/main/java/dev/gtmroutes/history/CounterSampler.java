// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.history;

import java.time.Instant;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

import dev.gtmroutes.api.OutcomePolicy;
import dev.gtmroutes.delivery.status.DeliveryCounters;
import dev.gtmroutes.delivery.status.DestinationStatus;

/** Reads from time to time what destinations have counted, and hands on what is new. For one thread. */
final class CounterSampler {

    private final SliceStore slices;
    private final Map<DeliveryCounters, Seen> seen = new IdentityHashMap<>();

    /** The counters of a destination. */
    private static final class Seen {
        private String flow;
        private Slice before = Slice.empty(null);
        private boolean there;
    }

    CounterSampler(SliceStore slices) {
        this.slices = slices;
    }

    /**
     * Counts what was done since the last time. Destinations that are gone count a last time.
     *
     * @param destinations those that are there
     */
    void sample(List<DestinationStatus> destinations, Instant now) {
        for (DestinationStatus each : destinations) {
            if (!each.tellsResponses()) {
                Seen counters = seen.computeIfAbsent(each.tally(), none -> new Seen());
                counters.flow = each.flow();
                counters.there = true;
            }
        }
        sample(now);
        seen.values().removeIf(each -> !each.there && each.before.isEmpty());
        seen.values().forEach(each -> each.there = false);
    }

    /** The same for the destinations that were there the last time: while the program stops. */
    void sample(Instant now) {
        seen.forEach((counters, each) -> {
            Slice all = all(counters);
            Slice news = minus(all, each.before);
            each.before = all;
            if (!news.isEmpty()) {
                slices.add(each.flow, now, news);
            }
        });
    }

    private static Slice all(DeliveryCounters counters) {
        Map<Integer, Long> requests = counters.requests();
        return new Slice(null, counters.recordsDelivered(), counters.recordsUnchanged(), counters.recordsRejectedInAll(),
                counters.recordsHeld(), requests.values().stream().mapToLong(each -> each).sum(),
                requests.entrySet().stream().filter(each -> !OutcomePolicy.isWell(each.getKey()))
                        .mapToLong(Map.Entry::getValue).sum());
    }

    private static Slice minus(Slice all, Slice before) {
        return new Slice(null, all.delivered() - before.delivered(), all.unchanged() - before.unchanged(),
                all.rejected() - before.rejected(), all.held() - before.held(), all.requests() - before.requests(),
                all.failed() - before.failed());
    }
}
