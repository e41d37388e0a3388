// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.record.mapping.value;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A time as ISO 8601 in UTC, such as {@code 2026-04-03T12:30:00Z}, or as seconds since 1970. It is read from seconds or
 * milliseconds since 1970, from ISO 8601, from a date as mails have it, or from a form that a pattern describes. A local
 * time needs a time zone: to guess one would make times wrong without a word.
 *
 * @param word     as it was written
 * @param pattern  null for the common forms
 * @param zone     of times that do not say theirs; null for none
 * @param epoch    whether to make seconds since 1970 of it
 */
public record DateTimeType(String word, DateTimePattern pattern, ZoneId zone, boolean epoch) implements ValueType {

    /** As seconds, from 1973 to 2286; as milliseconds, from 2001 to 2286. Dates such as 20260403 have other lengths. */
    private static final Pattern SECONDS = Pattern.compile("\\d{9,10}(\\.\\d{1,9})?");
    private static final Pattern MILLIS = Pattern.compile("\\d{13}");
    private static final Pattern ISO = Pattern.compile("(\\d{4})([-/])(\\d{2})\\2(\\d{2})"
            + "(?:[Tt ](\\d{2}):(\\d{2})(?::(\\d{2})(?:[.,](\\d{1,9}))?)?\\s?([Zz]|UTC|GMT|[+-]\\d{2}(?::?\\d{2})?)?)?");
    private static final int OFFSET = 9;
    private static final Pattern TWO_DIGITS = Pattern.compile("dd|\\bMM\\b|HH|hh");

    @Override
    public String problem() {
        if (pattern != null) {
            return "is not a time in the form of " + word + (TWO_DIGITS.matcher(word).find()
                    ? ". dd, MM and HH stand for two digits; d, M and H also take one" : "");
        }
        String kind = epoch ? "epoch" : "datetime";
        return zone == null ? "is a time without a time zone, or in a form that requires a pattern. Write the zone, such as "
                + kind + " Europe/Berlin, or both, such as " + kind + " dd.MM.yyyy HH:mm Europe/Berlin"
                : "is not a time in a form that is read without a pattern. Write one, such as " + kind
                        + " dd.MM.yyyy HH:mm " + zone;
    }

    @Override
    public Span convert(Span value, Reading record) {
        if (!value.isText() && !value.isNumber()) {
            return null;
        }
        String text = value.text().strip();
        try {
            Instant time = pattern != null ? pattern.instant(text, zone) : instant(text);
            return time == null ? null
                    : Span.of(epoch ? String.valueOf(time.getEpochSecond()) : '"' + time.toString() + '"');
        } catch (DateTimeException | ArithmeticException e) {
            return null;
        }
    }

    private Instant instant(String text) {
        Matcher iso = ISO.matcher(text);
        if (iso.matches()) {
            return iso(iso);
        }
        if (MILLIS.matcher(text).matches()) {
            return Instant.ofEpochMilli(Long.parseLong(text));
        }
        if (SECONDS.matcher(text).matches()) {
            BigDecimal nanos = new BigDecimal(text).movePointRight(9);
            return Instant.ofEpochSecond(0, nanos.longValueExact());
        }
        try {
            return Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text));
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    private Instant iso(Matcher parts) {
        LocalDateTime local = LocalDateTime.of(number(parts, 1), number(parts, 3), number(parts, 4), number(parts, 5),
                number(parts, 6), number(parts, 7), nanos(parts.group(8)));
        String offset = parts.group(OFFSET);
        if (offset == null) {
            return at(local, zone);
        }
        return local.toInstant(Character.isLetter(offset.charAt(0)) ? ZoneOffset.UTC : ZoneOffset.of(offset));
    }

    private static int number(Matcher parts, int group) {
        return parts.group(group) == null ? 0 : Integer.parseInt(parts.group(group));
    }

    private static int nanos(String fraction) {
        return fraction == null ? 0 : Integer.parseInt((fraction + "00000000").substring(0, 9));
    }

    /**
     * @return the first of the two instants where clocks are turned back; null where they are turned forward over it, or
     *         without a zone
     */
    public static Instant at(LocalDateTime local, ZoneId zone) {
        return zone == null || zone.getRules().getValidOffsets(local).isEmpty() ? null : local.atZone(zone).toInstant();
    }
}
