// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.record.mapping.value;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

import dev.gtmroutes.parameter.DidYouMean;

/** A form of dates and times, such as {@code dd.MM.yyyy HH:mm}, in the letters that Java has for it. */
public final class DateTimePattern {

    private static final String EXAMPLE = "Write a pattern such as dd.MM.yyyy HH:mm";
    /** Letters that patterns do not have, but names of places do. */
    private static final Pattern PLACE = Pattern.compile("[A-Za-z_+-]*[bfgijlort][A-Za-z_+-]*(/[A-Za-z_+-]+)*");
    /** Names of times that are in use in several places, or that say whether it is summer. */
    private static final Map<String, String> SHORT_NAMES = Map.ofEntries(Map.entry("EST", "America/New_York"),
            Map.entry("EDT", "America/New_York"), Map.entry("ET", "America/New_York"), Map.entry("CST", "America/Chicago"),
            Map.entry("CDT", "America/Chicago"), Map.entry("MST", "America/Denver"), Map.entry("MDT", "America/Denver"),
            Map.entry("PST", "America/Los_Angeles"), Map.entry("PDT", "America/Los_Angeles"),
            Map.entry("BST", "Europe/London"), Map.entry("CEST", "Europe/Berlin"), Map.entry("IST", "Asia/Kolkata"),
            Map.entry("JST", "Asia/Tokyo"), Map.entry("AEST", "Australia/Sydney"));
    private static final Pattern OFFSET = Pattern.compile("[+-]\\d{2}:\\d{2}");
    /** No two of its parts are the same number. */
    private static final ZonedDateTime SAMPLE = ZonedDateTime.of(2026, 11, 23, 17, 35, 46, 0, ZoneOffset.UTC);

    private final DateTimeFormatter formatter;
    private final boolean hasZone;

    private DateTimePattern(DateTimeFormatter formatter, boolean hasZone) {
        this.formatter = formatter;
        this.hasZone = hasZone;
    }

    /**
     * @param  word     datetime or epoch
     * @param  argument a pattern, a time zone, or both with a blank between them
     * @throws IllegalArgumentException if it is none of these; the message says what to write
     */
    public static DateTimeType type(String word, String argument) {
        String given = argument.strip();
        int blank = given.lastIndexOf(' ');
        String last = given.substring(blank + 1);
        ZoneId zone = zone(last);
        String pattern = (zone == null ? given : given.substring(0, Math.max(0, blank))).strip();
        DateTimePattern made = pattern.isEmpty() ? null : of(pattern);
        if (made != null && zone == null && !made.hasZone) {
            throw new IllegalArgumentException("times in the form '" + pattern + "' have no time zone. Write it behind the "
                    + "pattern, such as " + word + " " + pattern + " Europe/Berlin");
        }
        return new DateTimeType((word + " " + given).strip(), made, zone, word.equals("epoch"));
    }

    /** @return null if it is a part of a pattern */
    private static ZoneId zone(String text) {
        if (SHORT_NAMES.containsKey(text)) {
            throw new IllegalArgumentException("'" + text + "' is not a time zone: places with this time differ in summer, "
                    + "or share the name. Write the zone of a place, such as " + SHORT_NAMES.get(text));
        }
        Set<String> known = ZoneId.getAvailableZoneIds();
        if (known.contains(text) || text.equals("Z") || OFFSET.matcher(text).matches()) {
            return ZoneId.of(text);
        }
        if (PLACE.matcher(text).matches()) {
            throw new IllegalArgumentException("'" + text + "' is not a time zone"
                    + DidYouMean.suggestion(text, known, ". Write one such as Europe/Berlin, America/New_York or UTC"));
        }
        return null;
    }

    private static DateTimePattern of(String pattern) {
        String letters = pattern.replaceAll("'[^']*'", "");
        require(!letters.contains("Y"), pattern, "YYYY is the year of a week. Write yyyy");
        require(!letters.contains("D"), pattern, "DD is the day of the year. Write dd");
        require(letters.matches("(?s).*[yu].*") && letters.matches("(?s).*[ML].*") && letters.contains("d"), pattern,
                "it requires yyyy, MM and dd");
        require(!letters.matches("(?s).*[hK].*") || letters.contains("a"), pattern,
                "hh requires a for AM or PM. Write HH for hours from 0 to 23");
        require(!letters.matches("(?s).*[HhKk].*") || letters.contains("m"), pattern, "minutes are mm");
        DateTimePattern made;
        try {
            made = new DateTimePattern(new DateTimeFormatterBuilder().parseCaseInsensitive().appendPattern(strict(pattern))
                    .toFormatter(Locale.ENGLISH).withResolverStyle(ResolverStyle.STRICT),
                    letters.matches("(?s).*[VvzOXxZ].*"));
            boolean hasTime = letters.matches("(?s).*[HhKk].*");
            Instant expected = SAMPLE.truncatedTo(!hasTime ? ChronoUnit.DAYS
                    : letters.contains("s") ? ChronoUnit.SECONDS : ChronoUnit.MINUTES).toInstant();
            require(expected.equals(made.instant(made.formatter.format(SAMPLE), ZoneOffset.UTC)), pattern,
                    "it does not say which date and time are meant. " + EXAMPLE);
        } catch (DateTimeException | IllegalArgumentException e) {
            if (e.getMessage().startsWith("the pattern '")) {
                throw e;
            }
            throw new IllegalArgumentException("the pattern '" + pattern + "' cannot be used: " + EXAMPLE);
        }
        return made;
    }

    private static void require(boolean is, String pattern, String what) {
        if (!is) {
            throw new IllegalArgumentException("the pattern '" + pattern + "' cannot be used: " + what);
        }
    }

    /** Days that a month does not have are refused only where the year needs no era. */
    private static String strict(String pattern) {
        StringBuilder strict = new StringBuilder();
        boolean quoted = false;
        for (char each : pattern.toCharArray()) {
            quoted ^= each == '\'';
            strict.append(each == 'y' && !quoted ? 'u' : each);
        }
        return strict.toString();
    }

    /**
     * @param  zone of texts that do not say theirs; null for none
     * @return null if there is no such time, or no zone
     * @throws DateTimeException if the text is not of this form
     */
    public Instant instant(String text, ZoneId zone) {
        TemporalAccessor parsed = formatter.parse(text);
        LocalDate date = parsed.query(TemporalQueries.localDate());
        LocalTime time = parsed.query(TemporalQueries.localTime());
        if (date == null) {
            return null;
        }
        LocalDateTime local = date.atTime(Objects.requireNonNullElse(time, LocalTime.MIDNIGHT));
        ZoneId own = parsed.query(TemporalQueries.zone());
        return DateTimeType.at(local, own == null ? zone : own);
    }
}
