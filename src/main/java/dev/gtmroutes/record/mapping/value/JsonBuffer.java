// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.record.mapping.value;

import java.util.Arrays;

import dev.gtmroutes.record.UnfitRecordException;
import dev.gtmroutes.record.read.RecordSize;

/** JSON in the making, up to the size that a record may have. */
public final class JsonBuffer {

    private final RecordSize longest;
    private byte[] bytes;
    private int size;

    public JsonBuffer(int expected, RecordSize longest) {
        this.longest = longest;
        this.bytes = new byte[expected];
    }

    public int size() {
        return size;
    }

    /** Takes back what was written behind this size. */
    public void cut(int to) {
        size = to;
    }

    /** @throws UnfitRecordException if the record would be too long */
    public void add(int oneByte) throws UnfitRecordException {
        grow(1);
        bytes[size++] = (byte) oneByte;
    }

    /** @throws UnfitRecordException if the record would be too long */
    public void add(byte[] from) throws UnfitRecordException {
        add(from, 0, from.length);
    }

    /** @throws UnfitRecordException if the record would be too long */
    public void add(Span span) throws UnfitRecordException {
        add(span.bytes(), span.from(), span.to());
    }

    /** @throws UnfitRecordException if the record would be too long */
    public void add(byte[] source, int from, int to) throws UnfitRecordException {
        grow(to - from);
        System.arraycopy(source, from, bytes, size, to - from);
        size += to - from;
    }

    private void grow(int more) throws UnfitRecordException {
        if (more <= bytes.length - size) {
            return;
        }
        if ((long) size + more > longest.bytes()) {
            throw new UnfitRecordException("the mapped record is " + longest.exceeded());
        }
        bytes = Arrays.copyOf(bytes, (int) Math.max((long) size + more, Math.min(2L * bytes.length, longest.bytes())));
    }

    /** What was written; throws if that is more than a record may have. */
    public byte[] toBytes() throws UnfitRecordException {
        if (size > longest.bytes()) {
            throw new UnfitRecordException("the mapped record is " + longest.exceeded());
        }
        return size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
    }
}
