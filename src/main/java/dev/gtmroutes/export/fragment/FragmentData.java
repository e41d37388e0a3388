// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.export.fragment;

/**
 * What was fetched of a fragment: enough to know it again, and to tell whether all fragments of a job are all its data.
 *
 * @param bytes   of its records, unpacked
 * @param spare   bytes that its sender may count, too: a byte order mark, a line end behind the last record
 * @param records how many lines it has
 * @param print   what its bytes are recognised by
 */
public record FragmentData(long bytes, int spare, long records, String print) {

    private static final int PARTS = 4;

    /** Whether it is what was fetched before, byte for byte. */
    public boolean isSame(FragmentData before) {
        return bytes == before.bytes && print.equals(before.print);
    }

    /** @throws IllegalArgumentException if this is not what {@link #toString} wrote */
    public static FragmentData of(String text) {
        String[] parts = text.split("/");
        if (parts.length != PARTS) {
            throw new IllegalArgumentException("'" + text + "' does not describe the data of a fragment");
        }
        return new FragmentData(Long.parseLong(parts[0]), Integer.parseInt(parts[1]), Long.parseLong(parts[2]), parts[3]);
    }

    /** As it is noted, such as {@code 1200/0/5/0a1b2c3d4e5f6071}. */
    @Override
    public String toString() {
        return bytes + "/" + spare + "/" + records + "/" + print;
    }
}
