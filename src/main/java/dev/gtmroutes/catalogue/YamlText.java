// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.catalogue;

import java.util.Locale;
import java.util.Set;

/** Texts as they are written in the YAML of Kamelets, always in the same way, so that diffs are small. */
public final class YamlText {

    private static final int WIDTH = 110;
    private static final Set<String> OTHER_TYPES = Set.of("true", "false", "yes", "no", "on", "off", "null", "y", "n");

    private YamlText() {
    }

    /** A scalar that is read as this text. */
    public static String scalar(String text) {
        if (text.matches("[A-Za-z/][A-Za-z0-9/_.|=-]*") && !OTHER_TYPES.contains(text.toLowerCase(Locale.ROOT))) {
            return text;
        }
        return text.contains("\"") && !text.contains("\\") ? "'" + text.replace("'", "''") + "'" : quoted(text);
    }

    /** A title: plain where it is read as a text. */
    public static String title(String text) {
        boolean plain = text.matches("[A-Za-z][A-Za-z0-9 .&'()-]*") && !OTHER_TYPES.contains(text.toLowerCase(Locale.ROOT));
        return plain ? text : quoted(text);
    }

    /** A scalar in double quotes. */
    public static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    /**
     * The value of an endpoint's parameter, kept whole by Camel: it would cut one at {@code &} and read others as
     * references.
     */
    public static String raw(String text) {
        return text.matches("([A-Za-z0-9/_.|=, -]|\\{\\{\\w+}})*") ? scalar(text) : scalar("RAW(" + text + ")");
    }

    /** Lines of a paragraph. */
    public static String wrapped(String text) {
        StringBuilder lines = new StringBuilder();
        int length = 0;
        for (String word : text.split(" ")) {
            if (length > 0 && length + 1 + word.length() > WIDTH) {
                lines.append('\n');
                length = 0;
            } else if (length > 0) {
                lines.append(' ');
                length++;
            }
            lines.append(word);
            length += word.length();
        }
        return lines.toString();
    }
}
