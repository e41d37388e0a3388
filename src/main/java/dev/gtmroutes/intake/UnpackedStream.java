package dev.gtmroutes.intake;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/** Unpacks gzip from the first read on, so that a broken header is a failed read like any other. */
final class UnpackedStream extends InputStream {

    private final InputStream packed;
    private InputStream unpacked;

    UnpackedStream(InputStream packed) {
        this.packed = packed;
    }

    @Override
    public int read() throws IOException {
        return unpacked().read();
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        return unpacked().read(buffer, offset, length);
    }

    private InputStream unpacked() throws IOException {
        if (unpacked == null) {
            unpacked = new GZIPInputStream(packed, 8192);
        }
        return unpacked;
    }
}
