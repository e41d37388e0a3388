// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.credential.spelling;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Finds a secret whose characters are written as URLs, JSON or HTML write them, some of them or all, once or several times
 * over: servers differ in which characters they escape.
 */
public final class SecretSpelling {

    private static final int HEX = 16;
    private static final Map<String, Character> ENTITIES = Map.of("amp", '&', "lt", '<', "gt", '>', "quot", '"',
            "apos", '\'', "plus", '+', "equals", '=', "sol", '/', "percnt", '%');

    private static final String ESCAPED_TWICE = "&amp;#";
    private static final int LONGEST_ENTITY = 10;
    /** A text that is escaped five times over has 31 before a quote. Of a longer run, each place would look at all of it. */
    private static final int MOST_BACKSLASHES = 32;

    private SecretSpelling() {
    }

    /** Whether anything in the text may be written in another way than as it is. */
    public static boolean mayBeIn(String text) {
        return text.indexOf('%') >= 0 || text.indexOf('\\') >= 0 || text.indexOf('&') >= 0 || text.indexOf('+') >= 0;
    }

    /** The text with the secret replaced wherever it is. */
    public static String replace(String text, String secret, String by) {
        StringBuilder replaced = new StringBuilder();
        int done = 0;
        for (int i = 0; i < text.length(); i++) {
            int end = end(text, i, secret);
            if (end >= 0) {
                replaced.append(text, done, i).append(by);
                done = end;
                i = end - 1;
            }
        }
        return done == 0 ? text : replaced.append(text, done, text.length()).toString();
    }

    /** @return behind the secret that begins at this place; -1 if none does */
    private static int end(String text, int from, String secret) {
        int at = from;
        for (int i = 0; i < secret.length() && at >= 0; i++) {
            at = next(text, at, secret.charAt(i));
        }
        return at;
    }

    /** @return behind the character that is written at this place; -1 if it is another one */
    private static int next(String text, int at, char wanted) {
        if (at >= text.length()) {
            return -1;
        }
        char there = text.charAt(at);
        int escaped = switch (there) {
            case '%' -> percent(text, at, wanted);
            case '\\' -> backslash(text, at, wanted);
            case '&' -> entity(text, at, wanted);
            case '+' -> wanted == ' ' ? at + 1 : -1;
            default -> -1;
        };
        return escaped >= 0 || there != wanted ? escaped : at + 1;
    }

    private static int percent(String text, int at, char wanted) {
        int end = at;
        for (byte each : String.valueOf(wanted).getBytes(StandardCharsets.UTF_8)) {
            if (end >= text.length() || text.charAt(end) != '%') {
                return -1;
            }
            int value = hex(text, end + 1, 2);
            end += 3;
            // What was escaped twice: %2541 for %41.
            while (value == '%' && (each & 0xFF) != '%' && hex(text, end, 2) >= 0) {
                value = hex(text, end, 2);
                end += 2;
            }
            if (value != (each & 0xFF)) {
                return -1;
            }
        }
        return end;
    }

    private static int backslash(String text, int at, char wanted) {
        int most = Math.min(text.length(), at + MOST_BACKSLASHES);
        int end = at;
        while (end < most && text.charAt(end) == '\\') {
            end++;
        }
        if (end < text.length() && text.charAt(end) == 'u' && hex(text, end + 1, 4) == wanted) {
            return end + 5;
        }
        if (wanted == '\\') {
            return end - at > 1 ? at + 2 : -1;
        }
        return end < text.length() && text.charAt(end) == wanted && !Character.isLetterOrDigit(wanted) ? end + 1 : -1;
    }

    private static int entity(String text, int at, char wanted) {
        // &amp;#43; was escaped twice.
        int name = text.startsWith(ESCAPED_TWICE, at) ? at + ESCAPED_TWICE.length() - 1 : at + 1;
        int end = name;
        while (end < text.length() && end - name <= LONGEST_ENTITY && text.charAt(end) != ';') {
            end++;
        }
        boolean ends = end < text.length() && text.charAt(end) == ';';
        return ends && value(text.substring(name, end)) == wanted ? end + 1 : -1;
    }

    private static int value(String name) {
        try {
            if (name.startsWith("#x") || name.startsWith("#X")) {
                return Integer.parseInt(name.substring(2), HEX);
            }
            return name.startsWith("#") ? Integer.parseInt(name.substring(1)) : ENTITIES.getOrDefault(name, '\0');
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    /** @return the number that these digits are; -1 if they are none */
    private static int hex(String text, int from, int digits) {
        if (from + digits > text.length()) {
            return -1;
        }
        int value = 0;
        for (int i = from; i < from + digits; i++) {
            int digit = Character.digit(text.charAt(i), HEX);
            if (digit < 0) {
                return -1;
            }
            value = value * HEX + digit;
        }
        return value;
    }
}
