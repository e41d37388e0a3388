package dev.gtmroutes.sandbox;

import io.vertx.core.http.HttpServerRequest;

/**
 * A request for a vendor that has come in completely.
 *
 * @param match   what it is for
 * @param request its head
 * @param body    its body
 */
record Arrival(Catalog.Match match, HttpServerRequest request, RequestBody body) {

    /** The only value of a header; null when it is missing or comes more than once. */
    String single(String header) {
        var values = request.headers().getAll(header);
        return values.size() == 1 ? values.get(0) : null;
    }
}
