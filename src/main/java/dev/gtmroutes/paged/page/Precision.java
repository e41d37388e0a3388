// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.paged.page;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;

/** How exactly an API is told a time. A time is always rounded down: what lies between is read again, rather than missed. */
public enum Precision {

    DAYS(ChronoUnit.DAYS, "uuuu-MM-dd"), SECONDS(ChronoUnit.SECONDS, "uuuu-MM-dd'T'HH:mm:ss'Z'"),
    MILLIS(ChronoUnit.MILLIS, "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'"), MICROS(ChronoUnit.MICROS, "uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'");

    /** What APIs write: with a T or a blank, up to nine digits of a second, and Z, +01:00, +0100 or no offset. */
    private static final DateTimeFormatter READ = new DateTimeFormatterBuilder().append(DateTimeFormatter.ISO_LOCAL_DATE)
            .appendPattern("['T']['t'][' ']").append(DateTimeFormatter.ISO_LOCAL_TIME).appendPattern("[' ']")
            .optionalStart().appendOffset("+HH:MM", "Z").optionalEnd().optionalStart().appendOffset("+HHMM", "z")
            .optionalEnd()
            .optionalStart().appendOffset("+HH", "UTC").optionalEnd().toFormatter(Locale.ROOT);
    private static final int DAY_CHARS = 10;

    private final ChronoUnit unit;
    private final DateTimeFormatter form;

    Precision(ChronoUnit unit, String pattern) {
        this.unit = unit;
        this.form = DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZoneOffset.UTC);
    }

    /** @throws IllegalArgumentException if there is none of this name; the message is one sentence */
    public static Precision of(String name) {
        for (Precision each : values()) {
            if (each.name().toLowerCase(Locale.ROOT).equals(name)) {
                return each;
            }
        }
        throw new IllegalArgumentException("precision is '" + name + "'. Enter days, seconds, millis or micros");
    }

    /** Rounds down. */
    public Instant floor(Instant time) {
        return time.truncatedTo(unit);
    }

    /** As an API gets it, in UTC. */
    public String text(Instant time) {
        return form.format(floor(time));
    }

    /** Whether a time says where on earth it is; a day does not have to. */
    static boolean hasOffset(String text) {
        return text.length() <= DAY_CHARS || text.chars().skip(DAY_CHARS).anyMatch(each -> "Zz+-U".indexOf(each) >= 0);
    }

    /** The time that a text of an API means; without an offset, UTC. Null if it is no time. */
    public static Instant time(String text) {
        try {
            if (text.length() == DAY_CHARS) {
                return LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
            }
            TemporalAccessor read = READ.parse(text);
            ZoneOffset offset = read.isSupported(ChronoField.OFFSET_SECONDS)
                    ? ZoneOffset.ofTotalSeconds(read.get(ChronoField.OFFSET_SECONDS)) : ZoneOffset.UTC;
            return LocalDateTime.from(read).toInstant(offset);
        } catch (DateTimeException e) {
            return null;
        }
    }
}
