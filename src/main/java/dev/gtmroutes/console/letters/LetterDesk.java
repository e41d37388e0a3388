// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.letters;

import java.time.Instant;
import java.util.List;

import dev.gtmroutes.deadletter.index.ChosenCount;
import dev.gtmroutes.deadletter.index.LetterPage;
import dev.gtmroutes.deadletter.index.ReasonGroup;

/**
 * The page of dead letters: reasons at the left, one letter at the right.
 *
 * @param filter     which are looked for
 * @param flows      those that have some
 * @param open       how many are open, of the flow that is looked for or of all
 * @param groups     the reasons, the newest first; none where a text is looked for
 * @param moreGroups how many other reasons there are
 * @param group      key of the one whose letters are shown; empty for none
 * @param page       some of its letters, or of those with the text
 * @param letter     the one that is shown; null for none
 * @param tasks      what is done with letters, or was, the newest first
 * @param topic      where dead letters go instead; empty if they are in files
 * @param mayChange  whether this person may do something with them
 */
public record LetterDesk(LetterFilter filter, List<String> flows, ChosenCount open, List<GroupRow> groups, long moreGroups,
        String group, LetterPage page, LetterView letter, List<LetterTask> tasks, String topic, boolean mayChange) {

    /** Whether something is to be looked at again soon: a task, or a replay. */
    public boolean isBusy() {
        return tasks.stream().anyMatch(LetterTask::isWatched) || letter != null && letter.isWaiting();
    }

    public List<LetterRow> rows() {
        return page == null ? List.of() : page.letters().stream().map(LetterRow::of).toList();
    }

    /** What can become of letters, as the page offers it. */
    public record FateLink(String word, String title) {
    }

    public List<FateLink> fates() {
        return List.of(new FateLink("open", "Open"), new FateLink("replayed", "Replayed"),
                new FateLink("discarded", "Discarded"));
    }

    /** Whether something can be done with letters of this list. */
    public boolean canSelect() {
        return mayChange && filter.isOpen();
    }

    /** Whether it can be done with all of them at once: those of "other reasons" have different reasons. */
    public boolean canTakeAll() {
        return !ReasonGroup.isOther(group);
    }

    /** How many letters have the reason whose letters are shown; 0 if that is not known. */
    public long ofGroup() {
        return groups.stream().filter(each -> each.key().equals(group)).mapToLong(GroupRow::count).findFirst().orElse(0);
    }

    /** The address at which something is done with a letter, from which a person comes back to these. */
    public String action(LetterView view) {
        String page = filter.page(group, "", filter.before());
        return view.action() + page.substring("/dead-letters".length());
    }

    /** Whether a letter is the one that is shown. */
    public boolean isShown(LetterRow row) {
        return letter != null && letter.name().equals(row.name());
    }

    /** The address at which a letter of this list is shown. */
    public String href(LetterRow row) {
        return filter.page(group, row.name(), filter.before()) + "#letter";
    }

    /** The address of this page without a letter. */
    public String self() {
        return filter.page(group, "", "");
    }

    public boolean hasOlder() {
        return page != null && page.next() != null && page.isFull();
    }

    /** Whether the search has not come to its end. */
    public boolean isUnfinished() {
        return page != null && page.next() != null && !page.isFull();
    }

    /** How far the search has come. */
    public Instant reached() {
        return page.next().time();
    }

    /** The address of the letters that follow. */
    public String older() {
        return filter.page(group, "", page.next().toString());
    }

    /** The address of the letter above the one that is shown; null if there is none in this list. */
    public String previous() {
        int at = place();
        return at > 0 ? href(rows().get(at - 1)) : null;
    }

    /** The address of the letter below; null if there is none. */
    public String next() {
        int at = place();
        List<LetterRow> rows = rows();
        return letter == null ? null : at + 1 < rows.size() ? href(rows.get(at + 1)) : hasOlder() ? older() + "#letter"
                : null;
    }

    private int place() {
        List<LetterRow> rows = rows();
        for (int i = 0; i < rows.size(); i++) {
            if (isShown(rows.get(i))) {
                return i;
            }
        }
        return -1;
    }

    /** The address of the question before something is done with all letters of a reason, or all that match. */
    public String ask(String action, String ofGroup) {
        String page = filter.page(ofGroup, "", "");
        return page.replaceFirst("/dead-letters\\??", "/dead-letters/ask?action=" + action + "&");
    }

    /** The address of a file with all that match. */
    public String csv() {
        return filter.address("/dead-letters/export.csv");
    }
}
