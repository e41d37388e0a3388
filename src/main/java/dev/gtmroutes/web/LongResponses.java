// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.web;

import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.ServiceUnavailableException;

/**
 * Responses that are written while they are read from the disk. Each has a thread for as long as its client reads, and the
 * intake needs threads, too: so only so many clients may read at a time.
 */
@Singleton
public class LongResponses {

    static final int MOST = 20;

    private static final long RETRY_SECONDS = 10;

    private final Semaphore places = new Semaphore(MOST);

    /**
     * Begins the response to a request. It counts until it has ended or its client is gone.
     *
     * @throws ServiceUnavailableException if there are as many as there may be
     */
    public void begin(RoutingContext http) {
        if (!places.tryAcquire()) {
            throw new ServiceUnavailableException(
                    "The program is sending " + MOST + " exports, as many as it sends at once. "
                            + "Try again when one of them is complete.",
                    RETRY_SECONDS);
        }
        AtomicBoolean isOver = new AtomicBoolean();
        http.addEndHandler(end -> end(isOver));
        if (http.response().closed()) {
            // It was before, and this is not told again.
            end(isOver);
        }
    }

    private void end(AtomicBoolean isOver) {
        if (isOver.compareAndSet(false, true)) {
            places.release();
        }
    }
}
