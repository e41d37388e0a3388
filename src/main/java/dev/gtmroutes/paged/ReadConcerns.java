// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.paged;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.gtmroutes.paged.page.PageRecord;
import dev.gtmroutes.paged.page.RecordPage;

/** What a person has to know of a paged read. Safe for use by many threads. */
final class ReadConcerns {

    static final Duration USUAL_PATIENCE = Duration.ofHours(6);
    /** An API that is away for less is nothing that a person has to know. */
    static final Duration A_WHILE = Duration.ofMinutes(5);

    private final Map<String, String> notes = new LinkedHashMap<>();
    private final Set<String> told = new HashSet<>();
    private final List<String> news = new ArrayList<>();
    private Duration patience = USUAL_PATIENCE;
    private String stopped;
    private String failure;
    private Instant failing;
    private Instant refused;

    synchronized void setPatience(Duration time) {
        patience = time;
    }

    /** Nothing more is read. */
    synchronized void stopped(String why) {
        stopped = why;
    }

    synchronized boolean isStopped() {
        return stopped != null;
    }

    /** A person wants to see whether it works now. */
    synchronized void restarted() {
        stopped = null;
        failure = null;
        failing = null;
        notes.clear();
        told.clear();
    }

    /** A read begins: what was noted of the one before is over. */
    synchronized void begun() {
        notes.clear();
    }

    /** Something that a person has to know until the next read. @param about the log has it once of each */
    synchronized void note(String about, String what) {
        notes.putIfAbsent(about, what);
        if (told.add(about)) {
            news.add(what);
        }
    }

    /** What was noted and is not in the log yet. */
    synchronized List<String> takeNews() {
        List<String> taken = List.copyOf(news);
        news.clear();
        return taken;
    }

    /**
     * What is odd about a page that can be handed on.
     *
     * @param keyless so many of its records have no key
     * @param undated so many have no time of their last change, although the list is sorted by it
     * @param local   whether such a time has no offset
     * @param silent  whether the page says nothing of the next one
     */
    record Oddities(int keyless, int undated, boolean local, boolean silent) {

        static Oddities of(ReadOrder order, RecordPage page) {
            boolean keys = !order.form().key().isEmpty();
            boolean sorted = order.changes().sorted();
            List<PageRecord> all = page.records();
            return new Oddities(keys ? (int) all.stream().filter(each -> each.key() == null).count() : 0,
                    sorted ? (int) all.stream().filter(each -> each.changed() == null).count() : 0,
                    sorted && page.about().local(), page.about().silent());
        }
    }

    /** Notes it. */
    void looked(ReadOrder order, ReadProgress at, ReadProgress.Page page, Oddities odd, int pageSize) {
        long number = at.place().number() + 1;
        if (odd.keyless > 0) {
            note("key", ("%s: %d of %d records of page %d have no attribute %s. They are recognised by their whole content")
                    .formatted(order.name(), odd.keyless, page.records(), number, order.form().keyText()));
        }
        if (odd.undated > 0) {
            note("undated", ("%s: %d of %d records of page %d have no time in %s. The next read may miss their changes")
                    .formatted(order.name(), odd.undated, page.records(), number, order.form().changedText()));
        }
        if (odd.local) {
            note("local", ("%s: a time in %s has no offset from UTC, so it is read as UTC. If it is a local time, changes "
                    + "may be missed. Remove since and sorted to read the whole list each time")
                    .formatted(order.name(), order.form().changedText()));
        }
        Paging.Style style = order.paging().style();
        String next = order.form().nextText();
        if (odd.silent && page.next() == null && number == 1 && page.records() >= pageSize
                && (!next.isEmpty() || style == Paging.Style.CURSOR)) {
            note("next", ("%s: the first page is full, with %d records, and has no %s. So the list ends with it. If it has "
                    + "more records, correct next").formatted(order.name(), page.records(),
                            next.isEmpty() ? "cursor" : "attribute " + next));
        }
        boolean one = style == Paging.Style.NONE;
        if (one && (page.next() != null || page.total() > page.records())) {
            note("paging", order.name() + ": the list has more pages, but paging is none, so only the first page is read");
        }
    }

    /** A page did not come, or was not accepted. */
    synchronized void failed(String why) {
        failure = why;
        failing = failing == null ? Instant.now() : failing;
    }

    /** Whether the credential is refused. */
    synchronized void refused(boolean is) {
        refused = !is ? null : refused == null ? Instant.now() : refused;
    }

    /** A page is behind the sink. */
    synchronized void worked() {
        failure = null;
        failing = null;
        refused = null;
    }

    /** Each is one line. @param running whether the flow of the read runs here: one that is paused need not go on */
    synchronized List<String> of(ReadProgress progress, boolean running, Instant now) {
        List<String> all = new ArrayList<>();
        if (stopped != null) {
            all.add("the read stopped: " + stopped);
        }
        if (!running) {
            return all;
        }
        all.addAll(notes.values());
        if (progress != null && progress.sweep().restless()) {
            all.add("the list changed each of the %d times it was read, so a record may be missing until the next read"
                    .formatted(ListSteps.MOST_SWEEPS));
        }
        if (refused != null) {
            all.add("waits for the credential since %s: %s".formatted(refused.truncatedTo(ChronoUnit.SECONDS), failure));
        }
        Instant moved = progress == null ? null : progress.moved();
        if (stopped == null && moved != null && moved.plus(patience).isBefore(now)) {
            all.add("no page has come since %s%s".formatted(moved.truncatedTo(ChronoUnit.SECONDS),
                    failure == null ? "" : ". Last error: " + failure));
        } else if (stopped == null && refused == null && failure != null && failure.contains(PageDoubts.EMPTY)) {
            all.add(failure);
        } else if (stopped == null && refused == null && failing != null && failing.plus(A_WHILE).isBefore(now)) {
            all.add("the read makes no progress since %s. Last error: %s".formatted(failing.truncatedTo(ChronoUnit.SECONDS),
                    failure));
        }
        return all;
    }
}
