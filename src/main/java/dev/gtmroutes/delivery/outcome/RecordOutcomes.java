// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.delivery.outcome;

import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.gtmroutes.api.ApiAnswer;
import dev.gtmroutes.api.OutcomePolicy;
import dev.gtmroutes.delivery.Request;
import dev.gtmroutes.delivery.Retry;

/**
 * What becomes of each record of a request after an answer: whatever is delivered, rejected, held or sent again is so by
 * this. What an answer means is said by the {@link OutcomePolicy} of its API.
 *
 * @param onceOnly whether a request must not be carried out twice
 * @param items    where an answer tells of each record, null where it does not
 * @param retry    when to try again what failed in passing
 */
record RecordOutcomes(boolean onceOnly, ItemResults items, Retry retry) {

    /** A response that is no HTTP, or not what was asked for, comes again; after so many of them it is given up. */
    private static final int MOST_UNREADABLE = 5;
    private static final int MULTI_STATUS = 207;

    Verdict verdict(Request request, ApiAnswer answer) {
        return switch (answer.outcome(onceOnly)) {
            case DELIVERED -> taken(request, answer);
            case REJECTED -> withoutTheFaulty(request, answer);
            case REFUSED -> reject(request, answer);
            case UNKNOWN -> unknown(request, answer, OutcomePolicy.isWell(answer.status()) && answer.json().isEmpty()
                    ? unreadable(answer) + ", so it is unknown whether the API accepted it"
                    : "");
            case CREDENTIAL -> again(request);
            case RETRY -> later(request, answer, Rejection.answered(answer, request.attempt()), "");
        };
    }

    private Verdict taken(Request request, ApiAnswer answer) {
        if (items == null) {
            return answer.status() == MULTI_STATUS && !answer.policy().overrides(answer)
                    ? Verdict.refused(request, Rejection.multiStatus(answer)) : Verdict.delivered(request);
        }
        boolean empty = answer.isComplete() && answer.body().length == 0;
        return empty || answer.json().isPresent()
                ? items.areFailuresOnly() ? byFailures(request, answer) : byItem(request, answer)
                : unknown(request, answer, unreadable(answer) + ", so the outcome of each record is unknown");
    }

    private static String unreadable(ApiAnswer answer) {
        return switch (answer.completeness()) {
            case CUT -> ", but the response is longer than the " + ApiAnswer.MOST_BYTES + " bytes that are read";
            case BROKEN_OFF -> ", but the response broke off (" + answer.problem() + ")";
            case COMPLETE -> ", but the response is not JSON";
        };
    }

    private static Verdict reject(Request request, ApiAnswer answer) {
        return Verdict.refused(request, Rejection.answered(answer, request.attempt()));
    }

    /** Held where it must not happen twice, and sent again a few times where it may. Never taken for a success. */
    private Verdict unknown(Request request, ApiAnswer answer, String why) {
        Rejection held = Rejection.held(answer, request.attempt(), why);
        return onceOnly || request.countUnclear() >= MOST_UNREADABLE ? Verdict.refused(request, held)
                : later(request, answer, held, why);
    }

    /** Nothing was said about the records, so what was tried so far does not count. */
    private static Verdict again(Request request) {
        request.forgetAttempts();
        return Verdict.next(List.of(request), null);
    }

    /** @param last what becomes of the records when it was tried for long enough */
    private Verdict later(Request request, ApiAnswer answer, Rejection last, String why) {
        Duration wait = answer.isUnreadable() && request.countUnclear() >= MOST_UNREADABLE ? null
                : retry.next(request.attempt(), request.tried(), answer.retryAfter());
        return wait == null ? Verdict.refused(request, last)
                : Verdict.later(List.of(request), wait, answer.retryAfter(), why);
    }

