// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.deadletter;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Set;

import dev.gtmroutes.deadletter.reason.LetterReason;
import dev.gtmroutes.delivery.outcome.DeadLetterFile;
import dev.gtmroutes.delivery.outcome.DeadLetterState;

/**
 * Which dead letters are meant. What is null or empty does not matter.
 *
 * @param ids     these and no others
 * @param reason  what the reason has in it, in capitals or not
 * @param text    what the reason, the record, its key or the id of its request has in it, in capitals or not
 * @param since   written at this time or later
 * @param until   written before this time
 * @param state   in this state
 * @param request carried last by the request of this id
 * @param key     with this record key
 * @param fate    what became of them; only an index finds those that are closed
 * @param group   {@link LetterReason#key() key} of the reason that they share
 * @param source  what their source ends with, such as the name of a file
 */
public record DeadLetterSelection(Set<LetterId> ids, String reason, String text, Instant since, Instant until,
        DeadLetterState state, String request, String key, DeadLetter.Fate fate, String group, String source) {

    /** All of them. */
    public static final DeadLetterSelection ALL = new DeadLetterSelection(Set.of(), "", "", null, null, null);

    public DeadLetterSelection {
        reason = text(reason);
        text = text(text);
        request = text(request);
        key = text(key);
        fate = fate == null ? DeadLetter.Fate.OPEN : fate;
        group = text(group);
        source = text(source);
    }

    /** Of any request and reason and with any record key, and open. */
    public DeadLetterSelection(Set<LetterId> ids, String reason, String text, Instant since, Instant until,
            DeadLetterState state) {
        this(ids, reason, text, since, until, state, "", "", null, "", "");
    }

    private static String text(String given) {
        return given == null ? "" : given;
    }

    /** The same, but only of this request and with this record key; null or empty for any. */
    public DeadLetterSelection with(String ofRequest, String withKey) {
        return new DeadLetterSelection(ids, reason, text, since, until, state, ofRequest, withKey, fate, group, source);
    }

    /** The same, but only those that became this and share this reason; null or empty for any. */
    public DeadLetterSelection with(DeadLetter.Fate became, String ofGroup) {
        return new DeadLetterSelection(ids, reason, text, since, until, state, request, key, became, ofGroup, source);
    }

    /** The same, but only of sources whose names end with this. */
    public DeadLetterSelection ofSource(String ending) {
        return new DeadLetterSelection(ids, reason, text, since, until, state, request, key, fate, group, ending);
    }

    /** Exactly these. */
    public static DeadLetterSelection of(Set<LetterId> ids) {
        return new DeadLetterSelection(Set.copyOf(ids), "", "", null, null, null);
    }

    /** Whether some of them may be in this file. */
    public boolean mayBeIn(DeadLetterFile file) {
        if (since != null && !start(file.day().plusDays(1)).isAfter(since)) {
            return false;
        }
        if (until != null && start(file.day()).isAfter(until)) {
            return false;
        }
        return ids.isEmpty() || ids.stream().anyMatch(each -> each.file().equals(file));
    }

    private static Instant start(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    /** Whether some of them may be among letters that were written between these times. */
    public boolean mayBeBetween(Instant earliest, Instant latest) {
        return (since == null || !latest.isBefore(since)) && (until == null || earliest.isBefore(until));
    }

    /** Whether this line of a file is worth reading. */
    boolean mayBe(LetterId id) {
        return ids.isEmpty() || ids.contains(id);
    }

    public boolean takes(DeadLetter letter) {
        return mayBe(letter.id()) && (state == null || letter.state() == state)
                && (since == null || !letter.time().isBefore(since))
                && (until == null || letter.time().isBefore(until))
                && (request.isEmpty() || letter.requestId().equals(request))
                && (key.isEmpty() || letter.recordKey().equals(key))
                && (group.isEmpty() || letter.why().key().equals(group)) && letter.sourceFile().endsWith(source)
                && LetterText.isIn(letter.reason(), reason) && new LetterText(text).isIn(letter);
    }
}
