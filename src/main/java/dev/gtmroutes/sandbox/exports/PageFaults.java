// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.sandbox.exports;

/** What the paged reads do otherwise than they should, or do elsewhere. All methods may be called from any thread. */
public final class PageFaults {

    /** What tells where the next page is. */
    public enum Next {
        /** Nothing: whoever reads counts. */
        NONE,
        /** A link in the page. */
        LINK,
        /** A link in a header. */
        HEADER,
        /** A cursor in the page; an offset is ignored then. */
        CURSOR
    }

    private int most = Integer.MAX_VALUE;
    private boolean ignoresOffset;
    private boolean withoutTotal;
    private int shortPages;
    private int shortRecords;
    private Next next = Next.NONE;

    /** No page has more records, whatever limit is asked for. */
    public synchronized PageFaults most(int records) {
        most = records;
        return this;
    }

    /** Each page is the first one. */
    public synchronized PageFaults ignoresOffset(boolean is) {
        ignoresOffset = is;
        return this;
    }

    /** Pages do not say how many records there are. */
    public synchronized PageFaults withoutTotal(boolean is) {
        withoutTotal = is;
        return this;
    }

    /** The next so many pages behind the first have only so many records. */
    public synchronized PageFaults shortNext(int pages, int records) {
        shortPages = pages;
        shortRecords = records;
        return this;
    }

    /** Where pages say that the next one is. */
    public synchronized PageFaults next(Next way) {
        next = way;
        return this;
    }

    synchronized Next next() {
        return next;
    }

    synchronized boolean isWithoutTotal() {
        return withoutTotal;
    }

    synchronized int offset(int asked) {
        return ignoresOffset ? 0 : asked;
    }

    synchronized int limit(int asked, int offset) {
        if (offset > 0 && shortPages > 0) {
            shortPages--;
            return Math.min(asked, shortRecords);
        }
        return Math.min(asked, most);
    }
}
