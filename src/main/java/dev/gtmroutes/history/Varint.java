// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.history;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/** Numbers, of which small ones take few bytes. */
final class Varint {

    private static final int BITS = 7;
    private static final long MASK = (1 << BITS) - 1;

    private Varint() {
    }

    static void write(DataOutputStream out, long... numbers) throws IOException {
        for (long each : numbers) {
            long rest = each;
            while ((rest & ~MASK) != 0) {
                out.writeByte((int) (rest & MASK | MASK + 1));
                rest >>>= BITS;
            }
            out.writeByte((int) rest);
        }
    }

    static long read(DataInputStream in) throws IOException {
        long number = 0;
        int next = in.readUnsignedByte();
        for (int shift = 0; shift < Long.SIZE; shift += BITS) {
            number |= (next & MASK) << shift;
            if (next <= MASK) {
                return number;
            }
            next = in.readUnsignedByte();
        }
        throw new IOException("a number is too long");
    }
}
