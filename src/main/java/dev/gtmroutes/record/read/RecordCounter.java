// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.record.read;

import java.util.BitSet;

import dev.gtmroutes.record.SourceRecord;

/** Counts the records of a chunk and knows which of them nobody wants. */
final class RecordCounter {

    private long next;
    private BitSet done = new BitSet();

    void skip(BitSet indexes) {
        done = (BitSet) indexes.clone();
    }

    boolean skips(long index) {
        return index <= Integer.MAX_VALUE && done.get((int) index);
    }

    boolean skipsNext() {
        return skips(next);
    }

    /** Passes over the next record if it is to be skipped. */
    boolean skipNext() {
        if (skips(next)) {
            next++;
            return true;
        }
        return false;
    }

    SourceRecord good(byte[] bytes, long line) {
        return new SourceRecord(bytes, next++, line, null);
    }

    /** @param identity see {@link SourceRecord#identity()}; null for the bytes */
    SourceRecord good(byte[] bytes, byte[] identity, long line) {
        return new SourceRecord(bytes, next++, line, null, null, identity == null ? bytes : identity);
    }

    SourceRecord bad(byte[] raw, long line, String problem) {
        return new SourceRecord(raw, next++, line, problem);
    }
}
