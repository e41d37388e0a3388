package dev.gtmroutes.delivery;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import dev.gtmroutes.parameter.Durations;
import org.apache.camel.Exchange;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.DefaultConnectionKeepAliveStrategy;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.util.TimeValue;

/**
 * The HTTP client of the vendor APIs. Apache HttpClient repeats requests by itself on 429, 503 and broken
 * connections, and keeps cookies that all flows would share: here the delivery alone decides what is sent again.
 */
public class DeliveryHttpClient implements HttpClientConfigurer {

    /**
     * A connection that rested longer is not used again: the server may be closing it just now, and nobody can tell
     * whether a request that meets this was carried out.
     */
    private static final TimeValue LONGEST_REST = TimeValue.ofSeconds(1);

    /** Exchange property of type {@link Cancellable}: the request that was sent last. */
    private static final String REQUEST = "GtmHttpRequest";
    /** Exchange property of type {@link AtomicReference}: who wants to know the request that was sent last. */
    private static final String FOLLOWER = "GtmHttpRequestFollower";
    /** Where camel-http leaves the exchange for those who listen to it. */
    private static final String EXCHANGE = "org.apache.camel.Exchange";

    private String connectTimeout = "10s";
    private String responseTimeout = "30s";

    /** The longest time to wait for a connection, such as {@code 10s}, or in milliseconds. */
    public void setConnectTimeout(String connectTimeout) {
        this.connectTimeout = connectTimeout;
    }

    /** The longest time in which nothing comes of an answer, such as {@code 30s}, or in milliseconds. */
    public void setResponseTimeout(String responseTimeout) {
        this.responseTimeout = responseTimeout;
    }

    /** Closes the connection on which an answer comes in. Left alone, the rest of the answer would be waited for. */
    public static void abort(Exchange exchange) {
        if (exchange.getProperty(REQUEST) instanceof Cancellable request) {
            request.cancel();
        }
    }

    /**
     * Follows what the exchange sends from now on, for those who want to close a connection from another thread. Unlike a
     * property that is set later, it is the same in the copies that Camel makes of the exchange.
     *
     * @return the request that was sent last; holds null as long as there is none
     */
    public static AtomicReference<Cancellable> follow(Exchange exchange) {
        AtomicReference<Cancellable> request = new AtomicReference<>();
        exchange.setProperty(FOLLOWER, request);
        return request;
    }

    @Override
    public void configureHttpClient(HttpClientBuilder client) {
        client.disableAutomaticRetries().disableCookieManagement().disableRedirectHandling()
                .setKeepAliveStrategy(DeliveryHttpClient::rest).setDefaultRequestConfig(timeouts())
                .addExecInterceptorFirst(REQUEST, DeliveryHttpClient::send);
    }

    private static ClassicHttpResponse send(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        if (scope.clientContext.getAttribute(EXCHANGE) instanceof Exchange exchange) {
            exchange.setProperty(REQUEST, scope.originalRequest);
            if (scope.originalRequest instanceof Cancellable sent
                    && exchange.getProperty(FOLLOWER) instanceof AtomicReference<?> follower) {
                @SuppressWarnings("unchecked") // Nobody else sets it.
                AtomicReference<Cancellable> told = (AtomicReference<Cancellable>) follower;
                told.set(sent);
            }
        }
        return chain.proceed(request, scope);
    }

    private static TimeValue rest(HttpResponse answer, HttpContext context) {
        TimeValue offered = DefaultConnectionKeepAliveStrategy.INSTANCE.getKeepAliveDuration(answer, context);
        return TimeValue.isPositive(offered) && offered.compareTo(LONGEST_REST) < 0 ? offered : LONGEST_REST;
    }

    /** Set here because camel-http's own parameters know milliseconds only. */
    @SuppressWarnings("deprecation") // Its successor is a property of the connection manager, which is Camel's.
    private RequestConfig timeouts() {
        return RequestConfig.custom()
                .setConnectTimeout(Durations.parse(connectTimeout).toMillis(), TimeUnit.MILLISECONDS)
                .setResponseTimeout(Durations.parse(responseTimeout).toMillis(), TimeUnit.MILLISECONDS)
                .build();
    }
}
