package dev.gtmroutes.delivery;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * What becomes of the records of one request after an answer. Every record of it is in exactly one place.
 *
 * @param delivered those the destination took
 * @param refused   those that go to the dead letters
 * @param next      requests to be sent in its place, in this order
 * @param pause     how long to wait before the next one, null for not at all
 */
record Verdict(List<Page> delivered, List<Refused> refused, List<Request> next, Duration pause) {

    /** Records that go to the dead letters for one reason. */
    record Refused(List<Page> pages, Rejection why) {

        int recordCount() {
            return pages.stream().mapToInt(each -> each.records().size()).sum();
        }
    }

    /** The records that have their outcome now. */
    List<Page> settled() {
        return Stream.concat(delivered.stream(), refused.stream().flatMap(each -> each.pages().stream())).toList();
    }

    static Verdict delivered(Request request) {
        return new Verdict(request.pages(), List.of(), List.of(), null);
    }

    static Verdict refused(Request request, Rejection why) {
        return new Verdict(List.of(), List.of(new Refused(request.pages(), why)), List.of(), null);
    }

    static Verdict next(List<Request> parts, Duration pause) {
        return new Verdict(List.of(), List.of(), parts, pause);
    }
}
