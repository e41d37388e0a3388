// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.record.read;

/** Strict UTF-8: no overlong forms, no surrogates, nothing above U+10FFFF. */
final class Utf8 {

    private Utf8() {
    }

    /** Where {@code bytes[from, to)} stops being UTF-8, or -1. A character cut off at the end counts. */
    static int malformedAt(byte[] bytes, int from, int to) {
        int i = Bytes.beyondAscii(bytes, from, to);
        while (i < to) {
            int lead = bytes[i];
            if (lead >= 0) {
                i++;
                continue;
            }
            int length = length(bytes, i, to);
            if (length == 0) {
                return i;
            }
            i += length;
        }
        return -1;
    }

    /** Whether the malformed place {@code at} is only a character that {@code to} cuts in two. */
    static boolean cutOff(byte[] bytes, int at, int to) {
        int wanted = (bytes[at] & 0xE0) == 0xC0 ? 2 : (bytes[at] & 0xF0) == 0xE0 ? 3
                : (bytes[at] & 0xF8) == 0xF0 ? 4 : 0;
        if (to - at >= wanted) {
            return false;
        }
        for (int i = at + 1; i < to; i++) {
            if ((bytes[i] & 0xC0) != 0x80) {
                return false;
            }
        }
        return true;
    }

    /** Bytes of the well-formed character beyond ASCII at {@code i}; 0 when it is malformed. */
    private static int length(byte[] bytes, int i, int to) {
        int lead = bytes[i] & 0xFF;
        if (lead < 0xC2 || lead > 0xF4) {
            return 0;
        }
        int length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        if (i + length > to) {
            return 0;
        }
        for (int k = 1; k < length; k++) {
            if ((bytes[i + k] & 0xC0) != 0x80) {
                return 0;
            }
        }
        int second = bytes[i + 1] & 0xFF;
        boolean outside = lead == 0xE0 && second < 0xA0 || lead == 0xED && second > 0x9F
                || lead == 0xF0 && second < 0x90 || lead == 0xF4 && second > 0x8F;
        return outside ? 0 : length;
    }
}
