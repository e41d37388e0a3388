// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.web;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Text as a part of an address of the console. */
public final class QueryText {

    private QueryText() {
    }

    /** In a path or a query: a blank is {@code %20}. */
    public static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
