// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.api;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.concurrent.TimeUnit;

import dev.gtmroutes.parameter.Durations;
import dev.gtmroutes.parameter.KameletBean;
import org.apache.camel.Exchange;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.entity.DeflateInputStream;
import org.apache.hc.client5.http.entity.InputStreamFactory;
import org.apache.hc.client5.http.impl.DefaultConnectionKeepAliveStrategy;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.util.TimeValue;

/**
 * The HTTP client of the vendor APIs. Apache HttpClient repeats requests by itself on 429, 503 and broken
 * connections, and keeps cookies that all flows would share: here the delivery alone decides what is sent again.
 */
public class ApiHttpClient extends KameletBean implements HttpClientConfigurer {

    /**
     * A connection that rested longer is not used again: the server may be closing it just now, and nobody can tell
     * whether a request that meets this was carried out.
     */
    private static final TimeValue LONGEST_REST = TimeValue.ofSeconds(1);

    private static final String INTERCEPTOR = "gtm-call";
    /** Where camel-http leaves the exchange for those who listen to it. */
    private static final String EXCHANGE = "org.apache.camel.Exchange";

    private String connectTimeout = "10s";
    private String responseTimeout = "30s";
    private String requestTimeout = "2m";

    /** The longest time to wait for a connection, such as {@code 10s}, or in milliseconds. */
    public void setConnectTimeout(String connectTimeout) {
        this.connectTimeout = connectTimeout;
    }

    /** The longest time in which nothing comes of an answer, such as {@code 30s}, or in milliseconds. */
    public void setResponseTimeout(String responseTimeout) {
        this.responseTimeout = responseTimeout;
    }

    /** The longest time for a whole exchange, from the connection to the answer's last byte, such as {@code 2m}. */
    public void setRequestTimeout(String requestTimeout) {
        this.requestTimeout = requestTimeout;
    }

    @Override
    public void configureHttpClient(HttpClientBuilder client) {
        client.setConnectionManager(ApiConnections.of(camel, Durations.parse(connectTimeout)))
                .disableAutomaticRetries().disableCookieManagement().disableRedirectHandling()
                .setKeepAliveStrategy(ApiHttpClient::rest).setDefaultRequestConfig(timeouts())
                .setContentDecoderRegistry(encodings())
                .addExecInterceptorFirst(INTERCEPTOR, sender(Durations.parse(requestTimeout)));
    }

    /** The encodings of bodies that vendors may use; the same wherever the program runs, whatever libraries are there. */
    private static LinkedHashMap<String, InputStreamFactory> encodings() {
        LinkedHashMap<String, InputStreamFactory> encodings = new LinkedHashMap<>();
        encodings.put("gzip", GzipBody::new);
        encodings.put("deflate", DeflateInputStream::new);
        encodings.put("x-gzip", GzipBody::new);
        return encodings;
    }

    private static ExecChainHandler sender(Duration limit) {
        return (request, scope, chain) -> {
            DemoLimit.check(scope.route.getTargetHost().getHostName());
            HttpCall call = null;
            if (scope.clientContext.getAttribute(EXCHANGE) instanceof Exchange exchange
                    && scope.originalRequest instanceof Cancellable connection) {
                call = HttpCall.find(exchange);
                if (call != null) {
                    call.sends(connection, limit, CallWatch.of(exchange.getContext()));
                }
            }
            boolean answered = false;
            try {
                ClassicHttpResponse response = chain.proceed(request, scope);
                answered = true;
                return response;
            } finally {
                if (!answered && call != null) {
                    call.unwatched();
                }
            }
        };
    }

    private static TimeValue rest(HttpResponse answer, HttpContext context) {
        TimeValue offered = DefaultConnectionKeepAliveStrategy.INSTANCE.getKeepAliveDuration(answer, context);
        return TimeValue.isPositive(offered) && offered.compareTo(LONGEST_REST) < 0 ? offered : LONGEST_REST;
    }

    /** Set here because camel-http's own parameter knows milliseconds only. */
    private RequestConfig timeouts() {
        return RequestConfig.custom()
                .setResponseTimeout(Durations.parse(responseTimeout).toMillis(), TimeUnit.MILLISECONDS)
                .build();
    }
}
