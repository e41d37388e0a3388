// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.sandbox.lists;

import java.util.Collections;
import java.util.List;

import dev.gtmroutes.sandbox.checks.RequestRefusedException;

/** What a list does otherwise than it should. All methods may be called from any thread. */
public final class ListFaults {

    /** Where links to the next page lead. */
    public enum Stray {
        /** To the next page. */
        NOWHERE,
        /** To another host. */
        HOST,
        /** To another path. */
        PATH
    }

    private boolean linkInHeader;
    private Stray stray = Stray.NOWHERE;
    private long most = Long.MAX_VALUE;
    private boolean hidden;
    private boolean ignoresPage;
    private boolean unsorted;
    private boolean withoutTotal;
    private long shortRecords = -1;
    private int errorStatus;
    private long errorAfter;
    private int expireAfter;
    private int expireTimes = 1;
    private int expireStatus = 410;

    /** No page has more records, whatever is asked for. Where pages say how many they can have, they say this. */
    public synchronized ListFaults perPage(long records) {
        most = records == 0 ? Long.MAX_VALUE : records;
        hidden = false;
        return this;
    }

    /** No page has more records, but pages say what was asked for. */
    public synchronized ListFaults hiddenPerPage(long records) {
        perPage(records);
        hidden = true;
        return this;
    }

    /** Each page is the first one. */
    public synchronized ListFaults ignorePage(boolean is) {
        ignoresPage = is;
        return this;
    }

    /** The records of each page come backwards. */
    public synchronized ListFaults unsorted(boolean is) {
        unsorted = is;
        return this;
    }

    /** Pages do not say how many records there are. */
    public synchronized ListFaults withoutTotal(boolean is) {
        withoutTotal = is;
        return this;
    }

    /** Links to the next page are in the header Link, not in the page. */
    public synchronized ListFaults linkInHeader(boolean is) {
        linkInHeader = is;
        return this;
    }

    /** Links to the next page lead elsewhere. */
    public synchronized ListFaults stray(Stray where) {
        stray = where;
        return this;
    }

    /** The next page that is not the first has only so many records. */
    public synchronized ListFaults shortPage(long records) {
        shortRecords = records;
        return this;
    }

    /** After so many pages, one request is answered with this status. */
    public synchronized ListFaults error(int status, long pages) {
        errorStatus = status;
        errorAfter = pages;
        return this;
    }

    /** A cursor works for so many pages behind the first, 0 = for any number; then it is refused, in so many reads. */
    public synchronized ListFaults expire(int pages, int times, int status) {
        expireAfter = pages;
        expireTimes = times;
        expireStatus = status;
        return this;
    }

    /** A request has come. */
    synchronized void begin() {
        if (errorStatus == 0 || errorAfter-- > 0) {
            return;
        }
        int status = errorStatus;
        errorStatus = 0;
        throw new RequestRefusedException(status, "list", "the sandbox misbehaves");
    }

    /** A cursor has come, of the page of this number, from 1 for the first. */
    synchronized void cursor(long page) {
        if (expireAfter > 0 && expireTimes > 0 && page > expireAfter + 1L) {
            expireTimes--;
            throw new RequestRefusedException(expireStatus, "cursor", "the cursor has expired");
        }
    }

    synchronized boolean ignoresPage() {
        return ignoresPage;
    }

    synchronized boolean isWithoutTotal() {
        return withoutTotal;
    }

    /** How many records a page can have where so many are asked for. */
    synchronized long size(long asked) {
        return Math.min(most, asked);
    }

    /** The same as pages say it. */
    synchronized long told(long asked) {
        return hidden ? asked : size(asked);
    }

    /** The records of a page as they are sent. */
    synchronized List<SimulatedRecord> page(List<SimulatedRecord> records, boolean first) {
        return ordered(shortened(records, first));
    }

    /** The records of a page, or the first of them if this is a page that is to be short. */
    synchronized List<SimulatedRecord> shortened(List<SimulatedRecord> records, boolean first) {
        if (first || shortRecords < 0) {
            return records;
        }
        int count = (int) Math.min(records.size(), shortRecords);
        shortRecords = -1;
        return records.subList(0, count);
    }

    synchronized List<SimulatedRecord> ordered(List<SimulatedRecord> records) {
        if (unsorted) {
            Collections.reverse(records);
        }
        return records;
    }

    synchronized boolean isLinkInHeader() {
        return linkInHeader;
    }

    /** Where the next page is, without a query. */
    synchronized String link(String authority, String path) {
        return switch (stray) {
            case HOST -> "http://other.example.com" + path;
            case PATH -> "http://" + authority + "/elsewhere" + path;
            default -> "http://" + authority + path;
        };
    }
}
