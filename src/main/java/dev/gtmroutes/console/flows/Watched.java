// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.flows;

import java.io.IOException;
import java.time.Duration;

/**
 * Something that takes a while to look up, and that many people follow. While it is asked for, a thread of its own looks it
 * up every two seconds, so that nobody waits for it.
 */
final class Watched<T> {

    /** Looks it up. */
    interface Lookup<T> {
        T look() throws IOException;
    }

    private static final long EVERY_MILLIS = 2000;
    private static final long OLD_NANOS = Duration.ofSeconds(6).toNanos();
    private static final long UNASKED_NANOS = Duration.ofSeconds(15).toNanos();

    private final String thread;
    private final Lookup<T> lookup;
    private T known;
    private long knownSince;
    private long asked;
    /** How often it was said that what is known is not true any more. */
    private long changes;
    private boolean isFollowed;

    Watched(String thread, Lookup<T> lookup) {
        this.thread = thread;
        this.lookup = lookup;
    }

    /** As it was two seconds ago, or later; if nobody has asked for a while, as it is now. */
    synchronized T get() throws IOException {
        asked = System.nanoTime();
        if (known == null || asked - knownSince > OLD_NANOS) {
            known = lookup.look();
            knownSince = System.nanoTime();
        }
        if (!isFollowed) {
            isFollowed = true;
            Thread follower = new Thread(this::follow, thread);
            follower.setDaemon(true);
            follower.start();
        }
        return known;
    }

    /** What is known is not true any more. */
    synchronized void changed() {
        known = null;
        changes++;
    }

    private void follow() {
        try {
            do {
                Thread.sleep(EVERY_MILLIS);
            } while (look());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** @return whether somebody still asks for it */
    private boolean look() {
        long before;
        synchronized (this) {
            isFollowed = System.nanoTime() - asked < UNASKED_NANOS;
            before = changes;
            if (!isFollowed) {
                return false;
            }
        }
        T found = null;
        try {
            found = lookup.look();
        } catch (IOException | RuntimeException e) {
            // The next one who asks is told.
            found = null;
        }
        synchronized (this) {
            if (changes == before) {
                known = found;
                knownSince = System.nanoTime();
            }
        }
        return true;
    }
}
