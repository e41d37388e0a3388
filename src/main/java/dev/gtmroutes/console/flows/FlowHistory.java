// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.flows;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;

import dev.gtmroutes.delivery.status.LastHour;
import dev.gtmroutes.delivery.status.LastHour.Minute;
import dev.gtmroutes.flow.FlowStatus;

/**
 * What a flow has done in the last hour, to all its destinations together.
 *
 * @param now     the time in the last minute
 * @param minutes 60 of them, the oldest first
 */
public record FlowHistory(Instant now, List<Minute> minutes) {

    public static FlowHistory of(FlowStatus flow) {
        Instant now = Instant.now();
        List<List<Minute>> each = flow.destinations().stream().map(one -> one.tally().lastHour().minutes(now)).toList();
        Instant first = LastHour.first(now);
        return new FlowHistory(now, IntStream.range(0, LastHour.MINUTES).mapToObj(minute -> each.stream()
                .map(one -> one.get(minute))
                .reduce(new Minute(first.plus(Duration.ofMinutes(minute)), 0, 0, 0, 0), Minute::plus)).toList());
    }

    public long requestsPerMinute() {
        return perMinute(Minute::requests);
    }

    /** Delivered ones. */
    long recordsPerMinute() {
        return perMinute(Minute::delivered);
    }

    /** How many there were in the last 60 seconds, as far as one knows: of the minute before, its share in them. */
    private long perMinute(ToLongFunction<Minute> number) {
        Minute last = minutes.get(minutes.size() - 1);
        double passed = Duration.between(last.start(), now).toMillis() / 60_000.0;
        return number.applyAsLong(last)
                + Math.round(number.applyAsLong(minutes.get(minutes.size() - 2)) * Math.max(0, 1 - passed));
    }
}
