// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.sandbox.server;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import io.netty.handler.codec.http.QueryStringDecoder;

/** Reads URL-encoded parameters. Broken percent-encoding is an IllegalArgumentException. */
public final class UrlEncoded {

    private static final int MAX_PARAMETERS = 1000;

    private UrlEncoded() {
    }

    /** The query parameters of a URI, their names as they came; each has at least one value. */
    public static Map<String, List<String>> query(String uri) {
        return parameters(uri, true);
    }

    /** The parameters of a form. */
    public static Map<String, List<String>> form(byte[] body) {
        return parameters(new String(body, StandardCharsets.UTF_8), false);
    }

    private static Map<String, List<String>> parameters(String text, boolean hasPath) {
        return new QueryStringDecoder(text, StandardCharsets.UTF_8, hasPath, MAX_PARAMETERS, true).parameters();
    }
}
