// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.deadletter;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Looks for a text, in capitals or not, in the reasons, records, keys and request ids of dead letters. */
public final class LetterText {

    private final String text;
    /** The text in small letters, where it stands in a line as it stands in the letter; else null. */
    private final byte[] plain;

    /** @param text empty for any letter */
    public LetterText(String text) {
        this.text = text;
        // A quotation mark or a backslash may have another one before it there.
        boolean isPlain = text.chars().allMatch(each -> each >= ' ' && each < 127 && each != '"' && each != '\\');
        plain = isPlain ? text.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.US_ASCII) : null;
    }

    /** Whether a letter may have it, by its line: most have not, and need not be parsed. */
    public boolean mayBeIn(byte[] line) {
        if (plain == null || plain.length == 0) {
            return true;
        }
        for (int i = 0; i <= line.length - plain.length; i++) {
            if (small(line[i]) == plain[0] && isAt(line, i)) {
                return true;
            }
        }
        return false;
    }

    private boolean isAt(byte[] line, int from) {
        for (int i = 1; i < plain.length; i++) {
            if (small(line[from + i]) != plain[i]) {
                return false;
            }
        }
        return true;
    }

    private static int small(byte letter) {
        return letter >= 'A' && letter <= 'Z' ? letter + 'a' - 'A' : letter;
    }

    boolean isIn(DeadLetter letter) {
        return text.isEmpty() || isIn(letter.reason(), text) || isIn(letter.recordKey(), text)
                || isIn(letter.requestId(), text)
                || isIn(new String(letter.record(), StandardCharsets.UTF_8), text);
    }

    /** Whether a text has another one in it, in capitals or not. */
    static boolean isIn(String text, String part) {
        for (int i = 0; i <= text.length() - part.length(); i++) {
            if (text.regionMatches(true, i, part, 0, part.length())) {
                return true;
            }
        }
        return false;
    }
}
