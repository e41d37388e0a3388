package dev.gtmroutes.sandbox;

/**
 * What the sandbox does wrong, to which requests, and how often. Made step by step:
 * {@code Misbehaviour.times(3).endpoint("people-ai-push-call-activity").status(503).retryAfter("2")}.
 *
 * @param times      how many requests it meets; -1 = all until cleared
 * @param vendor     only requests for this vendor; null = any
 * @param endpoint   only requests for this endpoint; null = any
 * @param status     what is answered instead of carrying the request out; 0 = the usual answer. A 2xx carries out a
 *                   request that the vendor would have accepted
 * @param body       the body of that answer, as it is; null = the vendor's own form of an error
 * @param retryAfter the Retry-After header of that answer; null = none
 * @param delayMs    how long nothing is answered. The records are carried out before the delay, so that a client
 *                   that gives up waiting cannot know
 * @param slowMs     how long the answer's body takes after its head
 * @param close      closes the connection instead of answering; null = answers
 */
public record Misbehaviour(int times, String vendor, String endpoint, int status, String body, String retryAfter,
        int delayMs, int slowMs, Close close) {

    /** When a connection is closed. */
    public enum Close {
        /** Before the request's body was read: nothing is carried out. */
        BEFORE,
        /** After the request was read and carried out: the client cannot know. */
        AFTER
    }

    static final int FOR_EVER = -1;
    static final int MAX_DELAY_MS = 600_000;

    /** Refuses values out of range. */
    public Misbehaviour {
        require(times == FOR_EVER || times > 0, "times must be 1 or more, or -1 for ever");
        require(status == 0 || status >= 200 && status <= 599, "status must be 200 to 599");
        require(isDelay(delayMs), "delayMs must be 0 to " + MAX_DELAY_MS);
        require(isDelay(slowMs), "slowMs must be 0 to " + MAX_DELAY_MS);
        require(retryAfter == null || retryAfter.chars().allMatch(c -> c >= ' ' && c <= '~'),
                "retryAfter must be printable ASCII");
    }

    /** Meets the next n requests; says nothing yet about what to do. */
    public static Misbehaviour times(int n) {
        return new Misbehaviour(n, null, null, 0, null, null, 0, 0, null);
    }

    /** Meets every request until it is cleared. */
    public static Misbehaviour forEver() {
        return times(FOR_EVER);
    }

    /** Only requests for this vendor. */
    public Misbehaviour vendor(String name) {
        return new Misbehaviour(times, name, endpoint, status, body, retryAfter, delayMs, slowMs, close);
    }

    /** Only requests for this endpoint. */
    public Misbehaviour endpoint(String name) {
        return new Misbehaviour(times, vendor, name, status, body, retryAfter, delayMs, slowMs, close);
    }

    /** Answers with this status. */
    public Misbehaviour status(int code) {
        return new Misbehaviour(times, vendor, endpoint, code, body, retryAfter, delayMs, slowMs, close);
    }

    /** Answers with this status and body. */
    public Misbehaviour status(int code, String text) {
        return new Misbehaviour(times, vendor, endpoint, code, text, retryAfter, delayMs, slowMs, close);
    }

    /** Adds a Retry-After header to an answer whose status was set. */
    public Misbehaviour retryAfter(String text) {
        return new Misbehaviour(times, vendor, endpoint, status, body, text, delayMs, slowMs, close);
    }

    /** Answers nothing for this long. */
    public Misbehaviour delayMs(int ms) {
        return new Misbehaviour(times, vendor, endpoint, status, body, retryAfter, ms, slowMs, close);
    }

    /** Takes this long between the answer's head and the end of its body. */
    public Misbehaviour slowMs(int ms) {
        return new Misbehaviour(times, vendor, endpoint, status, body, retryAfter, delayMs, ms, close);
    }

    /** Closes the connection instead of answering. */
    public Misbehaviour close(Close when) {
        return new Misbehaviour(times, vendor, endpoint, status, body, retryAfter, delayMs, slowMs, when);
    }

    boolean meets(Catalog.Match match) {
        return (vendor == null || vendor.equals(match.vendorName()))
                && (endpoint == null || endpoint.equals(match.endpointName()));
    }

    /** Refuses what makes no sense together. */
    void requireSense() {
        require(status != 0 || body == null && retryAfter == null, "body and retryAfter need a status");
        require(status != 0 || delayMs != 0 || slowMs != 0 || close != null,
                "nothing to do: give status, delayMs, slowMs or close");
        require(close == null || status == 0 && slowMs == 0,
                "close answers nothing: it goes with neither status nor slowMs");
    }

    /** The same, one time less. */
    Misbehaviour used() {
        return new Misbehaviour(times - 1, vendor, endpoint, status, body, retryAfter, delayMs, slowMs, close);
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
