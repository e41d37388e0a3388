// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.web;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import dev.gtmroutes.flow.settings.DurationSetting;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Ends requests whose bodies arrive too slowly: below a rate after a first time without one, or for too long in total. */
@Singleton
public class SlowSenders {

    private static final Logger LOG = Logger.getLogger(SlowSenders.class);
    /** Before the log-in, which reads its form itself. */
    private static final int EARLY = 950;
    private static final long CHECK_MILLIS = 500;
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final Set<Exchange> exchanges = ConcurrentHashMap.newKeySet();
    private final long mostNanos;
    private final long graceNanos;
    private final long leastRate;
    private final String refusal;

    SlowSenders(@ConfigProperty(name = "gtm.http.upload-time") String time,
            @ConfigProperty(name = "gtm.http.upload-rate") MemorySize rate) {
        Duration most = DurationSetting.parse("gtm.http.upload-time", time);
        mostNanos = most.toNanos();
        graceNanos = Math.min(mostNanos, GRACE.toNanos());
        leastRate = rate.asLongValue();
        refusal = "The body arrived too slowly: it must be complete within gtm.http.upload-time (" + time
                + "), and after " + GRACE.toSeconds() + " seconds have at least the rate gtm.http.upload-rate (" + leastRate
                + " bytes a second). Nothing of this request was saved.";
    }

    void register(@Observes Filters filters) {
        filters.register(this::watch, EARLY);
    }

    void start(@Observes StartupEvent started, Vertx vertx) {
        vertx.setPeriodic(CHECK_MILLIS, tick -> exchanges.forEach(this::check));
    }

    private void watch(RoutingContext http) {
        if (RequestBodies.hasBody(http.request())) {
            Exchange exchange = new Exchange(http, Vertx.currentContext());
            exchanges.add(exchange);
            http.addEndHandler(end -> {
                if (end.failed() || http.request().isEnded()) {
                    exchanges.remove(exchange);
                }
            });
        }
        http.next();
    }

    private void check(Exchange exchange) {
        try {
            ArrivingBody body = ArrivingBody.of(exchange.http);
            if (exchange.http.request().isEnded() || body != null && body.isWhole()) {
                exchanges.remove(exchange);
            } else if (isTooSlow(exchange)) {
                exchange.context.runOnContext(end -> end(exchange));
            }
        } catch (Throwable e) {
            // All requests depend on this timer.
            LOG.errorf("A request could not be watched: %s", e);
        }
    }

    private boolean isTooSlow(Exchange exchange) {
        ArrivingBody body = ArrivingBody.of(exchange.http);
        long now = System.nanoTime();
        if (body != null && body.isHeld() && !exchange.http.response().ended()) {
            // The sender waits for this program, for a disk for instance.
            exchange.started += now - exchange.checked;
        }
        exchange.checked = now;
        long nanos = now - exchange.started;
        double least = (double) (nanos - graceNanos) / TimeUnit.SECONDS.toNanos(1) * leastRate;
        return nanos > mostNanos || exchange.http.request().bytesRead() < least;
    }

    private void end(Exchange exchange) {
        HttpServerResponse response = exchange.http.response();
        if (response.closed()) {
            exchanges.remove(exchange);
        } else if (response.headWritten()) {
            exchanges.remove(exchange);
            if (exchange.http.request().version() == HttpVersion.HTTP_2) {
                response.reset();
            } else {
                exchange.http.request().connection().close();
            }
        } else {
            ArrivingBody body = ArrivingBody.of(exchange.http);
            boolean isAnswered = body != null && body.fail(new SlowSenderException(refusal));
            if (!isAnswered) {
                ErrorAnswer.send(exchange.http, 408, refusal);
            }
        }
    }

    /** A request whose body is not complete. */
    private static final class Exchange {
        private final RoutingContext http;
        private final Context context;
        private long started = System.nanoTime();
        private long checked = started;

        private Exchange(RoutingContext http, Context context) {
            this.http = http;
            this.context = context;
        }
    }
}
