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
 * @param stream      the body where it is made while it is sent; null = {@code body} is it
 */
record Answer(int status, String contentType, String body, Map<String, String> headers, Streamed stream) {

    private static final String JSON = "application/json";

    static Answer json(int status, String body) {
        return new Answer(status, JSON, body, Map.of(), null);
    }

    /** An answer with a body of which nobody said what it is. */
    static Answer text(int status, String body) {
        boolean json = body.startsWith("{") || body.startsWith("[");
        return new Answer(status, json ? JSON : "text/plain; charset=utf-8", body, Map.of(), null);
    }

    /** A good answer whose body is made while it is sent. */
    static Answer streamed(String contentType, Streamed stream) {
        return new Answer(200, contentType, "", Map.of(), stream);
    }

    Answer with(String header, String value) {
        return with(Map.of(header, value));
    }

    /** The same with more headers. */
    Answer with(Map<String, String> more) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.putAll(more);
        return new Answer(status, contentType, body, all, stream);
    }

    /** Whether the request was carried out. */
    boolean isSuccess() {
        return status >= 200 && status < 300;
    }
}
