// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.api;

import java.net.URI;

import org.apache.camel.Exchange;
import org.apache.camel.component.http.HttpActivityListener;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpResponse;

/**
 * The moments at which a request leaves and its answer arrives. There is a connection, and the next thing is the request's
 * first byte: what fails before was never sent. The status has arrived: whatever fails behind it, it counts.
 *
 * <p>Path and query are sent byte for byte as they were given. camel-http would write a '~' as %7E, which some signatures
 * and servers tell apart.
 */
public class FirstByteListener implements HttpActivityListener {

    @Override
    public void onRequestSubmitted(Object source, Exchange exchange, HttpHost host, HttpRequest request,
            HttpEntity entity) {
        HttpCall call = HttpCall.find(exchange);
        if (call == null) {
            return;
        }
        call.leaves();
        URI url = URI.create(call.url());
        String path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        request.setPath(url.getRawQuery() == null ? path : path + "?" + url.getRawQuery());
    }

    @Override
    public void onResponseReceived(Object source, Exchange exchange, HttpHost host, HttpResponse response,
            HttpEntity entity, long elapsed) {
        HttpCall call = HttpCall.find(exchange);
        if (call != null) {
            call.arrived(response);
        }
    }
}
