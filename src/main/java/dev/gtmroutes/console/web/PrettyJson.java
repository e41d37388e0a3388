// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.web;

/** JSON with line breaks, for people. Only blanks between its parts change: numbers and texts stay as they are. */
final class PrettyJson {

    private static final String INDENT = "  ";

    private final String json;
    private final StringBuilder pretty = new StringBuilder();
    private int depth;

    private PrettyJson(String json) {
        this.json = json;
    }

    /** @param json what begins as neither an object nor an array comes back as it is */
    static String of(String json) {
        String stripped = json.strip();
        return stripped.startsWith("{") || stripped.startsWith("[") ? new PrettyJson(stripped).pretty() : json;
    }

    private String pretty() {
        for (int i = 0; i < json.length(); i++) {
            char each = json.charAt(i);
            switch (each) {
                case '"' -> {
                    int end = stringEnd(i);
                    pretty.append(json, i, end);
                    i = end - 1;
                }
                case '{', '[' -> open(each, i);
                case '}', ']' -> close(each);
                case ',' -> newLine(",");
                case ':' -> pretty.append(": ");
                case ' ', '\t', '\r', '\n' -> {
                    // Blanks of its own take their place.
                }
                default -> pretty.append(each);
            }
        }
        return pretty.toString();
    }

    private int stringEnd(int start) {
        int i = start + 1;
        while (i < json.length() && json.charAt(i) != '"') {
            i += json.charAt(i) == '\\' ? 2 : 1;
        }
        return Math.min(i + 1, json.length());
    }

    private void open(char bracket, int at) {
        depth++;
        pretty.append(bracket);
        if (!isEmpty(at)) {
            newLine("");
        }
    }

    private boolean isEmpty(int at) {
        int next = at + 1;
        while (next < json.length() && Character.isWhitespace(json.charAt(next))) {
            next++;
        }
        return next < json.length() && (json.charAt(next) == '}' || json.charAt(next) == ']');
    }

    private void close(char bracket) {
        depth = Math.max(0, depth - 1);
        char last = pretty.charAt(pretty.length() - 1);
        if (last != '{' && last != '[') {
            newLine("");
        }
        pretty.append(bracket);
    }

    private void newLine(String before) {
        pretty.append(before).append('\n').append(INDENT.repeat(Math.min(depth, 50)));
    }
}
