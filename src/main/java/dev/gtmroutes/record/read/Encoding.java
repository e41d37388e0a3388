// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.record.read;

import java.util.ArrayDeque;
import java.util.Deque;

import dev.gtmroutes.record.SourceRecord;

/**
 * What the first bytes of content are likely to be. That decides nothing on its own: it is the reason that is given when
 * nothing in the content turns out to be a record.
 */
enum Encoding {
    UTF_8(false, ""),
    UTF_16(true, "it looks like UTF-16. Save it as UTF-8"),
    WINDOWS_1252(false, "it looks like Windows-1252 or another single-byte encoding. Save it as UTF-8"),
    GZIP(true, "it looks like a gzip archive. Unpack it first"),
    ZIP(true, "it looks like a zip archive or an Excel workbook. Unpack it first, or save the workbook as CSV UTF-8"),
    BINARY(false, "it contains binary data");

    /** So many records that are none are looked at for one that is. */
    private static final int MOST_RECORDS = 1000;
    private static final int MOST_BYTES = 4 << 20;

    private final boolean certain;
    private final String what;

    Encoding(boolean certain, String what) {
        this.certain = certain;
        this.what = what;
    }

    /** Looks at what is ahead; nothing is consumed. */
    static Encoding of(ByteWindow in) {
        in.fill(InputFormat.WINDOW);
        int to = Math.min(in.limit, in.pos + InputFormat.WINDOW);
        int malformed = Utf8.malformedAt(in.bytes, in.pos, to);
        boolean utf8 = malformed < 0 || to - in.pos == InputFormat.WINDOW && Utf8.cutOff(in.bytes, malformed, to);
        boolean nul = Bytes.nul(in.bytes, in.pos, to) >= 0;
        return utf8 && !nul ? UTF_8 : other(in.bytes, in.pos, to, nul);
    }

    private static Encoding other(byte[] bytes, int from, int to, boolean nul) {
        if (begins(bytes, from, to, 0x1F, 0x8B)) {
            return GZIP;
        }
        if (begins(bytes, from, to, 'P', 'K')) {
            return ZIP;
        }
        if (begins(bytes, from, to, 0xFF, 0xFE) || begins(bytes, from, to, 0xFE, 0xFF) || everyOther(bytes, from, to)) {
            return UTF_16;
        }
        return nul || controls(bytes, from, to) ? BINARY : WINDOWS_1252;
    }

    private static boolean begins(byte[] bytes, int from, int to, int first, int second) {
        return from + 2 <= to && (bytes[from] & 0xFF) == first && (bytes[from + 1] & 0xFF) == second;
    }

    /** Whether one half of the bytes, the even or the odd ones, are nearly all NUL, and hardly any of the others. */
    private static boolean everyOther(byte[] bytes, int from, int to) {
        int[] nuls = new int[2];
        for (int i = from; i < to; i++) {
            nuls[i - from & 1] += bytes[i] == 0 ? 1 : 0;
        }
        int half = (to - from) / 2;
        return half > 0 && Math.max(nuls[0], nuls[1]) * 10 >= half * 7 && Math.min(nuls[0], nuls[1]) * 10 <= half;
    }

    private static boolean controls(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] >= 0 && bytes[i] < ' ' && !Bytes.isBlank(bytes[i]) && bytes[i] != '\f') {
                return true;
            }
        }
        return false;
    }

    /**
     * Reads up to the first record that is one.
     *
     * @return what was read, to be handed out in this order
     * @throws NotRecordsException if nothing is a record, as far as that can be told
     */
    Deque<SourceRecord> firstRecords(Records records) throws NotRecordsException {
        Deque<SourceRecord> read = new ArrayDeque<>();
        long bytes = 0;
        while (read.size() < MOST_RECORDS && bytes < MOST_BYTES) {
            SourceRecord next = records.read();
            if (next == null) {
                if (read.isEmpty()) {
                    return read;
                }
                throw refusal();
            }
            read.add(next);
            if (next.wellFormed()) {
                return read;
            }
            bytes += next.bytes().length;
        }
        if (certain) {
            throw refusal();
        }
        return read;
    }

    NotRecordsException refusal() {
        return new NotRecordsException("The content is not UTF-8 text: " + what + ". Supported formats: JSON, NDJSON and "
                + "CSV.");
    }
}
