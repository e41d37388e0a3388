// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.sandbox.lists;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;

/** Times as microseconds since 1970, and as the texts in which vendors send and take them. */
final class Micros {

    static final long PER_SECOND = 1_000_000;

    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
    private static final DateTimeFormatter WITH_OFFSET = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSxxx");
    private static final DateTimeFormatter IN_UTC = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'");
    private static final DateTimeFormatter WITHOUT_ZONE = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

    private Micros() {
    }

    static long of(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }

    private static OffsetDateTime utc(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
    }

    /** With six decimals; one in three in UTC, the others with New York's offset at that time: -04:00 or -05:00. */
    static String mixed(long micros, long number) {
        return number % 3 == 0 ? utc(micros).format(IN_UTC)
                : utc(micros).atZoneSameInstant(NEW_YORK).format(WITH_OFFSET);
    }

    /** Without a zone, as one of the vendors sends it. */
    static String plain(long micros) {
        return utc(micros).format(WITHOUT_ZONE);
    }

    static String day(long micros) {
        return utc(micros).toLocalDate().toString();
    }

    /**
     * The time that a text says: a date, or a date and time with its offset. More than six decimals are cut off.
     *
     * @throws DateTimeException if it says none
     */
    static long parse(String text) {
        return of(text.length() == 10 ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                : OffsetDateTime.parse(text).toInstant());
    }
}
