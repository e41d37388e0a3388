// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.record.read;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Bytes of texts and of JSON: finding things in ranges of them, and putting JSON on one line. */
public final class Bytes {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;

    /** The first byte of a byte order mark in UTF-8, which is {@code EF BB BF}. */
    static final byte MARK_FIRST = (byte) 0xEF;
    static final int MARK_LENGTH = 3;

    private Bytes() {
    }

    static boolean isBlank(byte c) {
        return c == ' ' || c == '\n' || c == '\r' || c == '\t';
    }

    /**
     * The same JSON on one line: in well-formed JSON, a line break is white space between tokens, never part of a value.
     *
     * @return the same array if it is on one line already, otherwise a new one
     */
    public static byte[] oneLine(byte[] json) {
        byte[] line = json;
        for (int i = 0; i < json.length; i++) {
            if (json[i] == '\n' || json[i] == '\r') {
                line = line == json ? json.clone() : line;
                line[i] = ' ';
            }
        }
        return line;
    }

    /** Whether a byte order mark begins at {@code at}. */
    static boolean isMark(byte[] bytes, int at, int to) {
        return at + MARK_LENGTH <= to && bytes[at] == MARK_FIRST && bytes[at + 1] == (byte) 0xBB
                && bytes[at + 2] == (byte) 0xBF;
    }

    /** The first byte from {@code from} on that is neither white space nor of a byte order mark, or {@code to}. */
    static int skipBlankAndMarks(byte[] bytes, int from, int to) {
        int i = skipBlank(bytes, from, to);
        while (i < to && bytes[i] == MARK_FIRST && isMark(bytes, i, to)) {
            i = skipBlank(bytes, i + MARK_LENGTH, to);
        }
        return i;
    }

    /** The first NUL in {@code bytes[from, to)} or -1; eight bytes at a step. */
    static int nul(byte[] bytes, int from, int to) {
        int i = from;
        for (; i + Long.BYTES <= to; i += Long.BYTES) {
            long hit = zeros((long) LONGS.get(bytes, i));
            if (hit != 0) {
                return i + (Long.numberOfTrailingZeros(hit) >>> 3);
            }
        }
        for (; i < to; i++) {
            if (bytes[i] == 0) {
                return i;
            }
        }
        return -1;
    }

    /** The first byte from {@code from} on that is not white space, or {@code to}. */
    public static int skipBlank(byte[] bytes, int from, int to) {
        int i = from;
        while (i < to && isBlank(bytes[i])) {
            i++;
        }
        return i;
    }

    /** The end of {@code bytes[from, to)} without trailing white space. */
    static int trimEnd(byte[] bytes, int from, int to) {
        int i = to;
        while (i > from && isBlank(bytes[i - 1])) {
            i--;
        }
        return i;
    }

    /** The first newline in {@code bytes[from, to)} or -1; eight bytes at a step. */
    static int newline(byte[] bytes, int from, int to) {
        int i = from;
        for (; i + Long.BYTES <= to; i += Long.BYTES) {
            long hit = zeros((long) LONGS.get(bytes, i) ^ ('\n' * ONES));
            if (hit != 0) {
                return i + (Long.numberOfTrailingZeros(hit) >>> 3);
            }
        }
        for (; i < to; i++) {
            if (bytes[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    /** The first byte above 127 in {@code bytes[from, to)} or {@code to}; may be up to seven bytes early. */
    static int beyondAscii(byte[] bytes, int from, int to) {
        int i = from;
        for (; i + Long.BYTES <= to; i += Long.BYTES) {
            if (((long) LONGS.get(bytes, i) & HIGHS) != 0) {
                return i;
            }
        }
        while (i < to && bytes[i] >= 0) {
            i++;
        }
        return i;
    }

    /** The first byte in {@code bytes[from, to)} that cannot stand for itself within a JSON string, or {@code to}. */
    public static int textEnd(byte[] bytes, int from, int to) {
        int i = from;
        for (; i + Long.BYTES <= to; i += Long.BYTES) {
            long word = (long) LONGS.get(bytes, i);
            long control = (word - ' ' * ONES) & ~word & HIGHS;
            long hit = control | zeros(word ^ ('"' * ONES)) | zeros(word ^ ('\\' * ONES));
            if (hit != 0) {
                return i + (Long.numberOfTrailingZeros(hit) >>> 3);
            }
        }
        while (i < to && bytes[i] != '"' && bytes[i] != '\\' && (bytes[i] >= ' ' || bytes[i] < 0)) {
            i++;
        }
        return i;
    }

    /** The high bit of each byte that is 0; only of the first one it is sure. */
    private static long zeros(long word) {
        return (word - ONES) & ~word & HIGHS;
    }
}
