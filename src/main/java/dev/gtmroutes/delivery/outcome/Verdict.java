// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.delivery.outcome;

import java.time.Duration;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.gtmroutes.api.ApiAnswer;
import dev.gtmroutes.delivery.Batch;
import dev.gtmroutes.delivery.Request;
import dev.gtmroutes.record.ShapedRecord;

/**
 * What becomes of the records of one request after an answer. Every record of it is in exactly one place.
 *
 * @param delivered those the destination took
 * @param refused   those that go to the dead letters
 * @param next      requests to be sent in its place, in this order
 * @param pause     how long to wait before the next one, null for not at all
 * @param asked     so much of that wait the destination itself has asked for; null for nothing
 * @param why       what is to be said beside the answer; empty for nothing
 */
record Verdict(List<Batch> delivered, List<Refused> refused, List<Request> next, Duration pause, Duration asked,
        String why) {

    /** Records that go to the dead letters for one reason. */
    record Refused(List<Batch> pages, Rejection why) {

        /** Whether the records certainly had no effect: an answer of 4xx says so. */
        boolean isCertain() {
            return !why.isHeld() && why.status() / 100 == 4;
        }

        int recordCount() {
            return pages.stream().mapToInt(each -> each.records().size()).sum();
        }
    }

    /** The records that have their outcome now. */
    List<Batch> settled() {
        return Stream.concat(delivered.stream(), refused.stream().flatMap(each -> each.pages().stream())).toList();
    }

    /** What became of each record of the request by this answer, in their order. */
    List<RecordOutcome> outcomes(Request request) {
        Map<ShapedRecord, RecordOutcome> known = new IdentityHashMap<>();
        delivered.forEach(page -> page.records().forEach(each -> known.put(each, RecordOutcome.DELIVERED)));
        for (Refused part : refused) {
            RecordOutcome outcome = part.why().isHeld() ? RecordOutcome.HELD : RecordOutcome.REJECTED;
            part.pages().forEach(page -> page.records().forEach(each -> known.put(each, outcome)));
        }
        return request.records().stream().map(each -> known.getOrDefault(each, RecordOutcome.RETRYING)).toList();
    }

    /** What came of the request, for those who trace it. */
    Map<String, Long> numbers(ApiAnswer answer) {
        Map<String, Long> numbers = new HashMap<>();
        if (answer.status() > 0) {
            numbers.put("http.response.status_code", (long) answer.status());
        }
        numbers.put("records.delivered", delivered.stream().mapToLong(each -> each.records().size()).sum());
        numbers.put("records.rejected", 0L);
        numbers.put("records.held", 0L);
        refused.forEach(each -> numbers.merge("records." + each.why().state(), (long) each.recordCount(), Long::sum));
        numbers.put("records.again", next.stream().mapToLong(Request::recordCount).sum());
        return numbers;
    }

    static Verdict delivered(Request request) {
        return new Verdict(request.pages(), List.of(), List.of(), null, null, "");
    }

    static Verdict refused(Request request, Rejection why) {
        return new Verdict(List.of(), List.of(new Refused(request.pages(), why)), List.of(), null, null, "");
    }

    static Verdict next(List<Request> parts, Duration pause) {
        return new Verdict(List.of(), List.of(), parts, pause, null, "");
    }

    static Verdict later(List<Request> parts, Duration pause, Duration asked, String why) {
        return new Verdict(List.of(), List.of(), parts, pause, asked, why);
    }
}
