// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.sandbox.server;

import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gtmroutes.sandbox.catalogue.Catalog;
import dev.gtmroutes.sandbox.faults.Misbehaviour;
import dev.gtmroutes.sandbox.faults.RecordsOf;
import io.vertx.core.http.HttpServerRequest;

/**
 * A request for a vendor that has come in completely.
 *
 * @param match   what it is for
 * @param request its head
 * @param body    its body
 */
public record Arrival(Catalog.Match match, HttpServerRequest request, RequestBody body) {

    /** The records it holds, as trees; none where nothing is known of its form. */
    List<JsonNode> records() {
        return match.endpoint() == null ? List.of() : RecordsOf.request(match.endpoint(), body.bytes());
    }

    /** Whether one of its records is poison; null = no poison is meant. */
    public boolean holds(Misbehaviour.Poison poison) {
        return poison != null && records().stream().anyMatch(poison::isIn);
    }

    /** The only value of a header; null when it is missing or comes more than once. */
    public String single(String header) {
        var values = request.headers().getAll(header);
        return values.size() == 1 ? values.get(0) : null;
    }
}
