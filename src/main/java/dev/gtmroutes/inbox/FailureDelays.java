// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.inbox;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

import dev.gtmroutes.api.Backoff;

/** How long to leave something alone that failed: each time in a row twice as long. Safe for use by many threads. */
public final class FailureDelays<K> {

    private final Map<K, Wait> waits = new ConcurrentHashMap<>();
    private final int most;
    private final LongSupplier nanos;
    private volatile Backoff backoff = new Backoff(Duration.ofSeconds(5), Duration.ofMinutes(5));

    /**
     * @param length how long to wait
     * @param until  until when, as System.nanoTime says: a clock that is set, or a machine that slept, must not end it
     * @param shown  until when, for a person
     * @param why    what went wrong, as one line
     * @param isNews whether it did not go wrong for the same reason before
     */
    public record Wait(Duration length, long until, Instant shown, String why, boolean isNews) {
    }

    public FailureDelays() {
        this(Integer.MAX_VALUE, System::nanoTime);
    }

    /**
     * @param most  while so many wait, all others wait as well: what fails each time must not fill the memory
     * @param nanos as System.nanoTime
     */
    FailureDelays(int most, LongSupplier nanos) {
        this.most = most;
        this.nanos = nanos;
    }

    /** The longest wait. */
    public void setMost(Duration most) {
        backoff = new Backoff(backoff.first(), most);
    }

    /** Begins a wait. */
    public Wait failed(K what, String why) {
        return failed(what, why, null);
    }

    /**
     * Begins a wait.
     *
     * @param asked how long the API asks to be left alone, null if it does not; no longer than the longest wait
     */
    public Wait failed(K what, String why, Duration asked) {
        return waits.compute(what, (each, last) -> {
            Duration length = last == null ? min(backoff.first(), backoff.longest()) : backoff.after(last.length);
            if (asked != null && asked.compareTo(length) > 0) {
                length = min(asked, backoff.longest());
            }
            return new Wait(length, nanos.getAsLong() + length.toNanos(), Instant.now().plus(length), why,
                    last == null || !last.why.equals(why));
        });
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /** Whether it has to wait: because it failed, or because too many others did. */
    public boolean isWaiting(K what) {
        Wait wait = waits.get(what);
        return wait == null ? waits.size() >= most : nanos.getAsLong() - wait.until < 0;
    }

    /** The wait that it is in, or whose end it has still to use; empty if it did well. */
    public Optional<Wait> last(K what) {
        return Optional.ofNullable(waits.get(what));
    }

    /** It did well. @return whether it had failed before */
    public boolean worked(K what) {
        return waits.remove(what) != null;
    }

    /** Forgets all but these. */
    void keepOnly(Set<K> present) {
        waits.keySet().retainAll(present);
    }

    /** Whoever starts a flow again wants to see at once whether it works now. */
    public void forgetAll() {
        waits.clear();
    }
}
