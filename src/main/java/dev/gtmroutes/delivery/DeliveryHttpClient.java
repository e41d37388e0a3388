package dev.gtmroutes.delivery;

import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;

/**
 * The HTTP client of the vendor APIs. Apache HttpClient repeats requests by itself on 429, 503 and broken
 * connections, and keeps cookies that all flows would share: here the delivery alone decides what is sent again.
 */
public class DeliveryHttpClient implements HttpClientConfigurer {

    @Override
    public void configureHttpClient(HttpClientBuilder client) {
        client.disableAutomaticRetries().disableCookieManagement().disableRedirectHandling();
    }
}
