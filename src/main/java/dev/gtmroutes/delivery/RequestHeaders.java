// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.delivery;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The setting {@code requestHeaders}: {@code name1:value1,name2:value2}, where {@code \,} is a comma in a value. Errors of
 * it have none of its text: what looks like a name may be the part of a secret behind a comma.
 */
public final class RequestHeaders {

    /** A token of RFC 9110, section 5.6.2. */
    private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    private static final Pattern VALUE = Pattern.compile("[\\t\\x20-\\x7e]*");
    /** Those the delivery sets itself, and those that Camel's HTTP component would leave out without a word. */
    private static final Set<String> TAKEN = Set.of("content-length", "host", "connection", "date",
            "cache-control", "pragma", "trailer", "transfer-encoding", "upgrade", "via", "warning", "expect", "te");

    private RequestHeaders() {
    }

    /** @throws IllegalArgumentException if a header cannot be sent; the message says which and why */
    static Map<String, String> parse(String setting) {
        if (setting.indexOf('\r') >= 0 || setting.indexOf('\n') >= 0) {
            throw new IllegalArgumentException("requestHeaders: a header must not contain a line break");
        }
        Map<String, String> headers = new LinkedHashMap<>();
        int number = 0;
        for (String each : setting.split("(?<!\\\\),")) {
            number++;
            if (!each.isBlank()) {
                int colon = each.indexOf(':');
                if (colon < 1) {
                    throw new IllegalArgumentException("requestHeaders: header " + number
                            + " must be name:value; write \\, for a comma inside a value");
                }
                add(headers, number, each.substring(0, colon).strip(),
                        each.substring(colon + 1).strip().replace("\\,", ","));
            }
        }
        return headers;
    }

    private static void add(Map<String, String> headers, int number, String name, String value) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("requestHeaders: the name of header " + number + " is not valid");
        }
        String problem = name.equalsIgnoreCase("content-type") ? taken(name)
                : problem(name, "header " + number, value);
        if (!problem.isEmpty()) {
            throw new IllegalArgumentException("requestHeaders: " + problem);
        }
        headers.put(name, value);
    }

    /** Why a header cannot be sent, without its value; empty if it can. A Content-Type can where the body is known. */
    public static String problem(String name, String value) {
        return NAME.matcher(name).matches() ? problem(name, name, value)
                : "'" + shown(name) + "' is not a valid name of a header";
    }

    /** @param called what the header is called where its name may not be told */
    private static String problem(String name, String called, String value) {
        if (!VALUE.matcher(value).matches()) {
            return "the value of " + called + " contains a character that a header must not contain";
        }
        String lower = name.toLowerCase(Locale.ROOT);
        return TAKEN.contains(lower) ? taken(name)
                : lower.startsWith("camel") || lower.startsWith("org.apache.camel") ? taken(called) : "";
    }

    private static String taken(String name) {
        return name + " cannot be set, because the program sets it";
    }

    /** A name only, without what may be a secret behind it. */
    private static String shown(String text) {
        return text.strip().replaceAll("[^\\x20-\\x7e]", "?").replaceAll("^(.{20}).*", "$1…");
    }
}
