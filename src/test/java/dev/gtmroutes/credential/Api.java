package dev.gtmroutes.credential;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

import dev.gtmroutes.PlainCamel;
import dev.gtmroutes.delivery.Preview;
import dev.gtmroutes.delivery.SampleRequest;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;

/** A vendor API's Kamelet in a Camel of its own, without Quarkus, and a route that calls it. */
final class Api implements AutoCloseable {

    private final CamelContext camel = PlainCamel.create();

    /** @param settings what application.properties holds */
    Api(Map<String, String> settings) {
        Properties properties = new Properties();
        properties.putAll(settings);
        camel.getPropertiesComponent().setOverrideProperties(properties);
        camel.start();
    }

    static Api of(String... settings) {
        Map<String, String> all = new HashMap<>();
        for (int i = 0; i < settings.length; i += 2) {
            all.put(settings[i], settings[i + 1]);
        }
        return new Api(all);
    }

    /** Starts a route that calls it as the delivery does: a failure is left as a property. */
    Api start(String endpoint) throws Exception {
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                routeTemplate("flow").from("kamelet:source")
                        .doTry().to("kamelet:" + endpoint).doCatch(Exception.class).end();
            }
        });
        camel.getEndpoint("kamelet:flow/flow");
        return this;
    }

    /** The rate budget of a credential, null if it has no limit. */
    RateBudget budget(String credential) {
        return RateBudgets.of(camel).find(credential);
    }

    /** What comes out behind the Kamelet. */
    Exchange call(String method, String url, String body, String... headers) {
        return camel.createProducerTemplate().request("kamelet:flow/flow", exchange -> {
            exchange.setProperty(ApiAddress.URL, url);
            exchange.getMessage().setHeader(Exchange.HTTP_METHOD, method);
            for (int i = 0; i < headers.length; i += 2) {
                if (headers[i].startsWith("Gtm")) {
                    exchange.setProperty(headers[i], headers[i + 1]);
                } else {
                    exchange.getMessage().setHeader(headers[i], headers[i + 1]);
                }
            }
            if (body != null) {
                exchange.getMessage().setHeader(Exchange.CONTENT_TYPE, "application/json");
                exchange.getMessage().setBody(body.getBytes(StandardCharsets.UTF_8));
            }
        });
    }

    /** The requests that a call would send, and nothing is sent. */
    List<SampleRequest> preview(String method, String url) {
        Preview preview = new Preview();
        camel.createProducerTemplate().request("kamelet:flow/flow", exchange -> {
            exchange.setProperty(Preview.PROPERTY, preview);
            exchange.setProperty(ApiAddress.URL, url);
            exchange.getMessage().setHeader(Exchange.HTTP_METHOD, method);
        });
        return preview.requests();
    }

    static int status(Exchange exchange) {
        return exchange.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE, 0, int.class);
    }

    static String body(Exchange exchange) {
        return exchange.getMessage().getBody(String.class);
    }

    static Exception failure(Exchange exchange) {
        return exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
    }

    @Override
    public void close() {
        camel.stop();
    }
}
