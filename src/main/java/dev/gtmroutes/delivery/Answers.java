package dev.gtmroutes.delivery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an answer means for each record of its request: the one table by which anything is delivered, rejected, held or
 * sent again.
 *
 * @param onceOnly whether a request must not be carried out twice
 * @param items    where an answer tells of each record, null where it does not
 * @param retry    when to try again what failed in passing
 */
record Answers(boolean onceOnly, ItemResults items, Retry retry) {

    Verdict verdict(Request request, Answer answer) {
        return switch (answer.meaning(onceOnly)) {
            case DELIVERED -> items == null ? Verdict.delivered(request) : byItem(request, answer);
            case FAULTY -> request.recordCount() == 1 ? reject(request, answer) : withoutTheFaulty(request, answer);
            case HOPELESS -> reject(request, answer);
            case UNKNOWN -> Verdict.refused(request, Rejection.held(answer, request.attempt()));
            case CREDENTIAL -> again(request);
            case PASSING -> later(request, answer);
        };
    }

    private static Verdict reject(Request request, Answer answer) {
        return Verdict.refused(request, Rejection.answered(answer, request.attempt()));
    }

    /** Nothing was said about the records, so what was tried so far does not count. */
    private static Verdict again(Request request) {
        request.forgetAttempts();
        return Verdict.next(List.of(request), null);
    }

    private Verdict later(Request request, Answer answer) {
        Duration wait = retry.next(request.attempt(), request.firstSent(), answer.retryAfter());
        return wait == null ? reject(request, answer) : Verdict.next(List.of(request), wait);
    }

    /**
     * The request was refused as a whole for the sake of some of its records. Where the answer names them, the others are
     * sent without them; otherwise it is cut in halves until the faulty ones are alone.
     */
    private Verdict withoutTheFaulty(Request request, Answer answer) {
        List<ItemResults.Item> results = items == null ? null : items.in(answer, request);
        Sorting sorting = new Sorting(request, answer);
        BitSet others = new BitSet();
        for (int i = 0; results != null && i < results.size(); i++) {
            ItemResults.Item item = results.get(i);
            if (item != null && item.meaning(onceOnly) == Answer.Meaning.FAULTY) {
                sorting.reject(i, item);
            } else {
                others.set(i);
            }
        }
        if (sorting.byReason.isEmpty()) {
            return Verdict.next(request.halves(), null);
        }
        List<Request> next = others.isEmpty() ? List.of() : List.of(new Request(request.pick(others)));
        return new Verdict(List.of(), sorting.refused(), next, null);
    }

    /** The request was taken; the answer says of each record whether it was, or nothing at all where all were. */
    private Verdict byItem(Request request, Answer answer) {
        List<ItemResults.Item> results = items.in(answer, request);
        if (results == null) {
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
                switch (item.meaning(onceOnly)) {
                    case DELIVERED -> delivered.set(i);
                    case PASSING -> passing.set(i);
                    case UNKNOWN -> sorting.refuse(i, Rejection.itemHeld(answer, item.status(), item.error()));
                    default -> sorting.reject(i, item);
                }
            }
        }
        Duration wait = passing.isEmpty() ? null
                : retry.next(request.attempt(), request.firstSent(), answer.retryAfter());
        if (wait == null) {
            passing.stream().forEach(i -> sorting.reject(i, results.get(i)));
            passing.clear();
        }
        List<Request> next = passing.isEmpty() ? List.of() : List.of(request.part(passing));
        return new Verdict(request.pick(delivered), sorting.refused(), next, wait);
    }

    /** Gathers refused records by the reason, so that each reason is written once. */
    private record Sorting(Request request, Answer answer, Map<Rejection, BitSet> byReason) {

        Sorting(Request request, Answer answer) {
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
