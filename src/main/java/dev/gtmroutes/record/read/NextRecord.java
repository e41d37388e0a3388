// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.record.read;

/**
 * Where the next record must have begun if the current one turns out to have no end: at a <code>{</code> where
 * only a name can stand, at one that begins a line, or on the line after a string that was not closed; and only
 * if the same attribute comes first there, lest a part of a record be taken for a record.
 */
final class NextRecord {

    /** Bytes that were scanned a second time: only so many may be, lest a file full of faults take time without end. */
    private long rescanned;

    /** Distance from the start of the record, or -1. */
    private int place;

    void forget() {
        place = -1;
    }

    /** Notes a place; an earlier one stays if it looks like a record. */
    void expectAt(ByteWindow in, int at) {
        if (!in.dropped() && (place < 0 || !beginsAlike(in, in.start + place))) {
            place = at - in.start;
        }
    }

    /** Goes back to the place that was noted, if there is one. */
    boolean goTo(ByteWindow in) {
        if (place < 0 || in.dropped() || !beginsAlike(in, in.start + place)) {
            return false;
        }
        int at = in.start + place;
        long again = in.pos - at;
        if (rescanned + again > 2L * in.longest.bytes()) {
            return false;
        }
        rescanned += again;
        in.rewind(at);
        return true;
    }

    /** Whether an object begins at {@code at} or behind white space there, and its first name is the record's. */
    private static boolean beginsAlike(ByteWindow in, int at) {
        byte[] bytes = in.bytes;
        int other = Bytes.skipBlankAndMarks(bytes, at, in.limit);
        int own = in.start;
        if (other == in.limit || bytes[other] != '{' || bytes[own] != '{') {
            return false;
        }
        other = Bytes.skipBlank(bytes, other + 1, in.limit);
        own = Bytes.skipBlank(bytes, own + 1, in.limit);
        int quotes = 0;
        while (other < in.limit && bytes[own] == bytes[other] && quotes < 2) {
            quotes += bytes[own] == '"' ? 1 : 0;
            if (quotes == 0) {
                return false;
            }
            own++;
            other++;
        }
        return quotes == 2;
    }
}
