package dev.gtmroutes.peopleai;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** How long to leave something alone that failed: each time in a row twice as long. Safe for use by many threads. */
final class Waits<K> {

    private static final Duration FIRST = Duration.ofSeconds(5);

    private final Map<K, Wait> waits = new ConcurrentHashMap<>();
    private final Clock clock;
    private volatile Duration most = Duration.ofMinutes(5);

    /**
     * @param length how long to wait
     * @param until  until when
     * @param why    what went wrong, as one line
     * @param isNews whether it did not go wrong for the same reason before
     */
    record Wait(Duration length, Instant until, String why, boolean isNews) {
    }

    Waits(Clock clock) {
        this.clock = clock;
    }

    /** The longest wait. */
    void setMost(Duration most) {
        this.most = most;
    }

    /** Begins a wait. */
    Wait failed(K what, String why) {
        return waits.compute(what, (each, last) -> {
            Duration next = last == null ? FIRST : last.length.multipliedBy(2);
            Duration length = next.compareTo(most) < 0 ? next : most;
            return new Wait(length, clock.instant().plus(length), why, last == null || !last.why.equals(why));
        });
    }

    boolean isWaiting(K what) {
        Wait wait = waits.get(what);
        return wait != null && clock.instant().isBefore(wait.until);
    }

    /** The wait that it is in, or whose end it has still to use; empty if it did well. */
    Optional<Wait> last(K what) {
        return Optional.ofNullable(waits.get(what));
    }

    /** It did well. @return whether it had failed before */
    boolean worked(K what) {
        return waits.remove(what) != null;
    }

    /** Whoever starts a flow again wants to see at once whether it works now. */
    void forgetAll() {
        waits.clear();
    }
}
