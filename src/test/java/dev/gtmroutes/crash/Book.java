// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.crash;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/**
 * What a destination writes down of the requests it gets. For any number of threads.
 *
 * @param <I> what tells a record from all others
 */
public final class Book<I> {

    private final Predicate<String> knownFlow;
    private final List<Arrived<I>> arrived = new ArrayList<>();
    private final Map<String, AtomicInteger> underWay = new ConcurrentHashMap<>();
    private final Map<String, Integer> mostUnderWay = new ConcurrentHashMap<>();
    private final AtomicInteger strangers = new AtomicInteger();

    /** @param knownFlow which flows there are */
    public Book(Predicate<String> knownFlow) {
        this.knownFlow = knownFlow;
    }

    /** A request begins. */
    public void begin(int run, String flow) {
        if (run < 0 || !knownFlow.test(flow)) {
            strangers.incrementAndGet();
        }
        mostUnderWay.merge(flow, count(run, flow).incrementAndGet(), Math::max);
    }

    /** The last moment at which the program cannot yet send another one in its place. */
    public void end(int run, String flow) {
        count(run, flow).decrementAndGet();
    }

    private AtomicInteger count(int run, String flow) {
        return underWay.computeIfAbsent(flow + " " + run, any -> new AtomicInteger());
    }

    /** A request was read. */
    public synchronized Arrived<I> note(int run, String flow, List<I> ids) {
        Arrived<I> request = new Arrived<>(run, flow, ids, arrived.size());
        arrived.add(request);
        return request;
    }

    /** The webhook has heard of a response. */
    public synchronized void told(int answer) {
        arrived.get(answer).told = true;
    }

    /** Every request that was read, in the order of arrival. */
    public synchronized List<Arrived<I>> arrived() {
        return List.copyOf(arrived);
    }

    /** By flow: the maximum number of requests of one run that were under way at a time. */
    public Map<String, Integer> mostUnderWay() {
        return mostUnderWay;
    }

    /** Requests without the credential of a run, or to nowhere. */
    public int strangers() {
        return strangers.get();
    }
}
