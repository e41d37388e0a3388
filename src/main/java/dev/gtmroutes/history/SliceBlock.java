// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.history;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;

/** Counts of neighbouring minutes or hours. Those in which nothing was done take no space. For one thread. */
final class SliceBlock {

    private static final int FORMAT = 1;

    private final Map<Integer, Slice> slots = new TreeMap<>();

    /** @param bytes that {@link #bytes} made; null for none */
    static SliceBlock of(byte[] bytes) {
        SliceBlock block = new SliceBlock();
        if (bytes != null) {
            try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
                if (in.readUnsignedByte() == FORMAT) {
                    while (in.available() > 0) {
                        block.slots.put(in.readUnsignedByte(), new Slice(null, Varint.read(in), Varint.read(in),
                                Varint.read(in), Varint.read(in), Varint.read(in), Varint.read(in)));
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return block;
    }

    /** @return null if nothing was done */
    Slice get(int slot) {
        return slots.get(slot);
    }

    void add(int slot, Slice slice) {
        slots.merge(slot, slice, Slice::plus);
    }

    void addAll(SliceBlock other) {
        other.slots.forEach(this::add);
    }

    byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(FORMAT);
            for (Map.Entry<Integer, Slice> each : slots.entrySet()) {
                out.writeByte(each.getKey());
                Slice slice = each.getValue();
                Varint.write(out, slice.delivered(), slice.unchanged(), slice.rejected(), slice.held(), slice.requests(),
                        slice.failed());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
