// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.credential;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.gtmroutes.parameter.Durations;

/**
 * How much a vendor lets a credential do.
 *
 * @param points the most points in any window; a request costs one, unless the vendor says otherwise
 * @param window how long a window is
 */
public record RateLimit(int points, Duration window) {

    private static final Pattern FORM = Pattern.compile("([1-9]\\d{0,8})\\s*/\\s*(\\d+(?:ms|s|m|h))");

    /**
     * @param  text points and a time, such as {@code 600/1m} or {@code 5/1s}; none or blank for no limit
     * @return      the limit, null for none
     * @throws IllegalArgumentException if it is something else
     */
    public static RateLimit parse(String text) {
        if (text.isBlank() || text.strip().equals("none")) {
            return null;
        }
        Matcher parts = FORM.matcher(text.strip());
        if (!parts.matches() || Durations.parse(parts.group(2)).toMillis() == 0) {
            throw new IllegalArgumentException("'" + text + "' is not a rate limit. Enter a number and a time such as "
                    + "600/1m or 5/1s, or none");
        }
        return new RateLimit(Integer.parseInt(parts.group(1)),
                Durations.parse(parts.group(2)));
    }

    /**
     * The part of one of so many programs: together they stay within the limit. What does not come out even is left; with
     * fewer points than programs, a share is one point in a longer time.
     */
    RateLimit share(int programs) {
        if (points >= programs) {
            return new RateLimit(points / programs, window);
        }
        int windows = (programs + points - 1) / points;
        return new RateLimit(1, window.multipliedBy(windows));
    }
}
