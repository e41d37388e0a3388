// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.retention;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.gtmroutes.parameter.Durations;

/**
 * How long files are kept, and how much of them.
 *
 * @param age   older ones are removed; null for no limit
 * @param bytes of all of them together; the oldest are removed first. {@code Long.MAX_VALUE} for no limit
 */
public record Keep(Duration age, long bytes) {

    /** Nothing is removed. */
    public static final Keep FOREVER = new Keep(null, Long.MAX_VALUE);

    private static final String FOR_EVER = "forever";
    private static final Pattern SIZE = Pattern.compile("(\\d{1,9})([KMGT])B?");

    /**
     * @param  text a duration, a size, or both: {@code 7d}, {@code 2G}, {@code 7d,2G}; {@code forever} or blank for no limit
     * @throws IllegalArgumentException if it is none of these; the message is one sentence
     */
    public static Keep parse(String text) {
        Keep keep = FOREVER;
        for (String part : text.isBlank() || text.strip().equalsIgnoreCase(FOR_EVER) ? new String[0] : text.split(",", -1)) {
            Matcher size = SIZE.matcher(part.strip().toUpperCase(Locale.ROOT));
            if (size.matches() && keep.bytes == Long.MAX_VALUE) {
                keep = new Keep(keep.age, Long.parseLong(size.group(1)) << 10 * (1 + "KMGT".indexOf(size.group(2))));
            } else if (Durations.isDuration(part) && keep.age == null) {
                keep = new Keep(Durations.parse(part), keep.bytes);
            } else {
                throw new IllegalArgumentException("'" + text + "' does not say how long to keep files. Enter a duration, a "
                        + "size or both, such as 7d, 2G or 7d,2G, or forever.");
            }
        }
        return keep;
    }
}
