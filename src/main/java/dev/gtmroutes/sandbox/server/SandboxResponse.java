// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.sandbox.server;

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
public record SandboxResponse(int status, String contentType, String body, Map<String, String> headers, Streamed stream) {

    private static final String JSON = "application/json";

    public static SandboxResponse json(int status, String body) {
        return new SandboxResponse(status, JSON, body, Map.of(), null);
    }

    /** An answer with a body of which nobody said what it is. */
    static SandboxResponse text(int status, String body) {
        boolean json = body.startsWith("{") || body.startsWith("[");
        return new SandboxResponse(status, json ? JSON : "text/plain; charset=utf-8", body, Map.of(), null);
    }

    /** A good answer whose body is made while it is sent. */
    public static SandboxResponse streamed(String contentType, Streamed stream) {
        return new SandboxResponse(200, contentType, "", Map.of(), stream);
    }

    public SandboxResponse with(String header, String value) {
        return with(Map.of(header, value));
    }

    /** The same with more headers. */
    public SandboxResponse with(Map<String, String> more) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.putAll(more);
        return new SandboxResponse(status, contentType, body, all, stream);
    }

    /** Whether the request was carried out. */
    boolean isSuccess() {
        return status >= 200 && status < 300;
    }
}
