// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.letters;

import java.time.Instant;
import java.util.List;

import dev.gtmroutes.deadletter.index.ChosenCount;
import dev.gtmroutes.deadletter.index.LetterPage;

/**
 * The list of dead letters.
 *
 * @param filter    which are looked for
 * @param flows     those that have some
 * @param open      how many are open, of the flow that is looked for or of all
 * @param page      some of those that were found
 * @param tasks     what is done with them, or was, the newest first
 * @param topic     where dead letters go instead; empty if they are in files
 * @param mayChange whether this person may do something with them
 */
public record LetterListPage(LetterFilter filter, List<String> flows, ChosenCount open, LetterPage page,
        List<LetterTask> tasks, String topic, boolean mayChange) {

    public List<LetterRow> rows() {
        return page.letters().stream().map(LetterRow::of).toList();
    }

    /** Whether something is done with some of them just now. */
    public boolean isBusy() {
        return !tasks.stream().allMatch(LetterTask::isEnded);
    }

    /** Whether there is more than this page, and it is full. */
    public boolean hasOlder() {
        return page.next() != null && page.isFull();
    }

    /** Whether the search has not come to its end. */
    public boolean isUnfinished() {
        return page.next() != null && !page.isFull();
    }

    /** How far the search has come. */
    public Instant reached() {
        return page.next().time();
    }

    /** The address of what follows. */
    public String next() {
        return self() + (filter.query().isEmpty() ? "?" : "&") + "before="
                + LetterFilter.encoded(page.next().toString());
    }

    /** The address of the beginning of the list. */
    public String self() {
        return filter.address("/dead-letters");
    }

    /** The address where something is done with those that a person has marked. */
    public String chosen() {
        return filter.address("/dead-letters/chosen");
    }

    /** The address of the page of a letter, from which a person comes back to these. */
    public String href(LetterRow row) {
        return filter.address(row.href());
    }

    /** The address where something is done with all that match. */
    public String all(String action) {
        return "/dead-letters/all?" + (filter.query().isEmpty() ? "" : filter.query() + "&") + "action=" + action;
    }
}
