// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.credential;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

import dev.gtmroutes.PlainCamel;
import dev.gtmroutes.api.ApiAnswer;
import dev.gtmroutes.api.ApiRequest;
import dev.gtmroutes.api.RequestForms;
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

    /** Starts a route that calls it as the delivery does. */
    Api start(String endpoint) throws Exception {
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                routeTemplate("flow").from("kamelet:source")
                        .to("kamelet:" + endpoint);
            }
        });
        camel.getEndpoint("kamelet:flow/flow");
        return this;
    }

    /** The rate budget of a credential, null if it has no limit. */
    RateBudget budget(String credential) {
        return RateBudgets.of(camel).find(credential);
    }

    /** What the program stores. */
    StoredCredentials stored() {
        return StoredCredentials.of(camel);
    }

    /** A test of values that are not in use. */
    TestedConnection trial(String endpoint, Map<String, String> values) throws InterruptedException {
        return new ConnectionTest(camel).run("kamelet:" + endpoint, "/me", values);
    }

    CredentialActivity.Known known(String route) {
        return CredentialActivity.of(camel).of(route);
    }

    String masked(String text) {
        return Secrets.of(camel).mask(text);
    }

    /** What comes out behind the Kamelet. */
    ApiAnswer call(String method, String url, String body, String... headers) {
        return call(request(method, url, body, headers));
    }

    ApiAnswer call(ApiRequest request) {
        Exchange done = camel.createProducerTemplate().request("kamelet:flow/flow",
                exchange -> exchange.getMessage().setBody(request));
        assertThat(done.getProperties().keySet()).noneMatch(each -> each.startsWith("Gtm"));
        assertThat(done.getMessage().getHeaders()).isEmpty();
        return (ApiAnswer) done.getMessage().getBody();
    }

    static ApiRequest request(String method, String url, String body, String... headers) {
        ApiRequest request = ApiRequest.of(method, url);
        for (int i = 0; i < headers.length; i += 2) {
            request = request.with(headers[i], headers[i + 1]);
        }
        return body == null ? request : request.with("application/json", body.getBytes(StandardCharsets.UTF_8));
    }

    /** The request as it would be sent, and nothing is sent. */
    List<ApiRequest> preview(String credential, String method, String url) {
        return RequestForms.of(camel).find("kamelet:api/" + credential).shown(ApiRequest.of(method, url));
    }

    static int status(ApiAnswer answer) {
        return answer.status();
    }

    static String body(ApiAnswer answer) {
        return answer.text();
    }

    static Throwable failure(ApiAnswer answer) {
        return answer.failure();
    }

    @Override
    public void close() {
        camel.stop();
    }
}
