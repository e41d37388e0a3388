// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.api;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** How long a destination asks to be left alone: the header Retry-After, RFC 9110 section 10.2.3. */
public final class RetryAfter {

    private static final Pattern SECONDS = Pattern.compile("\\d+(\\.\\d*)?");
    /** No date is so long, and no list that anybody means. */
    private static final int MOST_CHARS = 500;
    /** Nobody waits longer than this, so there is no need to count further. */
    private static final Duration FOREVER = Duration.ofDays(365);
    private static final int TWO_DIGIT_YEARS_FROM = 1970;

    /** RFC 850, which RFC 9110 calls obsolete and asks to accept: {@code Sunday, 06-Nov-94 08:49:37 GMT}. */
    private static final DateTimeFormatter RFC_850 = new DateTimeFormatterBuilder().parseCaseInsensitive()
            .appendPattern("EEEE, dd-MMM-").appendValueReduced(ChronoField.YEAR, 2, 2, TWO_DIGIT_YEARS_FROM)
            .appendPattern(" HH:mm:ss 'GMT'").toFormatter(Locale.ENGLISH);
    /** The form of C's asctime: {@code Sun Nov  6 08:49:37 1994}. */
    private static final DateTimeFormatter ASCTIME = new DateTimeFormatterBuilder().parseCaseInsensitive()
            .appendPattern("EEE MMM ppd HH:mm:ss yyyy").toFormatter(Locale.ENGLISH);

    private RetryAfter() {
    }

    /**
     * @param  values of all headers of that name, may be null
     * @return        the longest of them from now on, never negative; null if there is none; {@link #FOREVER} if there is
     *                one that cannot be read: something was asked, so the shortest delay would be wrong
     */
    public static Duration of(List<String> values) {
        Duration longest = null;
        for (String each : values == null ? List.<String>of() : values) {
            Duration wait = each == null ? null : of(each);
            longest = longest == null || wait != null && wait.compareTo(longest) > 0 ? wait : longest;
        }
        return longest;
    }

    /** @return the time from now; null for a blank value */
    static Duration of(String value) {
        String text = value.strip();
        if (text.isEmpty()) {
            return null;
        }
        if (text.length() > MOST_CHARS) {
            return FOREVER;
        }
        // A proxy may have joined several.
        String[] all = text.split(",");
        if (Arrays.stream(all).allMatch(each -> SECONDS.matcher(each.strip()).matches())) {
            double seconds = Arrays.stream(all).mapToDouble(Double::parseDouble).max().orElse(0);
            return seconds >= FOREVER.toSeconds() ? FOREVER : Duration.ofMillis(Math.round(seconds * 1000));
        }
        Instant then = date(text);
        if (then == null) {
            return FOREVER;
        }
        Duration wait = Duration.between(Instant.now(), then);
        return wait.isNegative() ? Duration.ZERO : wait;
    }

    private static Instant date(String text) {
        for (DateTimeFormatter each : List.of(RFC_850, ASCTIME)) {
            try {
                return LocalDateTime.parse(text, each).toInstant(ZoneOffset.UTC);
            } catch (DateTimeException e) {
                // Perhaps another form.
            }
        }
        try {
            return ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }
}
