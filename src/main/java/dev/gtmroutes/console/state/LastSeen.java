// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.state;

import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;

/**
 * Something that is looked at at most every two seconds, however many pages show it. The disk may be a share that does not
 * answer: while one thread looks again, all others take what was seen before.
 *
 * @param <T> what is seen
 */
public final class LastSeen<T> {

    private record Seen<T>(T value, long at) {

        boolean isFresh() {
            return System.nanoTime() - at < FRESH_NANOS;
        }
    }

    private static final long FRESH_NANOS = Duration.ofSeconds(2).toNanos();

    private final UnaryOperator<T> look;
    private final ReentrantLock looking = new ReentrantLock();
    private volatile Seen<T> last;

    /** @param look gets what was seen before, null for nothing; one thread at a time */
    public LastSeen(UnaryOperator<T> look) {
        this.look = look;
    }

    /** What there was two seconds ago, or later. While nothing is known, all threads wait for the first look. */
    public T now() {
        Seen<T> known = last;
        if (known != null && (known.isFresh() || !looking.tryLock())) {
            return known.value;
        }
        if (known == null) {
            looking.lock();
        }
        try {
            if (last == known) {
                last = new Seen<>(look.apply(known == null ? null : known.value), System.nanoTime());
            }
            return last.value;
        } finally {
            looking.unlock();
        }
    }
}
