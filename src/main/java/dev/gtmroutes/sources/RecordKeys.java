// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.sources;

/** A set of keys, 32 to 64 bytes each: far less than objects would take. Not safe for use by many threads. */
public final class RecordKeys {

    private final long[] high;
    private final long[] low;
    private final int mask;
    private int size;

    /** @param most how many keys there will be */
    public RecordKeys(int most) {
        int slots = Integer.highestOneBit(most + 8) << 2;
        high = new long[slots];
        low = new long[slots];
        mask = slots - 1;
    }

    public void add(RecordKey key) {
        int slot = slot(key);
        size += low[slot] == 0 ? 1 : 0;
        high[slot] = key.high();
        low[slot] = odd(key);
    }

    /** How many different keys there are. */
    public int size() {
        return size;
    }

    public boolean contains(RecordKey key) {
        return low[slot(key)] != 0;
    }

    /** Where the key is, or would be. */
    private int slot(RecordKey key) {
        int slot = (int) key.high() & mask;
        while (low[slot] != 0 && (low[slot] != odd(key) || high[slot] != key.high())) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    /** Zero marks a free slot. */
    private static long odd(RecordKey key) {
        return key.low() | 1;
    }
}
