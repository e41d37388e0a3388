package dev.gtmroutes.record.read;

import java.util.Arrays;

/** Ranges to cut out of bytes, in ascending order. */
public final class ByteCuts {

    private int[] borders = new int[8];
    private int used;
    private int removed;

    public void add(int from, int to) {
        if (used == borders.length) {
            borders = Arrays.copyOf(borders, 2 * used);
        }
        borders[used++] = from;
        borders[used++] = to;
        removed += to - from;
    }

    /** What is left; the same array if there is nothing to cut. */
    public byte[] apply(byte[] bytes) {
        if (used == 0) {
            return bytes;
        }
        byte[] left = new byte[bytes.length - removed];
        int read = 0;
        int written = 0;
        for (int i = 0; i < used; i += 2) {
            System.arraycopy(bytes, read, left, written, borders[i] - read);
            written += borders[i] - read;
            read = borders[i + 1];
        }
        System.arraycopy(bytes, read, left, written, bytes.length - read);
        return left;
    }
}
