package dev.gtmroutes.sandbox;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.util.List;

/**
 * One endpoint of a vendor, as its data file describes it; {@code sandbox/README.md} in the resources says how.
 *
 * @param name   the name of the template it stands behind
 * @param method the only HTTP method this entry answers
 * @param path   below the vendor's base path
 * @param takes  the forms in which it takes a request: at least one
 * @param answer its own answer to a good request; null = the vendor's
 * @param cost   points of the vendor's rate limit that a request costs, 1 if it does not say
 * @param plays  the name of the {@link Play} that answers a good request; null = the answer is always the same
 */
record Endpoint(String name, String method, PathTemplate path,
        @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY) List<Form> takes, GoodAnswer answer,
        int cost, String plays) {

    Endpoint {
        cost = cost == 0 ? 1 : cost;
        if (name == null || method == null || path == null || takes == null || takes.isEmpty()) {
            throw new IllegalArgumentException("an endpoint needs name, method, path and takes: " + name);
        }
        for (Form form : takes) {
            if (form.incomplete() != null) {
                throw new IllegalArgumentException("endpoint " + name + " " + form.incomplete());
            }
        }
    }

    /** Method, path and query for people to read. */
    String line() {
        List<String> query = takes.get(0).query().stream().map(name -> name + "={" + name + "}").toList();
        return method + " " + path + (query.isEmpty() ? "" : "?" + String.join("&", query));
    }

    /** The answer to a good request; without a body it is empty. */
    record GoodAnswer(int status, BodyTemplate body) {
    }
}
