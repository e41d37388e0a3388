// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.sandbox.exports;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The activities of the sandbox's People.ai: the same number each day since 2015, spread over the day; one in ten becomes
 * known a day late. What they are follows from their day and number: a great many cost no memory. All methods may be
 * called from any thread.
 */
public final class Activities {

    /** There are none before. */
    static final LocalDate FIRST_DAY = LocalDate.of(2015, 1, 1);

    private static final int SHORTEST = 600;
    private static final int MOST_PER_DAY = 1_000_000;

    private final SandboxClock clock;
    private final Set<String> deleted = ConcurrentHashMap.newKeySet();
    private volatile int perDay = 20;
    private volatile int recordBytes = 700;

    public Activities(SandboxClock clock) {
        this.clock = clock;
    }

    /** How many there are each day, 20 by default; to be set before anything is read. */
    public Activities perDay(int activities) {
        perDay = within(activities, 1, MOST_PER_DAY, "activities a day");
        return this;
    }

    /** How long each record is in bytes, with its line end in an export; 700 by default. */
    public Activities recordBytes(int bytes) {
        recordBytes = within(bytes, SHORTEST, 1_000_000, "bytes of a record");
        return this;
    }

    /** Makes one disappear from the paged API; exports keep it. */
    public Activities delete(String uid) {
        deleted.add(uid);
        return this;
    }

    int perDay() {
        return perDay;
    }

    int recordBytes() {
        return recordBytes;
    }

    private static int within(int value, int least, int most, String what) {
        if (value < least || value > most) {
            throw new IllegalArgumentException("there are " + least + " to " + most + " " + what + ", not " + value);
        }
        return value;
    }

    /** Those that took place in these days and are known by now, in the order in which they took place. */
    Stream<Activity> known(LocalDate first, LocalDate last) {
        LocalDate from = first.isBefore(FIRST_DAY) ? FIRST_DAY : first;
        LocalDate to = last.isAfter(clock.today()) ? clock.today() : last;
        Instant now = clock.now();
        int each = perDay;
        return from.isAfter(to) ? Stream.empty() : from.datesUntil(to.plusDays(1))
                .flatMap(day -> IntStream.range(0, each).mapToObj(number -> new Activity(day, number, each)))
                .filter(activity -> !activity.ingested().isAfter(now)
                        && (deleted.isEmpty() || !deleted.contains(activity.uid())));
    }
}
