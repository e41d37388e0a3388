// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.observe;

/**
 * Text for the log in which names of files, records and responses of others may occur: it begins no line that looks like a
 * line of the log, and gives a terminal no command.
 */
final class LogText {

    private LogText() {
    }

    /**
     * The text, with lines behind the first one indented, and with control characters, and those that change the direction
     * of the text behind them, written as JSON would write them.
     */
    static String plain(String text) {
        StringBuilder plain = null;
        for (int i = 0; i < text.length(); i++) {
            char each = text.charAt(i);
            boolean isLineEnd = each == '\n';
            boolean isFine = isLineEnd ? i + 1 == text.length() || text.charAt(i + 1) == ' ' || text.charAt(i + 1) == '\t'
                    : !isUnsafe(each);
            if (!isFine && plain == null) {
                plain = new StringBuilder(text.length() + 16).append(text, 0, i);
            }
            if (plain != null) {
                plain.append(isFine ? String.valueOf(each) : isLineEnd ? "\n    " : String.format("\\u%04x", (int) each));
            }
        }
        return plain == null ? text : plain.toString();
    }

    private static boolean isUnsafe(char each) {
        return each != '\t' && Character.isISOControl(each) || switch (Character.getType(each)) {
            case Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }
}
