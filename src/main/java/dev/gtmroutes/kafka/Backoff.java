package dev.gtmroutes.kafka;

/** How long to wait before something that failed is tried again: each time in a row twice as long. For one thread. */
final class Backoff {

    private final long first;
    private final long longest;
    private long next;

    /** In milliseconds. */
    Backoff(long first, long longest) {
        this.first = first;
        this.longest = longest;
        this.next = first;
    }

    /** It failed. @return the milliseconds to wait now */
    long failed() {
        long now = next;
        next = Math.min(longest, 2 * next);
        return now;
    }

    /** It did well. */
    void worked() {
        next = first;
    }
}
