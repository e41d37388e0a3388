// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.web;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A sentence with times in it, in parts, so that a page shows the times in the time zone of its reader. */
public final class TimedText {

    private static final Pattern TIME = Pattern
            .compile("\\b\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d(?::\\d\\d(?:\\.\\d{1,9})?)?Z");

    /**
     * A part of a text.
     *
     * @param text the part
     * @param time the time that it is; null if it is none
     */
    public record Part(String text, Instant time) {
    }

    private TimedText() {
    }

    /** @param text null for none */
    public static List<Part> of(String text) {
        List<Part> parts = new ArrayList<>();
        Matcher times = TIME.matcher(text == null ? "" : text);
        int done = 0;
        while (times.find()) {
            Instant time = time(times.group());
            if (time != null) {
                add(parts, text.substring(done, times.start()));
                parts.add(new Part(times.group(), time));
                done = times.end();
            }
        }
        add(parts, text == null ? "" : text.substring(done));
        return parts;
    }

    private static void add(List<Part> parts, String text) {
        if (!text.isEmpty()) {
            parts.add(new Part(text, null));
        }
    }

    /** @return null if it only looks like one */
    private static Instant time(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            return null;
        }
    }
}
