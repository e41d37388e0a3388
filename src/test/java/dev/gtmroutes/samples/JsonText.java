// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.samples;

/** JSON as text with other white space between its tokens; names and values stay as they are, character for character. */
final class JsonText {

    private JsonText() {
    }

    /** Without white space between tokens. */
    static String compact(String json) {
        return spaced(json, false);
    }

    /** Each attribute and element on a line of its own. */
    static String pretty(String json) {
        return spaced(json, true);
    }

    private static String spaced(String json, boolean pretty) {
        StringBuilder text = new StringBuilder();
        int depth = 0;
        boolean quoted = false;
        for (int at = 0; at < json.length(); at++) {
            char character = json.charAt(at);
            if (quoted) {
                text.append(character);
                if (character == '\\') {
                    text.append(json.charAt(++at));
                }
                quoted = character != '"';
            } else if (!Character.isWhitespace(character)) {
                quoted = character == '"';
                boolean opens = character == '{' || character == '[';
                boolean closes = character == '}' || character == ']';
                depth += opens ? 1 : closes ? -1 : 0;
                text.append(pretty && closes ? line(depth) : "").append(character)
                        .append(!pretty ? "" : opens || character == ',' ? line(depth) : character == ':' ? " " : "");
            }
        }
        return text.toString();
    }

    private static String line(int depth) {
        return "\n" + "  ".repeat(depth);
    }
}
