// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.sandbox.faults;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

import dev.gtmroutes.sandbox.catalogue.Catalog;
import dev.gtmroutes.sandbox.server.Arrival;

/** The misbehaviours that are still to come, and the latency of every request. */
public final class Misbehaviours {

    private static final int MAX_WAITING = 1000;

    private final Catalog catalog;
    private final List<Misbehaviour> waiting = new ArrayList<>();
    /** How much of a request those with a share have let pass since they met one. */
    private final Map<Misbehaviour, Double> due = new IdentityHashMap<>();
    // Read without the lock: nearly every request of a benchmark meets none.
    private volatile boolean any;
    private volatile int latencyMs;

    public Misbehaviours(Catalog catalog) {
        this.catalog = catalog;
    }

    public synchronized void add(Misbehaviour misbehaviour) {
        misbehaviour.requireSense();
        if (misbehaviour.vendor() != null) {
            catalog.vendor(misbehaviour.vendor());
        }
        if (misbehaviour.endpoint() != null) {
            catalog.requireEndpoint(misbehaviour.endpoint());
        }
        if (waiting.size() == MAX_WAITING) {
            throw new IllegalArgumentException("there are " + MAX_WAITING + " misbehaviours waiting already");
        }
        waiting.add(misbehaviour);
        any = true;
    }

    /**
     * The misbehaviour this request meets, which is used up by that; null = none. Those with a count come first, in
     * the order they were added; then the newest of those that hold for ever. Those about poison are left aside.
     */
    public Misbehaviour take(Catalog.Match match) {
        return any ? takeOne(match, misbehaviour -> misbehaviour.poison() == null) : null;
    }

    /** The same among those about poison. */
    public Misbehaviour take(Arrival arrival) {
        return any && arrival.match().endpoint() != null
                ? takeOne(arrival.match(), misbehaviour -> arrival.holds(misbehaviour.poison())) : null;
    }

    private synchronized Misbehaviour takeOne(Catalog.Match match, Predicate<Misbehaviour> condition) {
        Misbehaviour standing = null;
        for (int i = 0; i < waiting.size(); i++) {
            Misbehaviour candidate = waiting.get(i);
            if (candidate.meets(match) && condition.test(candidate) && isDue(candidate)) {
                if (candidate.times() != Misbehaviour.FOR_EVER) {
                    use(i);
                    return candidate;
                }
                standing = candidate;
            }
        }
        return standing;
    }

    private boolean isDue(Misbehaviour candidate) {
        // The tiny addend makes up for what adding up a share such as 0.1 loses.
        double sum = due.getOrDefault(candidate, 0.0) + candidate.share() + 1e-9;
        due.put(candidate, sum >= 1 ? sum - 1 : sum);
        return sum >= 1;
    }

    private void use(int i) {
        Misbehaviour used = waiting.get(i);
        Double left = due.remove(used);
        if (used.times() == 1) {
            waiting.remove(i);
            any = !waiting.isEmpty();
        } else {
            waiting.set(i, used.used());
            due.put(waiting.get(i), left);
        }
    }

    /** Those still to come, with the times that are left. */
    public synchronized List<Misbehaviour> waiting() {
        return List.copyOf(waiting);
    }

    public int latencyMs() {
        return latencyMs;
    }

    public void latencyMs(int ms) {
        if (!Misbehaviour.isDelay(ms)) {
            throw new IllegalArgumentException("latencyMs must be 0 to " + Misbehaviour.MAX_DELAY_MS);
        }
        latencyMs = ms;
    }

    public synchronized void clear() {
        waiting.clear();
        due.clear();
        any = false;
        latencyMs = 0;
    }
}
