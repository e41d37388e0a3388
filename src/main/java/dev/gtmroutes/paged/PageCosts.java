// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.paged;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a page costs of the rate limit, by its place among the pages: {@code 1-100:1,101-150:3,151-:30}, or one number for
 * all. A page in none of the ranges costs one point.
 */
record PageCosts(List<Range> ranges) {

    private static final Pattern RANGE = Pattern.compile("([1-9]\\d{0,8})(-)?([1-9]\\d{0,8})?:([1-9]\\d{0,5})");

    /** From and to are inclusive. */
    record Range(long from, long to, int points) {
    }

    /** @throws IllegalArgumentException if it is something else; the message is one sentence */
    static PageCosts parse(String text) {
        String stripped = text.strip();
        if (stripped.matches("[1-9]\\d{0,5}")) {
            return new PageCosts(List.of(new Range(1, Long.MAX_VALUE, Integer.parseInt(stripped))));
        }
        List<Range> ranges = new ArrayList<>();
        for (String each : stripped.split(",", -1)) {
            Matcher range = RANGE.matcher(each.strip());
            if (!range.matches() || range.group(2) == null && range.group(3) != null) {
                throw wrong(text);
            }
            long from = Long.parseLong(range.group(1));
            long to = range.group(3) != null ? Long.parseLong(range.group(3))
                    : range.group(2) == null ? from : Long.MAX_VALUE;
            long behind = ranges.isEmpty() ? 0 : ranges.get(ranges.size() - 1).to;
            if (to < from || from <= behind) {
                throw wrong(text);
            }
            ranges.add(new Range(from, to, Integer.parseInt(range.group(4))));
        }
        return new PageCosts(List.copyOf(ranges));
    }

    private static IllegalArgumentException wrong(String text) {
        return new IllegalArgumentException("costs is '" + text + "'. Enter points by ascending page numbers, such as "
                + "1-100:1,101-150:3,151-:8");
    }

    /** @param page from 1 */
    int of(long page) {
        return ranges.stream().filter(each -> page >= each.from && page <= each.to).findFirst().map(Range::points).orElse(1);
    }
}
