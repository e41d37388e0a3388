// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.paged;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The parameters of a request for a page, in their order. */
final class ListQuery {

    /** What a query may consist of. */
    static final Pattern ENCODED = Pattern.compile("[A-Za-z0-9._~!$&'()*+,;=:@/?%\\[\\]-]*");

    private final List<String> pairs = new ArrayList<>();

    /** One more parameter. */
    ListQuery add(String name, Object value) {
        if (!name.isBlank()) {
            pairs.add(encode(name) + "=" + encode(value.toString()));
        }
        return this;
    }

    /** More parameters, as they are. */
    ListQuery addAll(String query) {
        for (String each : query.split("&")) {
            if (!each.isEmpty()) {
                pairs.add(each);
            }
        }
        return this;
    }

    /** The parameters of another query whose names are not here yet. */
    ListQuery complete(ListQuery other) {
        List<String> names = pairs.stream().map(ListQuery::name).toList();
        other.pairs.stream().filter(each -> !names.contains(name(each))).forEach(pairs::add);
        return this;
    }

    /** The name of a parameter, decoded. */
    static String name(String pair) {
        String name = pair.replaceFirst("=.*", "");
        try {
            return URLDecoder.decode(name, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return name;
        }
    }

    /** @return null if there is no parameter of this name */
    String value(String name) {
        return pairs.stream().filter(each -> name(each).equals(name)).findFirst()
                .map(each -> each.replaceFirst("^[^=]*=?", ""))
                .orElse(null);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** The path with these parameters. */
    String at(String path) {
        return pairs.isEmpty() ? path : path + "?" + String.join("&", pairs);
    }
}
