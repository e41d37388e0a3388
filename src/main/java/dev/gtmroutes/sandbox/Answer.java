package dev.gtmroutes.sandbox;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the sandbox answers.
 *
 * @param status      the HTTP status
 * @param contentType of the body
 * @param body        empty = none
 * @param headers     further headers
 */
record Answer(int status, String contentType, String body, Map<String, String> headers) {

    private static final String JSON = "application/json";

    static Answer json(int status, String body) {
        return new Answer(status, JSON, body, Map.of());
    }

    /** An answer with a body of which nobody said what it is. */
    static Answer text(int status, String body) {
        boolean json = body.startsWith("{") || body.startsWith("[");
        return new Answer(status, json ? JSON : "text/plain; charset=utf-8", body, Map.of());
    }

    Answer with(String header, String value) {
        return with(Map.of(header, value));
    }

    /** The same with more headers. */
    Answer with(Map<String, String> more) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.putAll(more);
        return new Answer(status, contentType, body, all);
    }

    /** Whether the request was carried out. */
    boolean isSuccess() {
        return status >= 200 && status < 300;
    }
}
