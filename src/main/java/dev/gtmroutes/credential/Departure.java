package dev.gtmroutes.credential;

import java.net.URI;

import dev.gtmroutes.delivery.RequestSender;
import org.apache.camel.Exchange;
import org.apache.camel.component.http.HttpActivityListener;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpResponse;

/**
 * The moment at which a request leaves: there is a connection, and the next thing is its first byte. What fails before
 * was never sent.
 *
 * <p>Path and query are sent byte for byte as they were given. camel-http would write a '~' as %7E, which some signatures
 * and servers tell apart.
 */
public class Departure implements HttpActivityListener {

    @Override
    public void onRequestSubmitted(Object source, Exchange exchange, HttpHost host, HttpRequest request,
            HttpEntity entity) {
        RequestSender.leaving(exchange);
        exchange.setProperty(ApiCall.MAYBE_SENT, true);
        RateGate.sent(exchange);
        URI url = URI.create(exchange.getProperty(ApiAddress.SENT_TO, String.class));
        String path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        request.setPath(url.getRawQuery() == null ? path : path + "?" + url.getRawQuery());
    }

    @Override
    public void onResponseReceived(Object source, Exchange exchange, HttpHost host, HttpResponse response,
            HttpEntity entity, long elapsed) {
        // What an answer means is seen once the message is the answer.
    }
}
