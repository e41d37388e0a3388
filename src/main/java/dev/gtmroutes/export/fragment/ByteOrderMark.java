// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.export.fragment;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Arrays;

/** The bytes with which some programs begin a text in UTF-8. They are no part of the first record. */
final class ByteOrderMark {

    /** So many it has. */
    static final int BYTES = 3;

    private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final boolean found;
    private final InputStream rest;

    private ByteOrderMark(boolean found, InputStream rest) {
        this.found = found;
        this.rest = rest;
    }

    /** Looks at the beginning of a text, and reads it as far. */
    static ByteOrderMark at(InputStream text) throws IOException {
        byte[] head = text.readNBytes(BYTES);
        boolean found = Arrays.equals(head, MARK);
        return new ByteOrderMark(found, found ? text : new SequenceInputStream(new ByteArrayInputStream(head), text));
    }

    boolean isThere() {
        return found;
    }

    /** The text without it. */
    InputStream rest() {
        return rest;
    }
}
