// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.delivery.status;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The details of requests: of each flow, the last ones that were delivered and the last ones that were not, so that a flow
 * that sends much does not push out the others. Nothing of it is on a disk. Safe for use by many threads.
 */
final class KeptDetails {

    /** So many of a flow were delivered, and so many were not. */
    static final int MOST_OF_A_KIND = 25;
    /** All of them together take so much memory, about. */
    static final long MOST_BYTES = 8L << 20;

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final Map<Long, Entry> all = new LinkedHashMap<>();
    private final Map<Kind, Deque<Long>> byKind = new HashMap<>();
    private final Map<Kind, Pace> paces = new HashMap<>();
    private long bytes;

    /** When the second began in which so many were added. */
    private record Pace(long since, int added) {
    }

    private record Kind(String flow, boolean isDelivered) {

        static Kind of(RecentRequest request) {
            return new Kind(request.flow(), request.result().isDelivered());
        }
    }

    private record Entry(RecentRequest request, RequestDetails details) {
    }

    /**
     * Whether to keep the details of a request, which takes time that a busy flow needs for its records: of those that were
     * delivered, no more in a second than are kept at all.
     */
    synchronized boolean wants(RecentRequest request) {
        Kind kind = Kind.of(request);
        if (!kind.isDelivered) {
            return true;
        }
        long now = System.nanoTime();
        Pace pace = paces.get(kind);
        boolean isNew = pace == null || now - pace.since >= SECOND;
        Pace next = isNew ? new Pace(now, 1) : new Pace(pace.since, pace.added + 1);
        paces.put(kind, next);
        return next.added <= MOST_OF_A_KIND;
    }

    synchronized void add(RecentRequest request, RequestDetails details) {
        all.put(request.number(), new Entry(request, details));
        bytes += details.bytes();
        Deque<Long> ofKind = byKind.computeIfAbsent(Kind.of(request), each -> new ArrayDeque<>());
        ofKind.addLast(request.number());
        if (ofKind.size() > MOST_OF_A_KIND) {
            remove(ofKind.getFirst());
        }
        while (bytes > MOST_BYTES) {
            remove(all.keySet().iterator().next());
        }
    }

    private void remove(long number) {
        Entry gone = all.remove(number);
        bytes -= gone.details().bytes();
        Kind kind = Kind.of(gone.request());
        Deque<Long> ofKind = byKind.get(kind);
        ofKind.remove(number);
        if (ofKind.isEmpty()) {
            byKind.remove(kind);
            paces.remove(kind);
        }
    }

    /** Of the request with this number; empty if they are not kept any more, or never were. */
    synchronized Optional<RequestDetails> find(long number) {
        return Optional.ofNullable(all.get(number)).map(Entry::details);
    }

    /** Requests of a flow that have details, in no order. */
    synchronized List<RecentRequest> of(String flow) {
        return Stream.of(true, false).map(each -> byKind.get(new Kind(flow, each))).filter(each -> each != null)
                .flatMap(Deque::stream).map(each -> all.get(each).request()).toList();
    }
}
