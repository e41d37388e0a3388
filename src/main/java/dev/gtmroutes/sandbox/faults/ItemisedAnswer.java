// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.sandbox.faults;

import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The body of an answer that says for each record what became of it. */
public final class ItemisedAnswer {

    private static final JsonMapper MAPPER = new JsonMapper();
    private static final int OK = 200;
    private static final int UNPROCESSABLE = 422;
    private static final int FAILED_DEPENDENCY = 424;

    private ItemisedAnswer() {
    }

    /** With a status that refuses the request, the good records are told that they were not carried out either. */
    public static String of(List<JsonNode> records, Misbehaviour.Poison poison, int status) {
        ObjectNode body = MAPPER.createObjectNode();
        ArrayNode results = body.putArray("results");
        for (JsonNode each : records) {
            boolean poisoned = poison.isIn(each);
            boolean carriedOut = !poisoned && status < 300;
            ObjectNode result = results.addObject();
            result.put("code", poisoned ? UNPROCESSABLE : carriedOut ? OK : FAILED_DEPENDENCY);
            result.set("id", each.get("id"));
            result.put("message", poisoned ? "the record is poison: " + poison
                    : carriedOut ? "ok" : "another record of the request was refused");
        }
        return body.toString();
    }
}
