// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.form;

import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** How a text is written as a value in YAML: as it is where that is safe, otherwise in double quotes. */
final class YamlScalar {

    private static final Pattern SAFE = Pattern
            .compile("[A-Za-z0-9/](?:[\\w./@+=();!?'&%-]|[,:](?=[\\w/])|,? (?=[\\w/(]))*");
    private static final Pattern SAFE_IN_BRACES = Pattern
            .compile("[A-Za-z0-9/](?:[\\w./@+=()-]| (?=[\\w/(])|:(?=[\\w/]))*");
    /** Words that mean something else than themselves, to one reader or another. */
    private static final Pattern WORD = Pattern.compile("(?i)null|yes|no|on|off|y|n");

    private YamlScalar() {
    }

    /**
     * @param inBraces whether it stands in a map in braces, where a comma ends a value
     * @param quoted   whether it is written in quotes in any case
     */
    static String write(String text, boolean inBraces, boolean quoted) {
        boolean safe = (inBraces ? SAFE_IN_BRACES : SAFE).matcher(text).matches() && !WORD.matcher(text).matches();
        return safe && !quoted ? text : quote(text);
    }

    /**
     * A text of several lines as a block below its key.
     *
     * @param indent of the lines
     * @return null where a block cannot hold the text as it is
     */
    static String block(String text, int indent, String lineEnd) {
        boolean plain = text.contains("\n") && !text.endsWith("\n") && !text.startsWith("\n")
                && !Character.isWhitespace(text.charAt(0))
                && text.chars().allMatch(each -> each == '\n' || each == '\t' || isWritten((char) each));
        return !plain ? null : "|-" + text.lines().map(each -> each.isEmpty() ? "" : " ".repeat(indent) + each)
                .map(each -> lineEnd + each).collect(Collectors.joining());
    }

    private static String quote(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (char each : text.toCharArray()) {
            switch (each) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                default -> quoted.append(isWritten(each) ? String.valueOf(each) : "\\u%04x".formatted((int) each));
            }
        }
        return quoted.append('"').toString();
    }

    /** A surrogate stands for a character together with its neighbour. */
    private static boolean isWritten(char each) {
        return each >= ' ' && each != 0x7f && !(each >= 0x80 && each < 0xa0) && each != 0x2028 && each != 0x2029
                && each != 0xfeff && each < 0xfffe;
    }
}
