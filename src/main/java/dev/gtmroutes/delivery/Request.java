// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.gtmroutes.delivery.status.BodyHead;
import dev.gtmroutes.delivery.status.DeliveryTrace;
import dev.gtmroutes.delivery.status.RequestAttempts;
import dev.gtmroutes.record.ShapedRecord;

/** Records that go to the endpoint in one HTTP request, and how often that was tried. */
public final class Request {

    private static final long UNSENT = Long.MIN_VALUE;

    private final String id = UUID.randomUUID().toString();
    private final String parentId;
    private final List<Batch> pages;
    private int attempt;
    private int number;
    private int unclear;
    private long firstSent = UNSENT;
    private Instant sent;
    private long sentNanos;
    private volatile boolean left;
    private DeliveryTrace.Span span = DeliveryTrace.Span.NONE;
    private final RequestAttempts attempts = new RequestAttempts();
    private Map<String, String> sentHeaders = Map.of();
    private BodyHead sentBody = BodyHead.NONE;

    public Request(List<Batch> pages) {
        this(pages, null);
    }

    private Request(List<Batch> pages, String parentId) {
        this.pages = pages;
        this.parentId = parentId;
    }

    public String id() {
        return id;
    }

    /** Id of the request whose records these were, before it was cut into parts; null for a request that is no part. */
    public String parentId() {
        return parentId;
    }

    /** 1 for the first time this request is sent, and again for the first time after its attempts were forgotten. */
    public int attempt() {
        return attempt;
    }

    /** The same, but no attempt is forgotten: with the id, it tells each attempt from all others. */
    public int attemptNumber() {
        return number;
    }

    /** When it was sent last. */
    public Instant sent() {
        return sent;
    }

    /** When it was sent last, as System.nanoTime says. */
    public long sentNanos() {
        return sentNanos;
    }

    /**
     * For how long it has been tried, or its records in an earlier request that failed in passing. This is time that passed:
     * a clock that is set, or a machine that slept, does not count. Nor does a pause of the flow, in which nothing is tried.
     */
    public Duration tried() {
        return firstSent == UNSENT ? Duration.ZERO : Duration.ofNanos(openNanos() - firstSent);
    }

    private long openNanos() {
        return pages.get(0).chunk().destination().gate().openNanos();
    }

    public List<Batch> pages() {
        return pages;
    }

    public int recordCount() {
        int count = 0;
        for (Batch each : pages) {
            count += each.records().size();
        }
        return count;
    }

    /** Counts another attempt, made now. */
    void attempted() {
        left = false;
        attempt++;
        number++;
        sent = Instant.now();
        sentNanos = System.nanoTime();
        if (firstSent == UNSENT) {
            firstSent = openNanos();
        }
        List<Input> chunks = pages.stream().map(Batch::chunk).distinct().toList();
        chunks.forEach(Input::countRequest);
        Input first = chunks.get(0);
        span = first.destination().trace().request(first.flow(), first.template(), recordCount(), attempt,
                chunks.stream().map(Input::span).toList());
    }

    /** The next thing is the first byte of this attempt. */
    void leaves() {
        if (attempt == 1) {
            // It may have waited for the rate limit.
            firstSent = openNanos();
        }
        left = true;
    }

    /** Whether the attempt that was made last began to be sent. */
    public boolean hasLeft() {
        return left;
    }

    /** Whether others send some of what came with its records: their sources bring again what has no outcome. */
    public boolean isTakenOver() {
        return pages.stream().anyMatch(each -> each.chunk().notes().isOver());
    }

    /** The attempt that was made last, for those who follow it. */
    public DeliveryTrace.Span span() {
        return span;
    }

    /** What came of each attempt, for a person who looks. */
    public RequestAttempts attempts() {
        return attempts;
    }

    /** Notes what is sent now, for a person who looks. @param headers with their secrets hidden */
    void sends(Map<String, String> headers, BodyHead body) {
        sentHeaders = headers;
        sentBody = body;
    }

    /** The headers that were sent last, with their secrets hidden and without the credential. */
    public Map<String, String> sentHeaders() {
        return sentHeaders;
    }

    /** The beginning of the body that was sent last. */
    public BodyHead sentBody() {
        return sentBody;
    }

    /** @return how many of its responses did not say what became of it, the one that came now included */
    public int countUnclear() {
        return ++unclear;
    }

    /** The attempts so far do not count: they said nothing about this request. */
    public void forgetAttempts() {
        attempt = 0;
        firstSent = UNSENT;
    }

    /** @return the two halves of it, as requests of their own; it has at least two records */
    public List<Request> halves() {
        int count = recordCount();
        BitSet first = new BitSet(count);
        first.set(0, (count + 1) / 2);
        BitSet second = new BitSet(count);
        second.set((count + 1) / 2, count);
        return List.of(rest(first), rest(second));
    }

    /** @return a request of some of the records, which has not been tried yet */
    public Request rest(BitSet records) {
        return new Request(pick(records), id);
    }

    /** @return a request of some of the records, which has been tried as often as this one */
    public Request part(BitSet records) {
        Request part = rest(records);
        part.attempt = attempt;
        part.number = number;
        part.unclear = unclear;
        part.firstSent = firstSent;
        return part;
    }

    /**
     * @param records their places in the request, from 0
     * @return        these records, by the chunk they came in
     */
    public List<Batch> pick(BitSet records) {
        List<Batch> picked = new ArrayList<>();
        int first = 0;
        for (Batch page : pages) {
            List<ShapedRecord> some = new ArrayList<>();
            int end = first + page.records().size();
            for (int i = records.nextSetBit(first); i >= 0 && i < end; i = records.nextSetBit(i + 1)) {
                some.add(page.records().get(i - first));
            }
            if (!some.isEmpty()) {
                picked.add(new Batch(page.chunk(), some, true));
            }
            first = end;
        }
        return picked;
    }

    /** All records, in their order. */
    public List<ShapedRecord> records() {
        List<ShapedRecord> records = new ArrayList<>(recordCount());
        pages.forEach(each -> records.addAll(each.records()));
        return records;
    }

    /** The records' parts of the body, in their order. */
    List<byte[]> parts() {
        List<byte[]> parts = new ArrayList<>(recordCount());
        pages.forEach(page -> page.records().forEach(each -> parts.add(each.part())));
        return parts;
    }

    /** Where it goes: a path under the vendor's base URL, or an absolute URL. */
    public String url() {
        return pages.get(0).records().get(0).url();
    }

    /** Where it goes, as a log may show it: without the query, which may hold values of records. */
    public String address() {
        return url().replaceFirst("\\?.*", "");
    }
}
