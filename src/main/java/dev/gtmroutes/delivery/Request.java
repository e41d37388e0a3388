package dev.gtmroutes.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import dev.gtmroutes.record.ShapedRecord;

/** Records that go to the endpoint in one HTTP request, and how far that request has come. */
final class Request {

    private final String id = UUID.randomUUID().toString();
    private final List<Page> pages = new ArrayList<>(1);
    private boolean open = true;
    private int attempt;
    private Instant firstSent;
    private Instant sent;

    Request(Page first) {
        pages.add(first);
    }

    void add(Page page) {
        pages.add(page);
    }

    String id() {
        return id;
    }

    /** Whether nothing may be added any more. */
    boolean complete() {
        return pages.get(pages.size() - 1).complete();
    }

    /** Whether some records still wait for their outcome. */
    boolean open() {
        return open;
    }

    /** 1 for the first time this request is sent. */
    int attempt() {
        return attempt;
    }

    /** When it was sent last. */
    Instant sent() {
        return sent;
    }

    /** When it was sent for the first time. */
    Instant firstSent() {
        return firstSent;
    }

    List<Page> pages() {
        return pages;
    }

    int recordCount() {
        int count = 0;
        for (Page each : pages) {
            count += each.records().size();
        }
        return count;
    }

    /** Counts another attempt, made now. */
    void attempted() {
        attempt++;
        sent = Instant.now();
        if (firstSent == null) {
            firstSent = sent;
        }
        pages.forEach(each -> each.chunk().countRequest());
    }

    void delivered() {
        open = false;
        pages.forEach(each -> each.chunk().delivered(each.records()));
    }

    void rejected() {
        open = false;
        pages.forEach(each -> each.chunk().rejected(each.records()));
    }

    /** Gives the records back to their chunks without an outcome, unless they have one. */
    void abandon(String why, Exception cause) {
        if (open) {
            open = false;
            pages.forEach(each -> each.chunk().returned(each.records(), why, cause));
        }
    }

    /** Whether the flow of these records still runs. */
    boolean running() {
        return pages.get(0).chunk().running();
    }

    /** The id of the flow. */
    String flow() {
        return pages.get(0).chunk().flow();
    }

    /** @return false if the flow was stopped while this waited */
    boolean pause(Duration wait) throws InterruptedException {
        return pages.get(0).chunk().pause(wait);
    }

    /** The records' parts of the body, in their order. */
    List<byte[]> parts() {
        List<byte[]> parts = new ArrayList<>(recordCount());
        for (Page page : pages) {
            for (ShapedRecord each : page.records()) {
                parts.add(each.part());
            }
        }
        return parts;
    }

    /** Where it goes: a path under the vendor's base URL, or an absolute URL. */
    String url() {
        return pages.get(0).records().get(0).url();
    }

    /** Bytes of all records. */
    long bytes() {
        long bytes = 0;
        for (Page each : pages) {
            bytes += each.bytes();
        }
        return bytes;
    }
}
