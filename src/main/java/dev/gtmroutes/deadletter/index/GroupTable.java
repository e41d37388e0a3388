// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.deadletter.index;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.gtmroutes.deadletter.DeadLetter;
import dev.gtmroutes.deadletter.reason.LetterReason;
import dev.gtmroutes.delivery.outcome.DeadLetterState;

/**
 * The reasons of the dead letters of one flow, each with a small number. There is a bound: what is beyond it counts as
 * "other reasons", one group for rejected and one for held records.
 */
final class GroupTable {

    /** How many reasons of one flow are told apart. */
    static final int MOST = 200;

    private static final int OTHER_REJECTED = 0;
    private static final int OTHER_HELD = 1;
    /** A reason and the lines that have it. */
    static final class Group {

        private final LetterReason reason;
        private boolean uniform = true;
        private long lines;

        private Group(LetterReason reason) {
            this.reason = reason;
        }

        LetterReason reason() {
            return reason;
        }

        /** The reason as all have it, or without that in which they differ. */
        String text() {
            return uniform ? reason.said() : reason.text();
        }
    }

    private final List<Group> groups = new ArrayList<>();
    private final Map<String, Integer> numbers = new HashMap<>();
    private final KnownReasons known;

    /** @param known of all flows */
    GroupTable(KnownReasons known) {
        this.known = known;
        put(ReasonGroup.OTHER_REJECTED, DeadLetterState.REJECTED);
        put(ReasonGroup.OTHER_HELD, DeadLetterState.HELD);
    }

    private void put(String key, DeadLetterState state) {
        numbers.put(key, groups.size());
        groups.add(new Group(new LetterReason(key, ReasonGroup.OTHER, ReasonGroup.OTHER, state, 0, "")));
    }

    /** Counts a letter in its group. @return number of the group */
    int add(DeadLetter letter) {
        LetterReason reason = known.of(letter);
        Integer before = numbers.get(reason.key());
        int number = before != null ? before : take(reason);
        Group group = groups.get(number);
        group.lines++;
        group.uniform = group.uniform && (number <= OTHER_HELD || group.reason.said().equals(reason.said()));
        return number;
    }

    private int take(LetterReason reason) {
        int free = groups.indexOf(null);
        if (free < 0 && groups.size() - 2 >= MOST) {
            return reason.state() == DeadLetterState.HELD ? OTHER_HELD : OTHER_REJECTED;
        }
        int number = free < 0 ? groups.size() : free;
        if (free < 0) {
            groups.add(null);
        }
        groups.set(number, new Group(reason));
        numbers.put(reason.key(), number);
        return number;
    }

    /** Forgets lines of a group, whose file is gone. */
    void remove(int number, long lines) {
        Group group = groups.get(number);
        group.lines -= lines;
        if (group.lines == 0 && number > OTHER_HELD) {
            numbers.remove(group.reason.key());
            groups.set(number, null);
        }
    }

    Group get(int number) {
        return groups.get(number);
    }

    /** The number of a group; -1 if no letter is in it. */
    int number(String key) {
        return numbers.getOrDefault(key, -1);
    }
}
