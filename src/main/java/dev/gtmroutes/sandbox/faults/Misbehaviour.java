// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.sandbox.faults;

import java.util.function.Consumer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gtmroutes.sandbox.catalogue.Catalog;

/**
 * What the sandbox does wrong, to which requests, and how often. Made step by step:
 * {@code Misbehaviour.times(3).endpoint("people-ai-push-call-activity").status(503).retryAfter("2")}. Each step gives a
 * new one.
 */
public final class Misbehaviour implements Cloneable {

    /** When a connection is closed. */
    public enum Close {
        /** Before the request's body was read: nothing is carried out. */
        BEFORE,
        /** After the request was read and carried out: the client cannot know. */
        AFTER
    }

    /** An attribute with a value, by which a record is found to be poison. */
    public record Poison(String attribute, String value) {

        public boolean isIn(JsonNode record) {
            return value.equals(RecordsOf.attribute(record, attribute));
        }

        @Override
        public String toString() {
            return attribute + "=" + value;
        }
    }

    static final int FOR_EVER = -1;
    static final int MAX_DELAY_MS = 600_000;
    private static final int UNPROCESSABLE = 422;

    private int times;
    private double share = 1;
    private String vendor;
    private String endpoint;
    private Poison poison;
    private boolean itemised;
    private int status;
    private String body;
    private String retryAfter;
    private int delayMs;
    private int slowMs;
    private Close close;

    private Misbehaviour(int times) {
        require(times == FOR_EVER || times > 0, "times must be 1 or more, or -1 for no end");
        this.times = times;
    }

    private Misbehaviour with(Consumer<Misbehaviour> step) {
        try {
            Misbehaviour next = (Misbehaviour) clone();
            step.accept(next);
            return next;
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Meets the next n requests; says nothing yet about what to do. */
    public static Misbehaviour times(int n) {
        return new Misbehaviour(n);
    }

    /** Meets every request until it is cleared. */
    public static Misbehaviour forEver() {
        return times(FOR_EVER);
    }

    /** Of the requests it is for, only this share, evenly spread: 0.05 is every twentieth. */
    public Misbehaviour share(double part) {
        require(part > 0 && part <= 1, "share must be more than 0 and at most 1");
        return with(next -> next.share = part);
    }

    /** Only requests for this vendor. */
    public Misbehaviour vendor(String name) {
        return with(next -> next.vendor = name);
    }

    /** Only requests for this endpoint. */
    public Misbehaviour endpoint(String name) {
        return with(next -> next.endpoint = name);
    }

    /**
     * Only requests that hold a record with this value of an attribute, such as {@code poison}, {@code true}; they are
     * answered with 422 unless another status is set.
     */
    public Misbehaviour poison(String attribute, String value) {
        return with(next -> {
            next.poison = new Poison(attribute, value);
            next.status = next.status == 0 ? UNPROCESSABLE : next.status;
        });
    }

    /**
     * Answers with a result for each record: {@code {"results":[{"code":…,"id":…,"message":…}]}}; id is the attribute of
     * that name. With a status 2xx the records that are not poison are carried out.
     */
    public Misbehaviour itemised() {
        return with(next -> next.itemised = true);
    }

    /** Answers with this status instead of carrying the request out; a 2xx carries out what would have been accepted. */
    public Misbehaviour status(int code) {
        require(code >= 200 && code <= 599, "status must be 200 to 599");
        return with(next -> next.status = code);
    }

    /** Answers with this status, and with this body instead of the vendor's own form of an error. */
    public Misbehaviour status(int code, String text) {
        return status(code).with(next -> next.body = text);
    }

    /** Adds a Retry-After header to an answer whose status was set. */
    public Misbehaviour retryAfter(String text) {
        require(text.chars().allMatch(c -> c >= ' ' && c <= '~'), "retryAfter must be printable ASCII");
        return with(next -> next.retryAfter = text);
    }

    /** Answers nothing for this long. The records are carried out before: a client that gives up cannot know. */
    public Misbehaviour delayMs(int ms) {
        require(isDelay(ms), "delayMs must be 0 to " + MAX_DELAY_MS);
        return with(next -> next.delayMs = ms);
    }

    /** Takes this long between the answer's head and the end of its body. */
    public Misbehaviour slowMs(int ms) {
        require(isDelay(ms), "slowMs must be 0 to " + MAX_DELAY_MS);
        return with(next -> next.slowMs = ms);
    }

    /** Closes the connection instead of answering. */
    public Misbehaviour close(Close when) {
        return with(next -> next.close = when);
    }

    boolean meets(Catalog.Match match) {
        return (vendor == null || vendor.equals(match.vendorName()))
                && (endpoint == null || match.endpoint() != null && match.endpoint().isCalled(endpoint));
    }

    /** Refuses what makes no sense together. */
    void requireSense() {
        require(status != 0 || body == null && retryAfter == null, "body and retryAfter require a status");
        require(status != 0 || delayMs != 0 || slowMs != 0 || close != null,
                "nothing to do: set status, delayMs, slowMs or close");
        require(close == null || poison == null, "close and poison cannot be combined");
        require(close == null || status == 0 && slowMs == 0,
                "close sends no response, so it cannot be combined with status or slowMs");
        require(!itemised || poison != null && body == null, "itemised requires poison and no body");
    }

    /** The same, one time less. */
    Misbehaviour used() {
        return with(next -> next.times--);
    }

    /** How many requests it meets; -1 = all until cleared. */
    int times() {
        return times;
    }

    double share() {
        return share;
    }

    /** Null = any. */
    String vendor() {
        return vendor;
    }

    /** Null = any. */
    String endpoint() {
        return endpoint;
    }

    /** Null = the records do not matter. */
    public Poison poison() {
        return poison;
    }

    public boolean isItemised() {
        return itemised;
    }

    /** 0 = the usual answer. */
    public int status() {
        return status;
    }

    /** Whether it answers with a 4xx, after which nobody expects that the request was carried out. */
    public boolean isRefusal() {
        return status >= 400 && status < 500;
    }

    /** Null = the vendor's own form of an error. */
    public String body() {
        return body;
    }

    /** Null = none. */
    public String retryAfter() {
        return retryAfter;
    }

    public int delayMs() {
        return delayMs;
    }

    public int slowMs() {
        return slowMs;
    }

    /** Null = answers. */
    public Close close() {
        return close;
    }

    static boolean isDelay(long ms) {
        return ms >= 0 && ms <= MAX_DELAY_MS;
    }

    private static void require(boolean holds, String sentence) {
        if (!holds) {
            throw new IllegalArgumentException(sentence);
        }
    }
}
