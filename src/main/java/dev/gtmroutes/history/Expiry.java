// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.history;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** Finds what the history is to forget, so that its file stays small. */
final class Expiry {

    /** Of all flows together. */
    private static final int MOST_RUNS = 200_000;
    private static final Duration FUTURE = Duration.ofDays(2);

    private final HistoryFile file;
    private final RunStore runs;
    private final HistoryLimits limits;

    Expiry(HistoryFile file, RunStore runs, HistoryLimits limits) {
        this.file = file;
        this.runs = runs;
        this.limits = limits;
    }

    /** @return about when something was counted last; null if nothing was */
    Instant newest() {
        String key = file.before(String.valueOf((char) (Grain.HOUR.first().charAt(0) + 1)));
        return key == null || !Grain.HOUR.isOne(key) ? null : Grain.HOUR.start(Grain.HOUR.firstOf(Grain.block(key)));
    }

    /** What is to be removed: what is too old, what a wrong clock put into the future, and the oldest of too many runs. */
    Map<String, byte[]> expired(Instant now) {
        Map<String, byte[]> changes = new TreeMap<>();
        expire(Grain.MINUTE, now.minus(History.MINUTES_KEPT), now.plus(FUTURE), changes);
        expire(Grain.HOUR, now.minus(limits.kept()), now.plus(FUTURE), changes);
        runs.expire(now.minus(limits.kept()), now.plus(FUTURE), limits.runs(), MOST_RUNS, changes);
        return changes;
    }

    private void expire(Grain grain, Instant from, Instant until, Map<String, byte[]> changes) {
        long first = grain.block(grain.number(from));
        long last = grain.block(grain.number(until));
        file.keys(grain.first(), key -> grain.isOne(key) && Grain.block(key) < first)
                .forEach(key -> changes.put(key, null));
        file.keys(grain.key(last + 1, ""), grain::isOne).forEach(key -> changes.put(key, null));
    }
}
