// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.sandbox.catalogue;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonFormat;
import dev.gtmroutes.sandbox.checks.EndpointForm;

/**
 * One endpoint of a vendor, as its data file describes it; {@code sandbox/README.md} in the resources says how.
 *
 * @param name   the name of the template it stands behind
 * @param also   names of further templates that send their requests to it
 * @param method the only HTTP method this entry answers
 * @param path   below the vendor's base path
 * @param takes  the forms in which it takes a request: at least one
 * @param answer its own answer to a good request; null = the vendor's
 * @param cost   points of the vendor's rate limit that a request costs, 1 if it does not say
 * @param plays  the name of the {@link dev.gtmroutes.sandbox.server.Handler} that answers a good request; null = the answer
 *               is always the same
 */
public record Endpoint(String name, List<String> also, String method, PathTemplate path,
        @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY) List<EndpointForm> takes, GoodAnswer answer,
        int cost, String plays) {

    public Endpoint {
        cost = cost == 0 ? 1 : cost;
        also = also == null ? List.of() : List.copyOf(also);
        if (name == null || method == null || path == null || takes == null || takes.isEmpty()) {
            throw new IllegalArgumentException("an endpoint requires name, method, path and takes: " + name);
        }
        for (EndpointForm form : takes) {
            if (form.incomplete() != null) {
                throw new IllegalArgumentException("endpoint " + name + " " + form.incomplete());
            }
        }
    }

    /** Whether it stands behind the template of this name. */
    public boolean isCalled(String template) {
        return name.equals(template) || also.contains(template);
    }

    /** Method, path and query for people to read. */
    public String line() {
        List<String> query = takes.get(0).query().stream().map(name -> name + "={" + name + "}").toList();
        return method + " " + path + (query.isEmpty() ? "" : "?" + String.join("&", query));
    }

    /** The answer to a good request; without a body it is empty. */
    public record GoodAnswer(int status, BodyPattern body) {
    }
}
