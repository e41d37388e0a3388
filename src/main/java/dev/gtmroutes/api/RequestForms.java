// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.api;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import dev.gtmroutes.parameter.ContextPlugin;
import org.apache.camel.CamelContext;

/** What the vendor APIs of a Camel context make of requests, for those who only want to see them. */
public final class RequestForms {

    /** What one vendor API makes of requests. */
    public interface Form {

        /**
         * @return the request as it would be sent: with its absolute URL, and the credential's header, whose value is
         *         hidden; more than one where each record is sent by itself
         * @throws IllegalArgumentException if it could not be sent
         */
        List<ApiRequest> shown(ApiRequest request);

        /**
         * The base URL, if a request that it has {@link #shown} goes below it; empty for one that goes elsewhere; null for
         * no HTTP.
         */
        String baseUrl(ApiRequest shown);
    }

    private final Map<String, Form> byRoute = new ConcurrentHashMap<>();

    /** Those of this context; the same object for as long as it lives. */
    public static RequestForms of(CamelContext camel) {
        return ContextPlugin.of(camel, RequestForms.class, RequestForms::new);
    }

    /** Takes the place of the one whose route had the same id. */
    public void add(String routeId, Form form) {
        byRoute.put(routeId, form);
    }

    /**
     * @param endpoint of a vendor API, such as {@code kamelet:salesloft-api-action/salesloft-default}
     * @return null if it is not known what that API makes of requests
     */
    public Form find(String endpoint) {
        int slash = endpoint.indexOf('/');
        int end = endpoint.indexOf('?');
        return slash < 0 || end >= 0 && slash > end ? null
                : byRoute.get(endpoint.substring(slash + 1, end < 0 ? endpoint.length() : end));
    }
}