    /**
     * The request was refused as a whole for the sake of some of its records. Where the answer names them, the others are
     * sent without them; otherwise it is cut in halves until the faulty ones are alone. What must not happen twice and has
     * happened by the answer is held: the refusal of the whole does not rule it out.
     */
    private Verdict withoutTheFaulty(Request request, ApiAnswer answer) {
        List<ItemResults.Item> results = items == null ? null : items.in(answer, request);
        Sorting sorting = new Sorting(request, answer);
        BitSet others = new BitSet();
        // Of one record, the answer as a whole says why.
        boolean isAlone = request.recordCount() == 1;
        for (int i = 0; results != null && i < results.size(); i++) {
            ItemResults.Item item = results.get(i);
            if (item != null && item.isFaulty() && !isAlone) {
                sorting.reject(i, item);
            } else if (item != null && onceOnly && items.mayBeCarriedOut(item)) {
                sorting.refuse(i, Rejection.itemHeld(answer, item.status(), item.error()));
            } else {
                others.set(i);
            }
        }
        if (sorting.byReason.isEmpty()) {
            return isAlone ? reject(request, answer) : Verdict.next(request.halves(), null);
        }
        List<Request> next = others.isEmpty() ? List.of() : List.of(request.rest(others));
        return new Verdict(List.of(), sorting.refused(), next, null, null, "");
    }

    /** The request was taken; the answer says of each record whether it was, or nothing at all where all were. */
    private Verdict byItem(Request request, ApiAnswer answer) {
        List<ItemResults.Item> results = items.in(answer, request);
        if (results == null) {
            // It tells of no record, which is how some answer when they took all.
            return Verdict.delivered(request);
        }
        Sorting sorting = new Sorting(request, answer);
        BitSet delivered = new BitSet();
        BitSet passing = new BitSet();
        for (int i = 0; i < results.size(); i++) {
            ItemResults.Item item = results.get(i);
            if (item == null) {
                sorting.refuse(i, Rejection.unmentioned(answer));
            } else {
                switch (item.outcome(onceOnly)) {
                    case DELIVERED -> delivered.set(i);
                    case RETRY -> passing.set(i);
                    case UNKNOWN -> sorting.refuse(i, Rejection.itemHeld(answer, item.status(), item.error()));
                    default -> sorting.reject(i, item);
                }
            }
        }
        Duration wait = passing.isEmpty() ? null
                : retry.next(request.attempt(), request.tried(), answer.retryAfter());
        if (wait == null) {
            passing.stream().forEach(i -> sorting.reject(i, results.get(i)));
            passing.clear();
        }
        List<Request> next = passing.isEmpty() ? List.of() : List.of(request.part(passing));
        return new Verdict(request.pick(delivered), sorting.refused(), next, wait, answer.retryAfter(), "");
    }

    /**
     * The request was taken, all but what the answer lists. Only a request of one record tells which records these are: so
     * it is cut in halves, where records may be sent twice.
     */
    private Verdict byFailures(Request request, ApiAnswer answer) {
        String failures = items.failures(answer);
        if (failures.isEmpty()) {
            return Verdict.delivered(request);
        }
        if (request.recordCount() == 1) {
            return Verdict.refused(request, Rejection.failed(answer, failures));
        }
        return onceOnly ? Verdict.refused(request, Rejection.someFailed(answer, failures))
                : Verdict.next(request.halves(), null);
    }

    /** Gathers refused records by the reason, so that each reason is written once. */
    private record Sorting(Request request, ApiAnswer answer, Map<Rejection, BitSet> byReason) {

        Sorting(Request request, ApiAnswer answer) {
            this(request, answer, new LinkedHashMap<>());
        }

        void reject(int record, ItemResults.Item item) {
            refuse(record, Rejection.item(answer, item.status(), item.error()));
        }

        void refuse(int record, Rejection why) {
            byReason.computeIfAbsent(why, key -> new BitSet()).set(record);
        }

        List<Verdict.Refused> refused() {
            List<Verdict.Refused> all = new ArrayList<>();
            byReason.forEach((why, records) -> all.add(new Verdict.Refused(request.pick(records), why)));
            return all;
        }
    }
}
