// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.record;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.gtmroutes.record.read.JsonFault;
import dev.gtmroutes.record.read.RecordCheck;

/**
 * Leaves attributes out of records by cutting their bytes; all other bytes stay as they came. Immutable, for use
 * by any number of threads.
 */
public final class AttributeRemoval {

    private final List<AttributePath> paths;
    private final PathNode root;

    private AttributeRemoval(List<AttributePath> paths) {
        this.paths = paths;
        this.root = PathNode.tree(paths, new BitSet());
    }

    /** @param paths the attributes to leave out */
    public static AttributeRemoval of(List<AttributePath> paths) {
        return new AttributeRemoval(List.copyOf(paths));
    }

    /** Whether there is nothing to leave out of any record. */
    public boolean isEmpty() {
        return paths.isEmpty();
    }

    /**
     * The record without the attributes.
     *
     * @param record one JSON object in UTF-8; not changed
     * @return the same array if the record has none of the attributes, otherwise a new one
     * @throws IllegalArgumentException if the record is not a JSON object
     */
    public byte[] apply(byte[] record) {
        if (isEmpty()) {
            return record;
        }
        try {
            Scan scan = new Scan(record, root);
            if (scan.literals.intersects(scan.nested)) {
                // Rare: a path is both an attribute's own name and a way into an object; the former wins.
                scan = new Scan(record, PathNode.tree(paths, scan.literals));
            }
            return scan.cuts.apply(record);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("Not a JSON object: " + JsonFault.of(e), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One pass over a record. */
    private static final class Scan {
        private final BitSet literals = new BitSet();
        private final BitSet nested = new BitSet();
        private final ByteCuts cuts = new ByteCuts();
        private final byte[] record;

        Scan(byte[] record, PathNode root) throws IOException {
            this.record = record;
            try (JsonParser parser = RecordCheck.JSON.createParser(record)) {
                if (parser.nextToken() != JsonToken.START_OBJECT) {
                    throw new IllegalArgumentException("Not a JSON object.");
                }
                object(parser, root);
            }
        }

        private void object(JsonParser parser, PathNode node) throws IOException {
            boolean keptBefore = false;
            int cutFrom = -1;
            int cutEnd = -1;
            for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                PathNode child = node.children.get(name);
                int nameAt = child == null && cutFrom < 0 ? -1 : (int) parser.currentTokenLocation().getByteOffset();
                if (cutFrom >= 0) {
                    // The cut attributes came first, so the separator behind them goes too.
                    cuts.add(cutFrom, nameAt);
                    cutFrom = -1;
                }
                parser.nextToken();
                if (child == null || child.literal < 0 && child.nested < 0) {
                    keptBefore = true;
                    into(parser, child);
                } else if (keptBefore) {
                    cuts.add(commaBefore(nameAt), endOfValue(parser, child));
                } else {
                    cutFrom = nameAt;
                    cutEnd = endOfValue(parser, child);
                }
            }
            if (cutFrom >= 0) {
                cuts.add(cutFrom, cutEnd);
            }
        }

        private void into(JsonParser parser, PathNode child) throws IOException {
            if (child == null) {
                parser.skipChildren();
            } else if (parser.isExpectedStartObjectToken()) {
                object(parser, child);
            } else if (parser.isExpectedStartArrayToken()) {
                while (!parser.nextToken().isStructEnd()) {
                    into(parser, child);
                }
            }
        }

        private int endOfValue(JsonParser parser, PathNode child) throws IOException {
            if (child.literal >= 0) {
                literals.set(child.literal);
            }
            if (child.nested >= 0) {
                nested.set(child.nested);
            }
            parser.skipChildren();
            parser.finishToken();
            return (int) parser.currentLocation().getByteOffset();
        }

        private int commaBefore(int nameAt) {
            int i = nameAt - 1;
            while (record[i] != ',') {
                i--;
            }
            return i;
        }
    }

    /** Ranges to cut out of bytes, in ascending order. */
    private static final class ByteCuts {

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
}
