// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.remembered;

import java.util.Arrays;

/**
 * Keys and their forms in memory, 24 bytes each and at least a third more that is free. Nothing is removed: a key without
 * a form has {@link dev.gtmroutes.record.RecordForm#NONE}. For one thread at a time.
 */
final class FormTable {

    private static final int LONGS = 3;
    private static final int FIRST_SLOTS = 1024;

    private long[] slots = new long[LONGS * FIRST_SLOTS];
    private int size;

    int size() {
        return size;
    }

    /** @return the place of a key; negative if it is not here */
    int find(long high, long low) {
        int slot = slot(high, low);
        return slots[LONGS * slot + 1] == 0 ? -1 : slot;
    }

    long high(int slot) {
        return slots[LONGS * slot];
    }

    long low(int slot) {
        return slots[LONGS * slot + 1];
    }

    long form(int slot) {
        return slots[LONGS * slot + 2];
    }

    void put(long high, long low, long form) {
        int slot = slot(high, low);
        if (slots[LONGS * slot + 1] == 0) {
            if (4 * (size + 1) > 3 * slotCount()) {
                grow();
                slot = slot(high, low);
            }
            size++;
            slots[LONGS * slot] = high;
            slots[LONGS * slot + 1] = low;
        }
        slots[LONGS * slot + 2] = form;
    }

    /** The places of all keys, in the order of the upper bits of the keys. */
    int[] sorted(int bits) {
        long[] order = new long[size];
        int used = 0;
        for (int slot = 0; slot < slotCount(); slot++) {
            if (low(slot) != 0) {
                order[used++] = high(slot) >>> Long.SIZE - bits << Integer.SIZE | slot;
            }
        }
        Arrays.sort(order);
        int[] sorted = new int[size];
        Arrays.setAll(sorted, i -> (int) order[i]);
        return sorted;
    }

    private int slotCount() {
        return slots.length / LONGS;
    }

    /** Where the key is, or would be put. Its bits are those of a hash, so some of them say where to begin. */
    private int slot(long high, long low) {
        int mask = slotCount() - 1;
        int slot = (int) low & mask;
        while (slots[LONGS * slot + 1] != 0
                && (slots[LONGS * slot] != high || slots[LONGS * slot + 1] != low)) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private void grow() {
        long[] before = slots;
        slots = new long[2 * before.length];
        for (int i = 0; i < before.length; i += LONGS) {
            if (before[i + 1] != 0) {
                int slot = slot(before[i], before[i + 1]);
                System.arraycopy(before, i, slots, LONGS * slot, LONGS);
            }
        }
    }
}
