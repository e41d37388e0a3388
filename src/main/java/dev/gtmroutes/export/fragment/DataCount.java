// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.export.fragment;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;

/** Counts the bytes and lines of a fragment while they pass, and what the fragment is recognised by. */
final class DataCount {

    private static final int BUFFER_BYTES = 256 * 1024;

    private final Checksum one = new CRC32();
    private final Checksum other = new CRC32C();
    private long bytes;
    private long ends;
    private byte last = '\n';

    /** More bytes, the first so many of these. */
    void add(byte[] more, int count) {
        for (int i = 0; i < count; i++) {
            ends += more[i] == '\n' ? 1 : 0;
        }
        one.update(more, 0, count);
        other.update(more, 0, count);
        bytes += count;
        last = count > 0 ? more[count - 1] : last;
    }

    /** What stands behind the last line end is a line, too. @param marked whether a byte order mark was left out */
    FragmentData get(boolean marked) {
        int open = last == '\n' ? 0 : 1;
        return new FragmentData(bytes, open + (marked ? ByteOrderMark.BYTES : 0), ends + open,
                "%08x%08x".formatted(one.getValue(), other.getValue()));
    }

    /** That of a file. @param most so many bytes at its beginning, at most */
    static FragmentData of(Path file, long most) throws IOException {
        DataCount count = new DataCount();
        byte[] buffer = new byte[BUFFER_BYTES];
        try (InputStream in = Files.newInputStream(file)) {
            long left = most;
            while (left > 0) {
                int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
                if (read < 0) {
                    break;
                }
                count.add(buffer, read);
                left -= read;
            }
        }
        return count.get(false);
    }
}
