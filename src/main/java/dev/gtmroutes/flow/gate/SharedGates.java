// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.flow.gate;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.gtmroutes.api.ApiRequest;
import dev.gtmroutes.api.NotSentException;
import dev.gtmroutes.delivery.sample.SamplePayloads;
import org.apache.camel.AsyncCallback;
import org.apache.camel.AsyncProducer;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.component.kamelet.KameletEndpoint;
import org.apache.camel.processor.DefaultInternalProcessorFactory;
import org.apache.camel.spi.InternalProcessorFactory;
import org.apache.camel.support.DefaultAsyncProducer;
import org.apache.camel.support.service.ServiceHelper;

/**
 * Has the steps of all routes that call a shared one pass its gate. Camel itself lets them wait for a route that is not
 * there, but only one request of each step: it notes that it has looked before it waits, and the others of that step go on
 * into the old route.
 */
public final class SharedGates extends DefaultInternalProcessorFactory {

    private final Map<String, SharedGate> byRoute = new ConcurrentHashMap<>();

    /** To be called before the first route is made. */
    public void use(CamelContext camel) {
        camel.getCamelContextExtension().addContextPlugin(InternalProcessorFactory.class, this);
    }

    /** What those pass that call this route. */
    public SharedGate of(KameletEndpoint shared) {
        return byRoute.computeIfAbsent(shared.getRouteId(), id -> new SharedGate());
    }

    /** Routes of flows have a colon in their ids, and those of previews go by themselves. */
    public static boolean isShared(KameletEndpoint endpoint) {
        // The end inside the Kamelet is an endpoint as well, but has no properties.
        return endpoint.getKameletProperties().containsKey("uuid") && !endpoint.getRouteId().contains(":")
                && !endpoint.getRouteId().startsWith(SamplePayloads.PREVIEW_ROUTE);
    }

    @Override
    public AsyncProducer createAsyncProducer(Endpoint endpoint) throws Exception {
        return endpoint instanceof KameletEndpoint kamelet && isShared(kamelet) ? new Caller(kamelet, of(kamelet))
                : super.createAsyncProducer(endpoint);
    }

    /** What a step calls the route by. */
    private static final class Caller extends DefaultAsyncProducer {

        private final KameletEndpoint endpoint;
        private final SharedGate gate;
        private AsyncProducer producer;
        private int version;

        Caller(KameletEndpoint endpoint, SharedGate gate) {
            super(endpoint);
            this.endpoint = endpoint;
            this.gate = gate;
        }

        @Override
        public boolean process(Exchange exchange, AsyncCallback callback) {
            try {
                int route = gate.enter(() -> isWanted(exchange), Duration.ofMillis(endpoint.getTimeout()));
                AtomicBoolean left = new AtomicBoolean();
                AsyncCallback leaving = done -> {
                    if (!left.getAndSet(true)) {
                        gate.leave();
                    }
                    callback.done(done);
                };
                try {
                    return producer(route).process(exchange, leaving);
                } catch (Exception e) {
                    exchange.setException(e);
                    leaving.done(true);
                    return true;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                exchange.setException(new NotSentException("not sent: interrupted while the request waited for the new "
                        + "version of its vendor API", e));
            } catch (NotSentException e) {
                exchange.setException(e);
            }
            callback.done(true);
            return true;
        }

        private boolean isWanted(Exchange exchange) {
            return isRunAllowed() && !(exchange.getMessage().getBody() instanceof ApiRequest request
                    && !request.running().getAsBoolean());
        }

        /** One for each route: Camel's own may take another thread's look at the routes for its own. */
        private synchronized AsyncProducer producer(int route) throws Exception {
            if (producer == null || version != route) {
                ServiceHelper.stopService(producer);
                producer = endpoint.createAsyncProducer();
                ServiceHelper.startService(producer);
                version = route;
            }
            return producer;
        }

        @Override
        protected synchronized void doStop() throws Exception {
            super.doStop();
            ServiceHelper.stopService(producer);
            producer = null;
        }
    }
}
