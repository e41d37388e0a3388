// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.inbox.arrival;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Names of finished files, {@code intake-20260131T235959123Z-000000.ndjson}: sorted by name they are in the order in
 * which they were given out, also within one millisecond and when the clock is set back.
 */
final class ArrivalNames {

    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmssSSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final Pattern NAME = Pattern.compile("intake-(\\d{8}T\\d{9}Z)-(\\d{6})\\..+");
    private static final int PER_MILLISECOND = 1_000_000;

    private final LongSupplier clock;
    private long millis = Long.MIN_VALUE;
    private int sequence;

    /**
     * @param clock milliseconds since 1970
     * @param taken names that are there already; every name given out is greater than these
     */
    ArrivalNames(LongSupplier clock, Stream<String> taken) {
        this.clock = clock;
        taken.map(NAME::matcher).filter(Matcher::matches).forEach(this::startAfter);
    }

    /** Whether this can be a name that was given out. */
    static boolean isOne(String name) {
        return NAME.matcher(name).matches();
    }

    synchronized String next(BodyFormat format) {
        long now = clock.getAsLong();
        if (now > millis) {
            millis = now;
            sequence = 0;
        } else if (++sequence == PER_MILLISECOND) {
            millis++;
            sequence = 0;
        }
        return String.format(Locale.ROOT, "intake-%s-%06d%s", STAMP.format(Instant.ofEpochMilli(millis)), sequence,
                format.extension());
    }

    private void startAfter(Matcher name) {
        try {
            long at = STAMP.parse(name.group(1), Instant::from).toEpochMilli();
            int order = Integer.parseInt(name.group(2));
            if (at > millis || at == millis && order > sequence) {
                millis = at;
                sequence = order;
            }
        } catch (DateTimeParseException e) {
            // Somebody else's file that only looks like one of ours: its name binds nobody.
        }
    }
}
