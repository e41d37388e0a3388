// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.paged;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Set;

/**
 * What a paged read is to read.
 *
 * @param path  below the base URL
 * @param start the first day
 * @param end   the last day; null for no last one
 */
record ReadOrder(String path, LocalDate start, LocalDate end) {

    /** The longest page that the API gives. */
    static final int MOST_RECORDS = 100_000;

    private static final String ACTIVITIES = "/activities";
    private static final Set<String> RECORDS = Set.of("all", "email", "meeting", "call", "participants");

    /** @throws IllegalArgumentException if these make no sense; the message is one sentence */
    static ReadOrder of(String records, String startDate, String endDate) {
        if (!RECORDS.contains(records)) {
            throw new IllegalArgumentException("'" + records + "' is not a type of activity. Enter all, email, meeting or "
                    + "call");
        }
        LocalDate start = day("startDate", startDate);
        LocalDate end = endDate.isBlank() ? null : day("endDate", endDate);
        if (end != null && end.isBefore(start)) {
            throw new IllegalArgumentException("endDate " + end + " is before startDate " + start);
        }
        return new ReadOrder(records.equals("all") ? ACTIVITIES : ACTIVITIES + "/" + records, start, end);
    }

    private static LocalDate day(String parameter, String text) {
        try {
            return LocalDate.parse(text.strip());
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(parameter + " '" + text + "' is not a day. Enter a day such as 2025-01-31");
        }
    }

    /**
     * The URL of a page. The range is always in it: without one, the API gives the last 30 days and does not say so.
     *
     * @param ingestedFrom only what People.ai got to know since this day; null for all
     */
    String url(long offset, int pageSize, LocalDate ingestedFrom) {
        return path + "?limit=" + pageSize + "&offset=" + offset + "&from=" + start + (end == null ? "" : "&to=" + end)
                + (ingestedFrom == null ? "" : "&ingested-from=" + ingestedFrom);
    }

    /** What the chunks are called. */
    String name() {
        return path.equals(ACTIVITIES + "/participants") ? "people-ai-activity-participants"
                : "people-ai" + path.replace('/', '-');
    }

    @Override
    public String toString() {
        return path + " " + start + ".." + (end == null ? "" : end);
    }
}
