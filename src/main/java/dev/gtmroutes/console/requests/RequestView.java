// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.requests;

import java.util.List;
import java.util.Map;

import dev.gtmroutes.console.web.QueryText;
import dev.gtmroutes.console.web.ResponseStatus;
import dev.gtmroutes.console.web.TruncatedText;
import dev.gtmroutes.credential.Secrets;
import dev.gtmroutes.delivery.status.BodyHead;
import dev.gtmroutes.delivery.status.RecentRequest;
import dev.gtmroutes.delivery.status.RequestAttempts;
import dev.gtmroutes.delivery.status.RequestDetails;

/**
 * An open request: what was sent, what came back, its records and its attempts. Everything is masked.
 *
 * @param request  what is remembered of it
 * @param url      of it
 * @param problem  why no response came, or not all of it; empty if nothing is wrong
 * @param sent     the request; null if it is not kept any more
 * @param received the response; null if it is not kept any more
 * @param records  the first of its records
 * @param isKept   whether the program keeps requests and responses at all
 */
public record RequestView(RecentRequest request, String url, String problem, Part sent, Part received,
        List<RecordRow> records, boolean isKept) {

    /** What a body of which only the beginning is here may end with. */
    private static final String CUT = "\n…";

    /**
     * A request or a response.
     *
     * @param headers by name
     * @param body    the beginning of its body; empty if there is none
     * @param bytes   of the whole body
     * @param isCut   whether only the beginning of the body is here
     * @param shown   bytes of the body that are here
     */
    public record Part(List<Map.Entry<String, String>> headers, String body, long bytes, boolean isCut, int shown) {

        private static Part of(Map<String, String> headers, BodyHead body, Secrets secrets) {
            String text = secrets.mask(body.text());
            TruncatedText pretty = TruncatedText.json(text);
            return new Part(headers.entrySet().stream().map(each -> Map.entry(each.getKey(), secrets.mask(each.getValue())))
                    .toList(), pretty.text() + (body.isCut() || pretty.isCut() ? CUT : ""), body.length(), body.isCut(),
                    body.kept());
        }
    }

    /**
     * A record as people read it.
     *
     * @param key     by what they know it; empty for none
     * @param place   such as {@code calls.ndjson, line 5}
     * @param outcome such as {@code Rejected}
     * @param style   the end of the name of its style
     */
    public record RecordRow(String key, String place, String outcome, String style) {

        private static RecordRow of(RequestDetails.RecordLine line, Secrets secrets) {
            String place = secrets.mask(line.place());
            return new RecordRow(secrets.mask(line.key()), line.line() > 0 ? place + ", line " + line.line()
                    : line.number() > 0 ? place + ", record " + line.number() : place, switch (line.outcome()) {
                        case "delivered" -> "Delivered";
                        case "rejected" -> "Rejected";
                        case "held" -> "Held";
                        default -> "Sent again";
                    }, switch (line.outcome()) {
                        case "delivered" -> "ok";
                        case "rejected" -> "bad";
                        case "held" -> "held";
                        default -> "warn";
                    });
        }
    }

    /** An attempt as people read it. */
    public record Row(RequestAttempts.Attempt attempt) {

        public String response() {
            return ResponseStatus.of(attempt.status());
        }

        public String duration() {
            return RequestRow.duration(attempt.millis());
        }

        /** Such as {@code 4 s}; empty if no attempt followed after a wait. */
        public String pause() {
            return attempt.pause() == null ? "" : RequestRow.duration(attempt.pause().toMillis());
        }
    }

    /** @param details null if they are not kept */
    static RequestView of(RecentRequest request, RequestDetails details, boolean isKept, ShownRequests shown) {
        Secrets secrets = shown.secrets();
        return new RequestView(request, shown.url(request), secrets.mask(request.problem()),
                details == null ? null : Part.of(shown.headers(details.requestHeaders()), details.requestBody(), secrets),
                details == null ? null : Part.of(details.responseHeaders(), details.responseBody(), secrets),
                details == null ? List.of()
                        : details.records().stream().map(each -> RecordRow.of(each, secrets)).toList(),
                isKept);
    }

    /** Such as {@code 503 Service Unavailable}. */
    public String status() {
        return ResponseStatus.of(request.status());
    }

    /** The end of the name of a style: how the response is. */
    public String style() {
        return request.result().held() > 0 ? "held" : request.result().rejected() > 0 ? "bad"
                : request.result().again() > 0 || !request.isWell() ? "warn" : "ok";
    }

    /** The attempts that are remembered, the oldest first. */
    public List<Row> attempts() {
        return request.attempts().all().stream().map(Row::new).toList();
    }

    /** So many attempts, the oldest, are not remembered. */
    public int olderAttempts() {
        return request.attempts().count() - request.attempts().all().size();
    }

    /** So many records are not listed. */
    public int moreRecords() {
        return Math.max(0, request.records() - records.size());
    }

    /** How many of its records went to the dead letters. */
    public int letters() {
        return request.result().rejected() + request.result().held();
    }

    /** Where these are. */
    public String lettersHref() {
        return "/dead-letters?flow=" + QueryText.encoded(request.flow()) + "&request=" + request.call().id();
    }
}
