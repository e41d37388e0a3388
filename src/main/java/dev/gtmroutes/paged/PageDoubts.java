// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.paged;

import java.io.IOException;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import dev.gtmroutes.paged.page.PageRecord;
import dev.gtmroutes.paged.page.Precision;
import dev.gtmroutes.paged.page.RecordPage;

/**
 * Whether a page of a read can be believed. One that is too short is asked for again, once. Not safe for use by many
 * threads.
 */
final class PageDoubts {

    /** What to do with a page. */
    enum Verdict {
        /** It can be handed on. */
        GOOD,
        /** It can be handed on, and it is the first one to show that the API gives fewer records than a page may have. */
        CAPPED,
        /** It has to be asked for again, at once. */
        ASK_AGAIN
    }

    /** A clock may be wrong, but not by more. */
    private static final Duration A_DAY = Duration.ofDays(1);
    /** Part of what is said of an empty page. */
    static final String EMPTY = "is empty, although";

    private final ReadOrder order;
    private long limit = Long.MAX_VALUE;
    /** Where a page was short; -1 for nowhere. */
    private long shortAt = -1;
    /** How the API counts pages, compared with us; null as long as no page said so. */
    private Long counted;

    PageDoubts(ReadOrder order) {
        this.order = order;
    }

    /**
     * Looks at the records of a page.
     *
     * @param  now                  a list cannot have changed after it
     * @throws ReadStoppedException if they are not those that were asked for, or in another order
     */
    void look(ReadProgress at, RecordPage page, Instant now) throws ReadStoppedException {
        if (order.paging().style() == Paging.Style.ID) {
            ascendingIds(at.place().next(), page.records());
        }
        if (order.changes().areAskedFor()) {
            changes(at, page.records(), now);
        }
        long number = page.about().page();
        if (order.paging().style() == Paging.Style.PAGE && number >= 0) {
            long asked = order.paging().first() + at.place().number();
            if (counted != null && number - asked != counted) {
                throw new ReadStoppedException(
                        "the API responded with page %d when it was asked for page %d".formatted(number, asked));
            }
            counted = number - asked;
        }
    }

    private void ascendingIds(String behind, List<PageRecord> records) throws ReadStoppedException {
        String last = behind;
        if (!records.isEmpty() && records.stream().allMatch(each -> each.key() == null)) {
            throw new ReadStoppedException("no record of the page has an attribute " + order.form().keyText()
                    + ", by which the next page is asked for");
        }
        for (PageRecord each : records) {
            if (each.key() != null) {
                if (last != null && !isGreater(each.key(), last)) {
                    throw new ReadStoppedException("the records are not in ascending order of %s: %s comes after %s"
                            .formatted(order.form().keyText(), each.key(), last));
                }
                last = each.key();
            }
        }
    }

    private static boolean isGreater(String id, String other) {
        return id.matches("\\d{1,40}") && other.matches("\\d{1,40}")
                ? new BigInteger(id).compareTo(new BigInteger(other)) > 0
                : id.compareTo(other) > 0;
    }

    private void changes(ReadProgress at, List<PageRecord> records, Instant now) throws ReadStoppedException {
        Instant last = null;
        Precision precision = order.changes().precision();
        for (PageRecord each : records) {
            Instant changed = each.changed() == null ? null : precision.floor(each.changed());
            if (changed != null && at.since() != null && changed.isBefore(at.since())) {
                throw new ReadStoppedException(
                        "the page contains a record that changed at %s, although it was asked for changes since %s: the API "
                                .formatted(changed, precision.text(at.since())) + "ignores " + order.changes().since());
            }
            if (order.changes().sorted() && changed != null) {
                if (last != null && changed.isBefore(last)) {
                    throw new ReadStoppedException("the records are not in ascending order of %s: %s comes after %s"
                            .formatted(order.form().changedText(), changed, last));
                }
                last = changed;
            }
        }
        if (last != null && last.isAfter(now.plus(A_DAY))) {
            throw new ReadStoppedException("a record changed at %s in %s, which is more than a day from now"
                    .formatted(last, order.form().changedText()));
        }
    }

    /**
     * Looks at a page that came.
     *
     * @param  pageSize             the most records that were asked for
     * @throws ReadStoppedException if it came before in this read
     * @throws IOException          if it is empty, for the second time, although records are left
     */
    Verdict of(ReadProgress at, ReadProgress.Page page, int pageSize) throws IOException {
        ReadProgress.Place place = at.place();
        if (isRepeated(at, page)) {
            throw new ReadStoppedException(
                    "the page at offset %d contains the same %d records as a page before it, so the API "
                            .formatted(place.start(), page.records()) + "does not page as it is asked to");
        }
        limit = page.size() > 0 ? Math.min(limit, page.size()) : limit;
        if (!isShort(place, page, Math.min(limit, pageSize))) {
            shortAt = -1;
            return Verdict.GOOD;
        }
        if (shortAt != place.start()) {
            shortAt = place.start();
            return Verdict.ASK_AGAIN;
        }
        if (page.records() == 0 && !page.ends()) {
            throw new IOException("the page at offset %d %s %s says that there are %d records"
                    .formatted(place.start(), EMPTY, order.api(), page.total()));
        }
        limit = page.records() == 0 ? limit : page.records();
        shortAt = -1;
        return Verdict.CAPPED;
    }

    /** Whether the page is one that came before in this read, although another one was asked for. */
    private boolean isRepeated(ReadProgress at, ReadProgress.Page page) {
        ReadProgress.Place place = at.place();
        boolean stays = order.paging().style() == Paging.Style.AUTO && page.records() == 0 && page.next() != null
                && page.next().equals(place.next());
        return stays || at.trail().isRepeated(page, place.start())
                && (place.total() < 0 || page.total() - place.total() < page.records());
    }

    /** Whether the page has fewer records than there must be at its place. @param most records of a page */
    private boolean isShort(ReadProgress.Place place, ReadProgress.Page page, long most) {
        boolean linked = place.next() != null || page.next() != null;
        long expected = linked && page.records() > 0 ? 0 : Math.min(most, page.total() - place.start());
        return order.paging().style() != Paging.Style.NONE && page.total() >= 0 && page.records() < expected;
    }
}
