// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.delivery.outcome;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import dev.gtmroutes.api.ApiAnswer;
import dev.gtmroutes.delivery.Batch;
import dev.gtmroutes.delivery.Input;
import dev.gtmroutes.delivery.Request;
import dev.gtmroutes.delivery.status.BodyHead;
import dev.gtmroutes.delivery.status.RecentRequest;
import dev.gtmroutes.delivery.status.RecentRequests;
import dev.gtmroutes.delivery.status.RequestAttempts;
import dev.gtmroutes.delivery.status.RequestDetails;
import dev.gtmroutes.delivery.status.RequestDetails.RecordLine;
import dev.gtmroutes.delivery.status.RequestResult;
import dev.gtmroutes.record.KeyAttributes;
import dev.gtmroutes.record.ShapedRecord;
import dev.gtmroutes.record.SourceRecord;

/**
 * Has a request be remembered for people who look at requests.
 *
 * @param method of HTTP
 * @param key    by what people know a record
 */
record RequestNote(String method, KeyAttributes key) {

    /** So many records of a request are told. */
    private static final int MOST_RECORDS = 20;

    void write(Request request, Duration took, ApiAnswer answer, Verdict verdict) {
        Input chunk = request.pages().get(0).chunk();
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        int attempt = request.attemptNumber();
        request.attempts().add(new RequestAttempts.Attempt(attempt, now, answer.status(), took.toMillis(), verdict.pause()));
        RecentRequests recent = chunk.destination().recent();
        recent.add(new RecentRequest(0, now, chunk.flow(), chunk.template(), new RecentRequest.Call(request.id(), method,
                Objects.requireNonNullElse(answer.url(), request.url())), answer.status(), answer.problem(),
                request.recordCount(), attempt, took.toMillis(), result(verdict), request.attempts()),
                () -> details(request, answer, verdict, recent.bodyBytes()));
    }

    private static RequestResult result(Verdict verdict) {
        int held = 0;
        int rejected = 0;
        for (Verdict.Refused each : verdict.refused()) {
            held += each.why().isHeld() ? each.recordCount() : 0;
            rejected += each.why().isHeld() ? 0 : each.recordCount();
        }
        return new RequestResult(count(verdict.delivered()), rejected, held,
                verdict.next().stream().mapToInt(Request::recordCount).sum(), verdict.pause(), verdict.next().size());
    }

    private static int count(List<Batch> pages) {
        return pages.stream().mapToInt(each -> each.records().size()).sum();
    }

    private RequestDetails details(Request request, ApiAnswer answer, Verdict verdict, int most) {
        return new RequestDetails(request.sentHeaders(), request.sentBody(), RequestDetails.headers(answer.headers()),
                BodyHead.of(answer.body(), most), lines(verdict));
    }

    /** Those first that were not delivered. */
    private List<RecordLine> lines(Verdict verdict) {
        List<RecordLine> lines = new ArrayList<>();
        for (Verdict.Refused each : verdict.refused()) {
            add(lines, each.pages(), each.why().isHeld() ? RecordOutcome.HELD : RecordOutcome.REJECTED);
        }
        verdict.next().forEach(each -> add(lines, each.pages(), RecordOutcome.RETRYING));
        add(lines, verdict.delivered(), RecordOutcome.DELIVERED);
        return lines;
    }

    private void add(List<RecordLine> lines, List<Batch> pages, RecordOutcome outcome) {
        for (Batch page : pages) {
            for (ShapedRecord each : page.records()) {
                if (lines.size() == MOST_RECORDS) {
                    return;
                }
                SourceRecord source = each.source();
                boolean isPlaced = source.origin() != null;
                lines.add(new RecordLine(isPlaced ? source.origin().place() : page.chunk().source(), source.line(),
                        isPlaced ? 0 : source.index() + 1, Objects.requireNonNullElse(key.of(source), ""),
                        outcome.toString()));
            }
        }
    }
}
