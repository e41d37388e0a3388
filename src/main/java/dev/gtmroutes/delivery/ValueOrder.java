// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.delivery;

import java.util.HashMap;
import java.util.Map;

/**
 * Keeps records that are equal in {@code orderBy} in order: an aggregate is sent when those before it that hold one of
 * its values have ended, however long they are retried. Aggregates that share no value do not wait for each other.
 */
final class ValueOrder {

    /** How often a wait looks whether the flow still runs. */
    private static final long STOP_CHECK_MILLIS = 100;

    private final Map<String, RequestQueue> newest = new HashMap<>();

    /** The aggregate will be sent after all those that entered before. To be called in the order of the records. */
    synchronized void enter(RequestQueue aggregate) {
        for (String each : aggregate.orders()) {
            RequestQueue before = newest.put(each, aggregate);
            if (before != null) {
                aggregate.before().add(before);
            }
        }
    }

    /**
     * Waits until it is this one's turn.
     *
     * @return false if the flow was stopped meanwhile, or if records before it went back to their source: they will come
     *         again, so this one has to come again after them
     */
    synchronized boolean await(RequestQueue aggregate) throws InterruptedException {
        boolean overtaking = false;
        while (!aggregate.before().isEmpty() && aggregate.running()) {
            overtaking |= aggregate.before().stream().anyMatch(each -> each.ended() && each.failed());
            aggregate.before().removeIf(RequestQueue::ended);
            if (!aggregate.before().isEmpty()) {
                wait(STOP_CHECK_MILLIS);
            }
        }
        return !overtaking && aggregate.before().isEmpty();
    }

    /** The aggregate has ended, in whatever way. */
    synchronized void leave(RequestQueue aggregate) {
        aggregate.end();
        aggregate.orders().forEach(each -> newest.remove(each, aggregate));
        notifyAll();
    }
}
