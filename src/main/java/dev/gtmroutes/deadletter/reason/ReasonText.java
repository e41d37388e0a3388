// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.deadletter.reason;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A reason without what differs from record to record. */
final class ReasonText {

    /** Stands for a number, an id or a quoted value. */
    static final String VALUE = "…";

    private static final int MOST_CHARS = 300;

    /** Of which the text says that they are names. */
    private static final String NAME_OF = "\\b(?:attribute|attributes|field|column|property|parameter|key|header) ";
    /** One pass; the first alternative that fits decides. A quotation mark within a word begins nothing. */
    private static final Pattern PARTS = Pattern.compile(
            "(?<name>(?:^|(?<=" + NAME_OF + "))[\"'`“‘][A-Za-z_]+[.\\[\\]A-Za-z_]*[\"'`”’](?![\\p{L}\\p{N}]))"
                    + "|(?<quoted>(?<![\\p{L}\\p{N}])"
                    + "(?:\"[^\"]*\"|'[^']*'|`[^`]*`|“[^”]*”|‘[^’]*’|«[^»]*»)(?![\\p{L}\\p{N}]))"
                    + "|(?<address>\\b[a-zA-Z][a-zA-Z+.-]*://[^\\s,;)\"'<>]+|[\\w.+-]+@[\\w-]+(?:\\.[\\w-]+)+)"
                    + "|(?<known>\\b(?:UTF-?\\d+|ISO[- ]?\\d{4}(?:-\\d+)?|E\\.?164|RFC ?\\d{3,4}|OAuth ?2(?:\\.0)?"
                    + "|HTTP/\\d(?:\\.\\d)?|base64|SHA-?\\d+|MD5)\\b)"
                    + "|(?<value>(?<![\\p{L}\\p{N}])[+-]?(?=[\\p{L}_:.-]*\\d)"
                    + "[\\p{L}\\p{N}_](?:[\\p{L}\\p{N}_:.+/-]*[\\p{L}\\p{N}_])?%?)",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern VALUES = Pattern.compile(VALUE + "(?:(?:, ?| )" + VALUE + ")+");

    private ReasonText() {
    }

    /** The text with {@link #VALUE} in the place of what differs; of several in a row, one. */
    static String pattern(String text) {
        Matcher parts = PARTS.matcher(cut(text));
        StringBuilder pattern = new StringBuilder();
        while (parts.find()) {
            boolean stays = parts.group("name") != null || parts.group("known") != null;
            parts.appendReplacement(pattern, Matcher.quoteReplacement(stays ? parts.group() : VALUE));
        }
        parts.appendTail(pattern);
        return VALUES.matcher(pattern).replaceAll(VALUE);
    }

    /** The beginning of a text, in one line. */
    static String cut(String text) {
        String line = (text.length() > 4 * MOST_CHARS ? text.substring(0, 4 * MOST_CHARS) : text).strip()
                .replaceAll("\\s+", " ");
        return line.length() <= MOST_CHARS ? line : line.substring(0, MOST_CHARS) + " …";
    }
}
