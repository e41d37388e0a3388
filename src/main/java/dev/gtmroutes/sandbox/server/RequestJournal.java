// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.sandbox.server;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Keeps the newest requests and counts all of them; its memory is bounded. */
public final class RequestJournal {

    static final int MAX_REQUESTS = 1000;
    static final long MAX_BODY_BYTES = 64L * 1024 * 1024;

    // Bodies go oldest first, so the requests without one are all older than those with one.
    private final Deque<RecordedRequest> withoutBody = new ArrayDeque<>();
    private final Deque<RecordedRequest> withBody = new ArrayDeque<>();
    private final Map<String, Summary.Count> byEndpoint = new TreeMap<>();
    private final Map<String, Long> byStatus = new TreeMap<>();
    private long bodyBytes;
    private long sequence;
    private long requests;
    private long accepted;

    /** Takes a request in; answers with the same one, numbered. */
    synchronized RecordedRequest add(RecordedRequest request) {
        RecordedRequest numbered = request.numbered(++sequence);
        count(numbered);
        withBody.add(numbered);
        bodyBytes += numbered.body().length;
        while (bodyBytes > MAX_BODY_BYTES) {
            RecordedRequest oldest = withBody.remove();
            bodyBytes -= oldest.body().length;
            withoutBody.add(oldest.withoutBody());
        }
        if (withBody.size() + withoutBody.size() > MAX_REQUESTS && withoutBody.poll() == null) {
            bodyBytes -= withBody.remove().body().length;
        }
        return numbered;
    }

    private void count(RecordedRequest request) {
        requests++;
        accepted += request.accepted();
        byEndpoint.merge(request.endpoint() == null ? "unknown" : request.endpoint(),
                new Summary.Count(1, request.accepted()), (sum, one) -> sum.plus(request.accepted()));
        byStatus.merge(request.status() == 0 ? "closed" : Integer.toString(request.status()), 1L, Long::sum);
    }

    /** The requests that are kept, oldest first. */
    public synchronized List<RecordedRequest> requests() {
        return Stream.concat(withoutBody.stream(), withBody.stream()).toList();
    }

    public synchronized Summary summary() {
        return new Summary(requests, accepted, new TreeMap<>(byEndpoint), new TreeMap<>(byStatus));
    }

    /** Forgets requests and counts; the numbers go on, so that nobody who asks for newer ones misses any. */
    public synchronized void forget() {
        withoutBody.clear();
        withBody.clear();
        byEndpoint.clear();
        byStatus.clear();
        bodyBytes = 0;
        requests = 0;
        accepted = 0;
    }
}
