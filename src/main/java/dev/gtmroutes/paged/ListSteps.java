// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.paged;

import java.time.Instant;

/** What comes after a page that is behind the sink, where a list is read from its first page to its last one. */
record ListSteps(ReadOrder order) {

    /** Once for all records, and again until nothing is new; then a person has to know. */
    static final int MOST_SWEEPS = 4;

    /** @param news whether the page had something new */
    ReadProgress after(ReadProgress at, ReadProgress.Page page, boolean news, Instant now) {
        ReadProgress.Sweep sweep = at.sweep().with(news);
        Paging.Style style = order.paging().style();
        if (style.isNumbered()) {
            return numbered(at, page, sweep, now);
        }
        String next = style == Paging.Style.ID ? page.lastId() : page.next();
        // An empty page that leads to itself is the end, too.
        boolean last = style == Paging.Style.NONE || next == null
                || page.records() == 0 && next.equals(at.place().next()) || page.ends() && style != Paging.Style.ID
                || style == Paging.Style.ID && page.records() == 0;
        ReadProgress.Place place = at.place();
        return last ? over(at, sweep, now)
                : at.on(new ReadProgress.Place(place.offset() + page.records(), place.start() + page.records(),
                        place.number() + 1, page.total(), next), page, sweep, now);
    }

    /**
     * Where the total is less than before, records were deleted, and those behind them moved up: as many may have moved past
     * the beginning of this page unread, so the next page begins that much before it.
     */
    private ReadProgress numbered(ReadProgress at, ReadProgress.Page page, ReadProgress.Sweep sweep, Instant now) {
        ReadProgress.Place place = at.place();
        boolean byNumber = order.paging().style() == Paging.Style.PAGE;
        // Where pages are links, they are where they were.
        boolean linked = order.paging().style() == Paging.Style.AUTO && (place.next() != null || page.next() != null);
        long shrunk = linked || place.total() < 0 || page.total() < 0 ? 0 : Math.max(0, place.total() - page.total());
        long wide = Math.max(1, Math.max(at.trail().widest(), page.records()));
        long number = place.number() + 1;
        if (shrunk > 0) {
            number = byNumber ? Math.max(0, place.number() - (shrunk + wide - 1) / wide) : number;
        }
        long start = shrunk > 0 ? Math.max(0, byNumber ? number * wide : place.start() - shrunk)
                : (byNumber ? place.number() * wide : place.start()) + page.records();
        if (shrunk == 0 && isLast(place, page, start)) {
            boolean hides = !linked && page.total() < 0 && place.number() > 0;
            return afterSweep(at, sweep, hides, !linked && at.trail().with(page, place).unsteady() && isAList(), now);
        }
        return at.on(
                new ReadProgress.Place(shrunk > 0 ? Math.max(0, place.offset() - shrunk) : place.offset() + page.records(),
                        shrunk == 0 && byNumber ? number * wide : start, number, page.total(),
                        page.next()),
                page, sweep, now);
    }

    /** An empty page says less about the end than a total that was reached, or not. */
    private static boolean isLast(ReadProgress.Place place, ReadProgress.Page page, long behind) {
        boolean all = page.ends() && page.records() == 0 || (page.total() >= 0 ? behind >= page.total()
                : page.ends() || page.records() == 0 || place.next() != null);
        return all && (page.next() == null || page.records() == 0);
    }

    /** People.ai's activities grow all the time: a list of them never settles. */
    private boolean isAList() {
        return order.paging().style() != Paging.Style.AUTO;
    }

    /**
     * @param mayHide  whether a record that was deleted meanwhile may have moved another one out of sight
     * @param unsteady whether the total changed: added records may hide that others were deleted
     */
    private ReadProgress afterSweep(ReadProgress at, ReadProgress.Sweep sweep, boolean mayHide, boolean unsteady,
            Instant now) {
        boolean again = sweep.news() > 0 ? mayHide || unsteady : unsteady && sweep.number() == 1;
        if (again && sweep.number() < MOST_SWEEPS) {
            return at.anew(at.since(), 0, sweep.again(), now);
        }
        return over(at, new ReadProgress.Sweep(sweep.number(), sweep.news(), 0, again), now);
    }

    /** What a read did not find for certain, the next one asks for again. */
    private ReadProgress over(ReadProgress at, ReadProgress.Sweep sweep, Instant now) {
        Instant known = sweep.restless() ? at.watermark() : order.changes().precision().floor(at.known());
        return at.over(order.changes().areAskedFor() ? known : null, sweep, now);
    }
}
