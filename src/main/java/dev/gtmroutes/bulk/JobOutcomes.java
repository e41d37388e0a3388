// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.bulk;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.gtmroutes.delivery.outcome.DeadLetters;
import dev.gtmroutes.delivery.outcome.Rejection;
import dev.gtmroutes.delivery.status.DestinationStatus;
import dev.gtmroutes.record.SourceRecord;

/** The outcomes of the records of one destination: its dead letters and its counters. */
final class JobOutcomes implements Outcomes {

    private final DeadLetters deadLetters;
    private final Path data;
    private final String flow;
    private final DestinationStatus destination;

    JobOutcomes(DeadLetters deadLetters, Path data, String flow, DestinationStatus destination) {
        this.deadLetters = deadLetters;
        this.data = data;
        this.flow = flow;
        this.destination = destination;
    }

    @Override
    public void write(List<Refused> refused) throws IOException {
        Map<String, Map<SourceRecord, Rejection>> bySource = new LinkedHashMap<>();
        for (Refused each : refused) {
            bySource.computeIfAbsent(each.record().source(), key -> new LinkedHashMap<>())
                    .put(each.record().origin(), each.why());
        }
        for (Map.Entry<String, Map<SourceRecord, Rejection>> each : bySource.entrySet()) {
            DeadLetters.Origin origin = new DeadLetters.Origin(flow, destination.id(), destination.template(),
                    each.getKey());
            deadLetters.write(origin, List.copyOf(each.getValue().keySet()), each.getValue()::get);
        }
    }

    @Override
    public Set<String> writtenSince(Instant time) throws IOException {
        return new WrittenLetters(data, flow, destination.id()).since(time);
    }

    @Override
    public void count(int delivered, List<Refused> refused) {
        if (delivered > 0) {
            destination.deliveredLater(delivered);
        }
        for (Refused each : refused) {
            if (each.why().isHeld()) {
                destination.held(1);
            } else {
                destination.rejected(each.why(), 1, delivered == 0);
            }
        }
    }
}
