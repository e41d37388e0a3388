// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.paged;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;

import dev.gtmroutes.paged.page.PageForm;
import dev.gtmroutes.paged.page.Precision;

/**
 * What a paged read is to read, and how.
 *
 * @param text    for a person, and on the disk: with another one the read begins anew
 * @param name    what the chunks are called
 * @param api     who answers, for a person
 * @param path    below the base URL, without a query
 * @param query   that is part of each request, percent-encoded
 * @param paging  how its pages are asked for
 * @param form    where things stand in a page
 * @param changes how it is asked for what has changed
 * @param costs   of its pages
 * @param records whose they are: with another text, none of them is known any more
 */
record ReadOrder(String text, String name, String api, String path, String query, Paging paging, PageForm form,
        Changes changes, PageCosts costs, String records) {

    /** The longest page that an API is asked for. */
    static final int MOST_RECORDS = 100_000;

    private static final String ACTIVITIES = "/activities";
    private static final Set<String> RECORDS = Set.of("all", "email", "meeting", "call", "participants");

    /**
     * Activities of People.ai. The range is always in the request: without one, the API gives the last 30 days and does not
     * say so.
     *
     * @throws IllegalArgumentException if these make no sense; the message is one sentence
     */
    static ReadOrder activities(String records, String startDate, String endDate, int overlapDays) {
        if (!RECORDS.contains(records)) {
            throw new IllegalArgumentException("'" + records + "' is not a type of activity. Enter all, email, meeting or "
                    + "call");
        }
        LocalDate start = day("startDate", startDate);
        LocalDate end = endDate.isBlank() ? null : day("endDate", endDate);
        if (end != null && end.isBefore(start)) {
            throw new IllegalArgumentException("endDate " + end + " is before startDate " + start);
        }
        String path = records.equals("all") ? ACTIVITIES : ACTIVITIES + "/" + records;
        String text = path + " " + start + ".." + (end == null ? "" : end);
        return new ReadOrder(text,
                records.equals("participants") ? "people-ai-activity-participants" : "people-ai" + path.replace('/', '-'),
                "People.ai", path, "from=" + start + (end == null ? "" : "&to=" + end), Paging.OF_ACTIVITIES,
                PageForm.OF_ACTIVITIES,
                new Changes("ingested-from", "", false, Precision.DAYS, Duration.ofDays(overlapDays)), PageCosts.parse("1"),
                text);
    }

    private static LocalDate day(String parameter, String text) {
        try {
            return LocalDate.parse(text.strip());
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(parameter + " '" + text + "' is not a day. Enter a day such as 2025-01-31");
        }
    }

    /** What identifies its records. */
    List<String> key() {
        return form.key().isEmpty() ? List.of() : List.of(form.keyText());
    }

    /** @throws IOException if the last page says that this one is elsewhere */
    String url(ReadProgress at, int pageSize) throws IOException {
        String next = at.place().next();
        boolean follows = paging.style() == Paging.Style.LINK || paging.style() == Paging.Style.AUTO;
        return follows && next != null ? follow(next, at, pageSize) : own(at, pageSize, true).at(path);
    }

    private ListQuery own(ReadProgress at, int pageSize, boolean withPlace) {
        ListQuery own = new ListQuery();
        if (paging.style() != Paging.Style.NONE) {
            own.add(paging.sizeParameter(), pageSize);
        }
        if (withPlace) {
            switch (paging.style()) {
                case OFFSET, AUTO -> own.add(paging.parameter(), at.place().start());
                case PAGE -> own.add(paging.parameter(), paging.first() + at.place().number());
                case CURSOR, ID -> own.add(at.place().next() == null ? "" : paging.parameter(), "" + at.place().next());
                default -> {
                }
            }
        }
        own.addAll(query);
        if (at.since() != null) {
            own.add(changes.since(), changes.precision().text(at.since()));
        }
        return own.add(changes.until(), changes.until().isBlank() ? "" : changes.precision().text(at.begun()));
    }

    /**
     * The URL of a page, by what the page before says of it. It never leaves the API, nor what was asked for: of a link,
     * only the parameters count, and those that it lacks are added.
     *
     * @param  next        a URL or a path with a query; a cursor, where this may be one
     * @throws IOException if it leads elsewhere
     */
    String follow(String next, ReadProgress at, int pageSize) throws IOException {
        ListQuery query = new ListQuery();
        if (next.startsWith("/") || next.startsWith("?") || next.matches("(?i)https?://.*")
                || paging.style() == Paging.Style.LINK) {
            String target = next.replaceFirst("#.*", "");
            int begin = target.indexOf('?');
            if (begin < 0 || begin > 0 && !target.substring(0, begin).endsWith(path)
                    || !ListQuery.ENCODED.matcher(target.substring(begin + 1)).matches()) {
                throw new IOException("the link to the next page cannot be followed, because it does not lead to " + path);
            }
            query.addAll(target.substring(begin + 1));
        } else {
            query.add("cursor", next);
        }
        return query.complete(own(at, pageSize, false)).at(path);
    }

    /** Whether what a page says of the next one leads somewhere. @throws IOException if it leads elsewhere */
    void check(String next, ReadProgress at, int pageSize) throws IOException {
        if (next != null && (paging.style() == Paging.Style.LINK || paging.style() == Paging.Style.AUTO)) {
            follow(next, at, pageSize);
        }
    }

    /** Whether a header may say where the next page is. */
    boolean looksAtHeader() {
        Paging.Style style = paging.style();
        return form.next().isEmpty() && (style.isNumbered() || style == Paging.Style.LINK);
    }

    /** What comes after a page that is behind the sink. @param news whether it had something new */
    ReadProgress after(ReadProgress at, ReadProgress.Page page, boolean news, Instant now) {
        return changes.sorted() ? new SortedSteps(this).after(at, page, news, now)
                : new ListSteps(this).after(at, page, news, now);
    }

    /** By what a rate budget learns what the request for a page costs, with what it is expected to cost. */
    String template(ReadProgress at) {
        int points = costs.of(at.place().number() + 1);
        return name + "-source" + (points == 1 ? "" : "#" + points);
    }

    @Override
    public String toString() {
        return text;
    }
}
