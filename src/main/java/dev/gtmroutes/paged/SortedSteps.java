// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.paged;

import java.time.Instant;

/**
 * What comes after a page that is behind the sink, where records come in the order of their changes. The first page is
 * asked for, always, of the records since the last one that came: no deleted record can move others out of sight, and no
 * page costs more than the first. Only where a full page holds a single time, the next page of that time follows.
 */
record SortedSteps(ReadOrder order) {

    /** @param news whether the page had something new */
    ReadProgress after(ReadProgress at, ReadProgress.Page page, boolean news, Instant now) {
        ReadProgress.Sweep sweep = at.sweep().with(news);
        ReadProgress.Place place = at.place();
        Instant newest = page.newest() == null ? null : order.changes().precision().floor(page.newest());
        boolean moves = newest != null && (at.since() == null || newest.isAfter(at.since()));
        boolean more = hasMore(place, page);
        boolean leaves = moves || !more;
        if (!leaves) {
            return at.on(new ReadProgress.Place(place.offset() + page.records(), place.start() + page.records(),
                    place.number() + 1, page.total(), page.next()), page, sweep, now);
        }
        if (place.number() > 0 && sweep.news() > 0 && sweep.number() < ListSteps.MOST_SWEEPS) {
            // A record of this time that changed meanwhile has left it, and others moved up.
            return at.anew(at.since(), place.offset(), sweep.again(), now);
        }
        Instant since = moves ? newest : at.since();
        ReadProgress.Sweep next = new ReadProgress.Sweep(1, 0, sweep.restarts(), at.sweep().restless()
                || place.number() > 0 && sweep.news() > 0);
        if (more) {
            return at.anew(since, place.offset() + page.records(), next, now);
        }
        // What did not settle is asked for again. A time that is still to come says nothing of what changes until then.
        Instant known = next.restless() || since == null ? at.watermark()
                : latest(earliest(since, order.changes().precision().floor(at.known())), at.watermark());
        return at.over(known, next, now);
    }

    private static Instant earliest(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private static Instant latest(Instant one, Instant other) {
        return one == null || other != null && other.isAfter(one) ? other : one;
    }

    /** What the API says; where it says nothing, a page with a record is not the last one. */
    private static boolean hasMore(ReadProgress.Place place, ReadProgress.Page page) {
        if (page.records() == 0) {
            return false;
        }
        return page.next() != null || (page.total() < 0 ? !page.ends() : place.start() + page.records() < page.total());
    }
}
