// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.delivery;

import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;

import dev.gtmroutes.thread.OutOfMemory;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends at most {@code max} requests at a time, on its own threads. {@code execute} blocks while that many are under
 * way, which is the back-pressure of the whole flow: nothing queues up between the source and the destination.
 *
 * <p>Where records are kept in order by a value, some more aggregates than that may be there: those that wait for their
 * turn or for another attempt leave their place to others.
 *
 * <p>It must never run a task on the caller's thread: the caller is the splitter's reactive loop, where each request
 * would nest the next one inside itself until the stack overflows.
 */
public class InFlight extends OwnThreads implements CamelContextAware {

    private static final Logger LOG = LoggerFactory.getLogger(InFlight.class);
    private static final String CONNECTIONS = "camel.component.https.connections-per-route";
    /** So many aggregates may wait for those before them, so that other values go on. Each is up to a request in memory. */
    private static final int MOST_WAITING = 32;

    private final AtomicInteger working = new AtomicInteger();
    private final ValueOrder order = new ValueOrder();
    private final ThreadLocal<RequestQueue> current = new ThreadLocal<>();
    private CamelContext camel;
    private int max = 4;
    private boolean ordered;
    private Semaphore admitted;
    private Semaphore places;

    public InFlight() {
        super("gtm-request", 0, Integer.MAX_VALUE, new SynchronousQueue<>(), new ThreadPoolExecutor.AbortPolicy());
        limit();
    }

    /** The most requests under way at a time, at least 1. To be set before the first request. */
    public void setMaxInFlight(int max) {
        if (max < 1) {
            throw new IllegalArgumentException("maxInFlight is " + max + "; it must be at least 1");
        }
        this.max = max;
        limit();
    }

    /**
     * To be called once the properties are set, as the route is being made.
     *
     * @throws IllegalArgumentException if there are not so many connections; the message says which setting allows more
     */
    public void routeMade() {
        Optional<Integer> connections = camel.getPropertiesComponent().resolveProperty(CONNECTIONS).map(String::strip)
                .filter(each -> each.matches("\\d{1,9}")).map(Integer::valueOf);
        if (connections.isPresent() && max > connections.get()) {
            throw new IllegalArgumentException("maxInFlight is " + max + ", and the program opens at most "
                    + connections.get() + " connections to a host. Enter at most " + connections.get()
                    + ", or increase the setting " + CONNECTIONS);
        }
    }

    @Override
    public CamelContext getCamelContext() {
        return camel;
    }

    @Override
    public void setCamelContext(CamelContext camel) {
        this.camel = camel;
    }

    /** Attributes by whose values records are kept in order; blank for none. To be set before the first request. */
    public void setOrderBy(String orderBy) {
        ordered = !orderBy.isBlank();
        limit();
    }

    private void limit() {
        admitted = new Semaphore(ordered ? max + MOST_WAITING : max);
        places = new Semaphore(max);
    }

    /** Whether any aggregate is being worked on now. */
    boolean isSending() {
        return working.get() > 0;
    }

    /** Notes the aggregate's place in the order. To be called in the order of the records. */
    void enter(RequestQueue aggregate) {
        order.enter(aggregate);
    }

    /** The aggregate is over, in whatever way. */
    void leave(RequestQueue aggregate) {
        release(aggregate);
        order.leave(aggregate);
    }

    /**
     * Waits for the aggregate's turn and for a place.
     *
     * @return false if it must not be sent: the flow was stopped, or records that come before it went back
     */
    boolean acquire(RequestQueue aggregate) throws InterruptedException {
        current.set(aggregate);
        if (!order.await(aggregate)) {
            return false;
        }
        places.acquire();
        aggregate.sendingNow(true);
        aggregate.chunk().destination().tally().inFlight(1);
        return true;
    }

    /** Gives the aggregate's place to another one, if it has one. */
    public void release(RequestQueue aggregate) {
        if (aggregate.sendingNow()) {
            aggregate.sendingNow(false);
            aggregate.chunk().destination().tally().inFlight(-1);
            places.release();
        }
    }

    private void giveUp(RequestQueue aggregate, Throwable failure) {
        if (aggregate != null) {
            aggregate.abandon("a request ended unexpectedly: " + failure, new IllegalStateException(failure));
            leave(aggregate);
        }
    }

    /** Runs what is no request: on a thread of its own, so that it may wait for a request to end. */
    void aside(Runnable task) {
        threads.execute(task);
    }

    @Override
    public void execute(Runnable task) {
        try {
            admitted.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RejectedExecutionException("interrupted while waiting for a request to finish", e);
        }
        try {
            threads.execute(() -> {
                working.incrementAndGet();
                try {
                    task.run();
                } catch (Throwable e) {
                    OutOfMemory.check(e);
                    // An Error, such as a heap that is too small: the flow must not end with it.
                    LOG.error("A request ended unexpectedly: {}", e.toString());
                    giveUp(current.get(), e);
                } finally {
                    current.remove();
                    working.decrementAndGet();
                    admitted.release();
                }
            });
        } catch (RejectedExecutionException e) {
            admitted.release();
            throw e;
        }
    }
}
