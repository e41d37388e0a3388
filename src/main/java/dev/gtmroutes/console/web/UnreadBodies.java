// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.web;

import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Discards what an answered request still sends. Quarkus pauses the body of a request until somebody reads it, so an
 * answer that comes before, an error for instance, would leave the sender stuck in the middle of its body and every
 * later request on the same connection unheard.
 */
@Singleton
public class UnreadBodies {

    private static final int BEFORE_EVERYTHING = 1000;

    private final long maxBytes;

    UnreadBodies(@ConfigProperty(name = "gtm.intake.max-bytes") MemorySize maxBytes) {
        this.maxBytes = maxBytes.asLongValue();
    }

    void register(@Observes Filters filters) {
        filters.register(this::watch, BEFORE_EVERYTHING);
    }

    private void watch(RoutingContext exchange) {
        exchange.addEndHandler(end -> discard(exchange.request()));
        exchange.next();
    }

    private void discard(HttpServerRequest request) {
        synchronized (request.connection()) {
            if (request.isEnded()) {
                return;
            }
            if (request.getHeader(HttpHeaders.EXPECT) != null && request.bytesRead() == 0) {
                // It waits to be told to go on and was told no: whether a body follows, nobody can know.
                request.connection().close();
                return;
            }
            try {
                request.handler(new Sink(request));
                request.resume();
            } catch (IllegalStateException e) {
                // It has ended just now. An exception here would keep the connection from its next request.
            }
        }
    }

    /** Takes as many bytes as a good body may have; who sends more does not listen, and is cut off. */
    private final class Sink implements Handler<Buffer> {
        private final HttpServerRequest request;
        private long left = maxBytes;

        private Sink(HttpServerRequest request) {
            this.request = request;
        }

        @Override
        public void handle(Buffer bytes) {
            left -= bytes.length();
            if (left < 0) {
                request.connection().close();
            }
        }
    }
}
