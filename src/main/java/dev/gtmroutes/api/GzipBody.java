// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.api;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * A body in gzip, unpacked. It may consist of several members, as RFC 1952 allows and some programs write. Java 17 looks for
 * the next one only if its first bytes have arrived already; every version takes what does not make sense for the end.
 */
public final class GzipBody extends GZIPInputStream {

    /** What follows the data of a member: a checksum and a length. */
    private static final int TRAILER = 8;
    private static final int BUFFER = 8192;

    private final Ahead packed;

    /**
     * @param  packed      read from the first moment on
     * @throws IOException if it cannot be read, or does not begin like gzip
     */
    public GzipBody(InputStream packed) throws IOException {
        this(new Ahead(packed));
    }

    private GzipBody(Ahead packed) throws IOException {
        super(packed, BUFFER);
        this.packed = packed;
    }

    @Override
    protected void fill() throws IOException {
        super.fill();
        packed.sinceFill = 0;
    }

    /** @throws IOException also at the end, if the last member is cut off or followed by something else */
    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int read = super.read(target, offset, length);
        // Of what Java has looked at and not unpacked, only the end of a member may be left.
        if (read < 0 && inf.getRemaining() + packed.sinceFill > TRAILER) {
            throw new ZipException("data after the gzip body is not gzip, or is cut off");
        }
        return read;
    }

    /** Says that there is more if there is, also where one has to wait for that. */
    private static final class Ahead extends FilterInputStream {

        private static final int UNKNOWN = -2;
        private static final int END = -1;

        /** The byte that was read to see whether there is one. */
        private int next = UNKNOWN;
        /** How many bytes were read since the inflater got its last ones: for the end of a member, and what follows it. */
        private long sinceFill;

        Ahead(InputStream in) {
            super(in);
        }

        @Override
        public int available() throws IOException {
            if (next == UNKNOWN) {
                next = in.read();
            }
            return next == END ? 0 : 1;
        }

        @Override
        public int read() throws IOException {
            int read = next == UNKNOWN ? in.read() : next;
            if (next != END) {
                next = UNKNOWN;
            }
            sinceFill += read == END ? 0 : 1;
            return read;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (length == 0 || next == UNKNOWN) {
                int read = in.read(target, offset, length);
                sinceFill += Math.max(read, 0);
                return read;
            }
            int read = read();
            if (read == END) {
                return END;
            }
            target[offset] = (byte) read;
            return 1;
        }
    }
}
