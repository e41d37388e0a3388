// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.sandbox.lists;

import java.util.List;
import java.util.function.Function;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gtmroutes.sandbox.exports.SandboxClock;

/** One list: its records, how they change, also while they are read, and what it does wrong. Thread-safe. */
public final class SimulatedList {

    private final String name;
    private final ListForm form;
    private final RecordPattern pattern;
    private final ListState state;
    private final ListRows.Finder finder;
    private final ListFaults faults = new ListFaults();
    private long seed;
    private long sameTime = 1;
    private boolean atOnce;
    private During during = During.NEVER;
    private long pages;
    private long records;

    /**
     * What happens while the list is read: after each so many pages so many records change, vanish and appear, so often.
     */
    public record During(long pages, long changed, long deleted, long added, long times) {

        static final During NEVER = new During(0, 0, 0, 0, 0);

        During later() {
            return new During(pages, changed, deleted, added, times - 1);
        }
    }

    SimulatedList(String name, ListForm form, RecordPattern pattern, SandboxClock clock) {
        this.name = name;
        this.form = form;
        this.pattern = pattern;
        this.state = new ListState(clock, form.size(), seed, sameTime);
        this.finder = new ListRows.Finder(state);
    }

    /** The name of its endpoint, such as {@code salesloft-people}. */
    public String name() {
        return name;
    }

    ListForm form() {
        return form;
    }

    /** What it does wrong. */
    public ListFaults faults() {
        return faults;
    }

    /** Begins anew, with so many records. */
    public synchronized SimulatedList size(long count) {
        if (count < 0 || count > BaseOrder.MOST) {
            throw new IllegalArgumentException("a list has 0 to " + BaseOrder.MOST + " records, not " + count);
        }
        state.reset(count, seed, sameTime);
        return this;
    }

    /** Says which records are chosen when some are to change; to be set before {@link #size}. */
    public synchronized SimulatedList seed(long number) {
        seed = number;
        return this;
    }

    /** So many records have each time of change, 1 by default; to be set before {@link #size}. */
    public synchronized SimulatedList sameTime(long count) {
        if (count < 1) {
            throw new IllegalArgumentException("sameTime must be 1 or more");
        }
        sameTime = count;
        return this;
    }

    /** Whether the records of one change get the same time. */
    public synchronized SimulatedList atOnce(boolean is) {
        atOnce = is;
        return this;
    }

    /** Changes so many records. @return their keys */
    public synchronized List<String> change(long count) {
        return keys(state.change(count, atOnce));
    }

    /** Deletes so many records. @return their keys */
    public synchronized List<String> delete(long count) {
        return keys(state.delete(count));
    }

    /** Adds so many records. @return their keys */
    public synchronized List<String> add(long count) {
        return keys(state.add(count, atOnce));
    }

    /** Makes the content change while it is read. */
    public synchronized SimulatedList during(During what) {
        during = what;
        return this;
    }

    private List<String> keys(List<SimulatedRecord> chosen) {
        return chosen.stream().map(this::key).toList();
    }

    String key(SimulatedRecord record) {
        return pattern.at(form.key(), record).asText();
    }

    JsonNode json(SimulatedRecord record) {
        return pattern.json(record);
    }

    /** How many records it has now. */
    public synchronized long count() {
        return state.count();
    }

    /** How many pages were sent since it began anew, or since they were forgotten. */
    public synchronized long pages() {
        return pages;
    }

    /** How many records were on these pages. */
    public synchronized long records() {
        return records;
    }

    /** Forgets which pages were sent. */
    public synchronized void forget() {
        pages = 0;
        records = 0;
    }

    ListSelection selection() {
        return new ListSelection(form, pattern);
    }

    /** All that a selection finds at present. */
    synchronized List<SimulatedRecord> all(ListSelection selection) {
        ListRows rows = finder.find(selection);
        return rows.from(0, rows.count());
    }

    /** The record with an id; null = there is none. */
    synchronized JsonNode find(long id) {
        SimulatedRecord record = state.find(id - form.firstId());
        return record == null ? null : json(record);
    }

    /** Sends one page: what is to change during the read changes behind it. */
    synchronized <T> T send(ListSelection selection, Function<ListRows, T> page) {
        T sent = page.apply(finder.find(selection));
        pages++;
        if (during.pages() > 0 && during.times() > 0 && pages % during.pages() == 0) {
            state.change(during.changed(), atOnce);
            state.delete(during.deleted());
            state.add(during.added(), atOnce);
            during = during.later();
        }
        return sent;
    }

    synchronized void sent(int count) {
        records += count;
    }
}
