// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.paged;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;

import dev.gtmroutes.paged.page.PageRecord;
import dev.gtmroutes.paged.page.RecordPage;

/**
 * How far the reads of a flow are. One read goes through all pages; the next one asks for what is new since.
 *
 * @param order     what is read, as text: with another one everything begins anew
 * @param begun     when the read under way began; null between two
 * @param place     where the next page begins
 * @param pages     how many pages of it are behind the sink
 * @param sweep     how often it went through the list
 * @param since     the read under way asks for what has changed since then; null for all, or between two
 * @param watermark what changed before is behind the sink; null as long as the first read goes on
 * @param asOf      the end of what the read under way knows at least, see {@link #answeredAt}; null before its first page
 * @param ended     when the last read ended; null if none did
 * @param trail     which pages of this sweep came
 * @param moved     when the last page was behind the sink, or the read began; null between two
 * @param page      the page at this place, whose records are on the disk because the sink has not accepted them yet; null if
 *                  there is none
 */
record ReadProgress(String order, Instant begun, Place place, long pages, Sweep sweep, Instant since, Instant watermark,
        Instant asOf, Instant ended, PageTrail trail, Instant moved, Page page) {

    /**
     * Where a page begins.
     *
     * @param offset how many records are behind the sink
     * @param start  how many records of the list, as it is asked for, come before
     * @param number how many of its pages come before
     * @param total  how many records all pages have, as the last one said; -1 as long as none did
     * @param next   what the last page says of this one; with ids, the last id. Null if it says nothing
     */
    record Place(long offset, long start, long number, long total, String next) {

        static final Place FIRST = new Place(0, 0, 0, -1, null);
    }

    /**
     * How a read goes through its list.
     *
     * @param number   from 1: once more where records may have moved past the page that was being read
     * @param news     how many pages of this sweep had something new
     * @param restarts how often the list had to be begun anew, without something new since
     * @param restless whether the list did not settle, so that a record may be missing
     */
    record Sweep(int number, long news, int restarts, boolean restless) {

        static final Sweep FIRST = new Sweep(1, 0, 0, false);

        Sweep again() {
            return new Sweep(number + 1, 0, restarts, restless);
        }

        Sweep with(boolean something) {
            return something ? new Sweep(number, news + 1, 0, restless) : this;
        }
    }

    /**
     * A page that came.
     *
     * @param records how many it has, the ones that the sink has seen before included
     * @param total   how many records all pages have; -1 if the page does not say so
     * @param next    what it says of the next page; null if it says nothing
     * @param ends    whether it says that there is no next page
     * @param size    the most records of a page, as the API says; 0 if it does not
     * @param newest  the last change of one of its records; null if nobody asks, or none says so
     * @param lastId  of its last record that has one, where ids lead on; otherwise null
     * @param print   what its records are recognised by, whatever their order
     */
    record Page(int records, long total, String next, boolean ends, int size, Instant newest, String lastId, String print) {

        static Page of(RecordPage page) {
            Instant newest = null;
            String lastId = null;
            for (PageRecord each : page.records()) {
                newest = each.changed() != null && (newest == null || each.changed().isAfter(newest)) ? each.changed()
                        : newest;
                lastId = each.key() != null ? each.key() : lastId;
            }
            RecordPage.About about = page.about();
            return new Page(page.records().size(), about.total(), about.next(), about.ends(),
                    (int) Math.min(about.size(), Integer.MAX_VALUE), newest, lastId, PageTrail.print(page.records()));
        }

        Page with(String nextPage) {
            return new Page(records, total, nextPage, false, size, newest, lastId, print);
        }
    }

    /** Nothing was read. */
    static ReadProgress none(ReadOrder order) {
        return idle(order.toString(), Sweep.FIRST, null, null);
    }

    private static ReadProgress idle(String order, Sweep sweep, Instant watermark, Instant ended) {
        return new ReadProgress(order, null, Place.FIRST, 0, sweep, null, watermark, null, ended, PageTrail.NONE, null,
                null);
    }

    /** A read begins at its first page. */
    ReadProgress begin(Instant now, Changes changes) {
        return new ReadProgress(order, now.truncatedTo(ChronoUnit.SECONDS), Place.FIRST, 0, Sweep.FIRST,
                changes.from(watermark), watermark, null, ended, PageTrail.NONE, now, null);
    }

    /**
     * The same, unless the read under way would ask for another list from now on, in which its place means nothing: then it
     * is to begin anew.
     */
    ReadProgress with(Changes changes) {
        return begun == null || changes.sorted() || Objects.equals(since, changes.from(watermark)) ? this
                : idle(order, Sweep.FIRST, watermark, null);
    }

    /** The same, with a page whose records are on the disk; null for none. */
    ReadProgress withPage(Page kept) {
        return new ReadProgress(order, begun, place, pages, sweep, since, watermark, asOf, ended, trail, moved, kept);
    }

    /**
     * The first page of the read has come. What changes from now on may be missing in it, by the clock of the API, which may
     * be behind ours.
     *
     * @param api the time of the answer as the API says it; null if it does not
     */
    ReadProgress answeredAt(Instant api) {
        return asOf != null ? this : new ReadProgress(order, begun, place, pages, sweep, since, watermark,
                api != null && api.isBefore(begun) ? api : begun, ended, trail, moved, page);
    }

    /** All that changed before was there when the read under way began. */
    Instant known() {
        return asOf == null ? begun : asOf;
    }

    /** A page is behind the sink, and another one follows. */
    ReadProgress on(Place next, Page accepted, Sweep with, Instant now) {
        return new ReadProgress(order, begun, next, pages + 1, with, since, watermark, asOf, ended,
                trail.with(accepted, place), now, null);
    }

    /** The list, or what is left of it, begins anew. */
    ReadProgress anew(Instant from, long offset, Sweep with, Instant now) {
        return new ReadProgress(order, begun, new Place(offset, 0, 0, -1, null), pages + 1, with, from, watermark, asOf,
                ended,
                PageTrail.NONE, now, null);
    }

    /** That was the last page. @param known all that changed before is behind the sink; null if nobody asks */
    ReadProgress over(Instant known, Sweep with, Instant now) {
        return idle(order, with, known, now);
    }

    /**
     * Whether a page has to be read now. Where the last read ended later than now, the clock was ahead, and nobody knows how
     * long ago that was.
     *
     * @param period the time from the end of a read to the next; zero for one read
     */
    boolean isDue(Duration period, Instant now) {
        return begun != null || ended == null
                || !period.isZero() && (!now.isBefore(ended.plus(period)) || now.isBefore(ended));
    }
}
