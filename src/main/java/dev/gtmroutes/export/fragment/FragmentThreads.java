// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.export.fragment;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads on which fragments are fetched and handed on, as many as may be under way at a time. Nobody closes the beans
 * of a Kamelet, so they are daemons and end after a few idle seconds.
 */
public class FragmentThreads extends ThreadPoolExecutor {

    private static final int IDLE_SECONDS = 5;
    private static final AtomicInteger COUNT = new AtomicInteger();

    /** One thread, until {@link #setParallelFragments} is called. */
    public FragmentThreads() {
        super(1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
            Thread thread = new Thread(task, "gtm-fragment-" + COUNT.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        allowCoreThreadTimeOut(true);
    }

    /** The most fragments under way at a time, at least 1. */
    public void setParallelFragments(int most) {
        if (most < 1) {
            throw new IllegalArgumentException("parallelFragments is " + most + "; it must be at least 1");
        }
        setMaximumPoolSize(most);
        setCorePoolSize(most);
    }
}
