// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.letters;

import java.util.List;
import java.util.Locale;

import dev.gtmroutes.deadletter.index.ChosenCount;

/**
 * What is asked before something is done with dead letters.
 *
 * @param action  what is done
 * @param count   with how many
 * @param letters which, by name; empty for all that the address says
 * @param address where the answer goes to
 * @param back    where nothing is done
 * @param which   in words, for those that the address says
 */
public record LetterQuestion(LetterTask.Action action, ChosenCount count, List<String> letters, String address,
        String back, String which) {

    public boolean isReplay() {
        return action == LetterTask.Action.REPLAY;
    }

    /** Its name in a form. */
    public String name() {
        return isReplay() ? "replay" : "discard";
    }

    /** Such as {@code Replay}. */
    public String verb() {
        return isReplay() ? "Replay" : "Discard";
    }

    /** Such as {@code 1,200 records}. */
    public String number() {
        return count.all() == 1 && count.isComplete() ? "1 record"
                : (count.isComplete() ? "" : "more than ") + String.format(Locale.ROOT, "%,d", count.all()) + " records";
    }

    public boolean isEmpty() {
        return count.all() == 0 && count.isComplete();
    }

    public boolean hasHeld() {
        return count.held() > 0;
    }

    /** Whether nothing is replayed unless held records are. */
    public boolean isHeldOnly() {
        return hasHeld() && count.rejected() == 0;
    }
}
