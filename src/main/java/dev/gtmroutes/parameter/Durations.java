// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.parameter;

import java.math.BigInteger;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations as people write them: {@code 500ms}, {@code 30s}, {@code 15m}, {@code 24h}, {@code 7d}, several of these from
 * large to small ({@code 1h30m}), or ISO 8601 ({@code PT1H}). A number without a unit is none.
 */
public final class Durations {

    /** What is said about a text that is none. */
    public static final String EXAMPLE = "Enter a duration such as 30s, 15m, 24h or 7d.";

    private static final Pattern UNITS = Pattern.compile("(?:(\\d+)d)?(?:(\\d+)h)?(?:(\\d+)m)?(?:(\\d+)s)?(?:(\\d+)ms)?");
    private static final long[] MILLIS = {86_400_000, 3_600_000, 60_000, 1000, 1};
    /** Longer ones cannot be added to a date. */
    private static final BigInteger MOST_MILLIS = BigInteger.valueOf(Duration.ofDays(36_525).toMillis());

    private Durations() {
    }

    /** @throws IllegalArgumentException if it is no duration; the message is {@link #EXAMPLE} */
    public static Duration parse(String text) {
        return find(text).orElseThrow(() -> new IllegalArgumentException(EXAMPLE));
    }

    /** Whether {@link #parse} takes it. */
    public static boolean isDuration(String text) {
        return find(text).isPresent();
    }

    private static Optional<Duration> find(String text) {
        String stripped = text.strip();
        if (stripped.startsWith("P")) {
            return iso(stripped);
        }
        Matcher units = UNITS.matcher(stripped);
        if (stripped.isEmpty() || !units.matches()) {
            return Optional.empty();
        }
        BigInteger millis = BigInteger.ZERO;
        for (int i = 0; i < MILLIS.length; i++) {
            if (units.group(i + 1) != null) {
                millis = millis.add(new BigInteger(units.group(i + 1)).multiply(BigInteger.valueOf(MILLIS[i])));
            }
        }
        return Optional.of(millis).filter(each -> each.compareTo(MOST_MILLIS) <= 0).map(BigInteger::longValueExact)
                .map(Duration::ofMillis);
    }

    private static Optional<Duration> iso(String text) {
        try {
            return Optional.of(Duration.parse(text)).filter(each -> !each.isNegative()
                    && each.compareTo(Duration.ofMillis(MOST_MILLIS.longValueExact())) <= 0);
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
