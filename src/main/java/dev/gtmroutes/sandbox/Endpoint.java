package dev.gtmroutes.sandbox;

import java.util.List;

/**
 * One endpoint of a vendor, as its data file describes it.
 *
 * @param name      the name of the template it stands behind
 * @param method    the only HTTP method this entry answers
 * @param path      below the vendor's base path
 * @param body      what it takes
 * @param recordsAt for an object that wraps an array of records: the attribute that holds them
 * @param maxItems  the most records of one array
 * @param required  attributes that every record must have, not null
 * @param query     query parameters that must be there
 * @param answer    its own answer to a good request; null = the vendor's
 */
record Endpoint(String name, String method, PathTemplate path, BodyForm body, String recordsAt, int maxItems,
        List<String> required, List<String> query, GoodAnswer answer) {

    Endpoint {
        if (name == null || method == null || path == null || body == null) {
            throw new IllegalArgumentException("an endpoint needs name, method, path and body: " + name);
        }
        if (takesMany(body, recordsAt) && maxItems < 1) {
            throw new IllegalArgumentException("endpoint " + name + " takes an array and needs maxItems");
        }
        required = required == null ? List.of() : List.copyOf(required);
        query = query == null ? List.of() : List.copyOf(query);
    }

    private static boolean takesMany(BodyForm body, String recordsAt) {
        return body == BodyForm.ARRAY || recordsAt != null;
    }

    /** The answer to a good request; without a body it is empty. */
    record GoodAnswer(int status, BodyTemplate body) {
    }
}
