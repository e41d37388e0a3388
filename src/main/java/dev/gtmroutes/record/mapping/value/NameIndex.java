// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.record.mapping.value;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Finds names of attributes by the bytes they are written with. Immutable, for any number of threads. */
public final class NameIndex {

    private final byte[][] names;
    private final int[] table;

    /** @param names without repeats */
    public NameIndex(List<String> names) {
        this.names = names.stream().map(each -> each.getBytes(StandardCharsets.UTF_8)).toArray(byte[][]::new);
        this.table = new int[Math.max(4, Integer.highestOneBit(names.size() + 1) * 4)];
        Arrays.fill(table, -1);
        for (int i = 0; i < this.names.length; i++) {
            int place = place(this.names[i], 0, this.names[i].length);
            while (table[place] >= 0) {
                place = place + 1 & table.length - 1;
            }
            table[place] = i;
        }
    }

    private int place(byte[] bytes, int from, int to) {
        int hash = to == from ? 0 : (to - from) * 31 + bytes[from] * 131 + bytes[to - 1] * 17;
        return (hash ^ hash >>> 5) & table.length - 1;
    }

    /** @return the position of the name that {@code json[from, to)}, which is between quotes, says, or -1 */
    public int find(byte[] json, int from, int to) {
        if (JsonText.hasEscape(json, from, to)) {
            byte[] plain = JsonText.unescaped(json, from, to).getBytes(StandardCharsets.UTF_8);
            return plainly(plain, 0, plain.length);
        }
        return plainly(json, from, to);
    }

    private int plainly(byte[] bytes, int from, int to) {
        for (int place = place(bytes, from, to); table[place] >= 0; place = place + 1 & table.length - 1) {
            byte[] name = names[table[place]];
            if (name.length == to - from && Arrays.equals(name, 0, name.length, bytes, from, to)) {
                return table[place];
            }
        }
        return -1;
    }
}
