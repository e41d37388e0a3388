package dev.gtmroutes.deadletter;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Set;

import dev.gtmroutes.delivery.DeadLetterFile;
import dev.gtmroutes.delivery.DeadLetterState;

/**
 * Which dead letters are meant. What is null or empty does not matter.
 *
 * @param ids    these and no others
 * @param reason what the reason has in it, in capitals or not
 * @param since  written at this time or later
 * @param state  in this state
 */
public record Choice(Set<LetterId> ids, String reason, Instant since, DeadLetterState state) {

    /** All of them. */
    public static final Choice ALL = new Choice(Set.of(), null, null, null);

    /** Exactly these. */
    public static Choice of(Set<LetterId> ids) {
        return new Choice(Set.copyOf(ids), null, null, null);
    }

    /** Whether some of them may be in this file. */
    boolean mayBeIn(DeadLetterFile file) {
        if (since != null && file.day().isBefore(LocalDate.ofInstant(since, ZoneOffset.UTC))) {
            return false;
        }
        return ids.isEmpty() || ids.stream().anyMatch(each -> each.file().equals(file));
    }

    /** Whether this line of a file is worth reading. */
    boolean mayBe(LetterId id) {
        return ids.isEmpty() || ids.contains(id);
    }

    boolean takes(DeadLetter letter) {
        return mayBe(letter.id()) && (state == null || letter.state() == state)
                && (since == null || !letter.time().isBefore(since))
                && (reason == null || hasIgnoringCase(letter.reason(), reason));
    }

    private static boolean hasIgnoringCase(String text, String part) {
        for (int i = 0; i <= text.length() - part.length(); i++) {
            if (text.regionMatches(true, i, part, 0, part.length())) {
                return true;
            }
        }
        return false;
    }
}
