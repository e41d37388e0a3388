// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.progress;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;

import dev.gtmroutes.record.ShapedRecord;
import dev.gtmroutes.record.SourceRecord;

/**
 * Fingerprints of the bytes of records. A source compares them with the records of a file that it finds later, and so
 * knows whether the file still holds the records that already have an outcome.
 *
 * <p>A fingerprint has 64 bits: two checksums for which processors have instructions, so that it costs about as much as
 * copying the record. It protects against mistakes, not against a person who makes another record of equal fingerprint.
 *
 * @param ordinals of the records
 * @param values   the fingerprint of each
 */
public record Fingerprints(int[] ordinals, long[] values) {

    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    public static Fingerprints of(List<ShapedRecord> records) {
        int[] ordinals = new int[records.size()];
        long[] values = new long[records.size()];
        for (int i = 0; i < ordinals.length; i++) {
            SourceRecord record = records.get(i).source();
            ordinals[i] = Math.toIntExact(record.index());
            values[i] = of(record.identity());
        }
        return new Fingerprints(ordinals, values);
    }

    public static Fingerprints of(SourceRecord record) {
        return new Fingerprints(new int[] {Math.toIntExact(record.index())}, new long[] {of(record.identity())});
    }

    /** Those of the records whose ordinals are wanted. */
    public Fingerprints only(IntPredicate wanted) {
        int[] ordinalsLeft = new int[ordinals.length];
        long[] valuesLeft = new long[ordinals.length];
        int left = 0;
        for (int i = 0; i < ordinals.length; i++) {
            if (wanted.test(ordinals[i])) {
                ordinalsLeft[left] = ordinals[i];
                valuesLeft[left++] = values[i];
            }
        }
        return left == ordinals.length ? this
                : new Fingerprints(Arrays.copyOf(ordinalsLeft, left), Arrays.copyOf(valuesLeft, left));
    }

    /** The ordinals, which have to be ascending. */
    public Ranges ranges() {
        return Ranges.of(ordinals);
    }

    /** The sum of what {@link #at} makes of each. */
    public long sum() {
        long sum = 0;
        for (int i = 0; i < ordinals.length; i++) {
            sum += at(ordinals[i], values[i]);
        }
        return sum;
    }

    /** The same in parts of so many records at most. */
    public List<Fingerprints> parts(int records) {
        List<Fingerprints> parts = new ArrayList<>();
        for (int from = 0; from < ordinals.length; from += records) {
            int to = Math.min(ordinals.length, from + records);
            parts.add(new Fingerprints(Arrays.copyOfRange(ordinals, from, to), Arrays.copyOfRange(values, from, to)));
        }
        return parts;
    }

    /** The fingerprint of one record, wherever it stands. */
    public static long of(byte[] record) {
        CRC32C one = new CRC32C();
        one.update(record, 0, record.length);
        CRC32 other = new CRC32();
        other.update(record, 0, record.length);
        return mix((one.getValue() << 32 | other.getValue()) + record.length * GOLDEN);
    }

    /**
     * The fingerprint of a record at its place. The sum of these is the fingerprint of all the records, in whatever order
     * they are added.
     */
    public static long at(int ordinal, long fingerprint) {
        return mix(fingerprint + (ordinal + 1L) * GOLDEN);
    }

    /** Spreads each bit over all others (the finalizer of SplitMix64). */
    private static long mix(long value) {
        long mixed = (value ^ value >>> 30) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
        return mixed ^ mixed >>> 31;
    }
}
