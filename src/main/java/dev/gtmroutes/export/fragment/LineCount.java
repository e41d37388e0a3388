// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.export.fragment;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Counts lines; what stands behind the last line end is one more. */
final class LineCount {

    private static final int BUFFER_BYTES = 64 * 1024;

    private long ends;
    private byte last = '\n';

    /** More bytes, the first so many of these. */
    void add(byte[] bytes, int count) {
        for (int i = 0; i < count; i++) {
            ends += bytes[i] == '\n' ? 1 : 0;
        }
        last = count > 0 ? bytes[count - 1] : last;
    }

    long get() {
        return last == '\n' ? ends : ends + 1;
    }

    /** Those of a file. */
    static long of(Path file) throws IOException {
        LineCount lines = new LineCount();
        byte[] buffer = new byte[BUFFER_BYTES];
        try (InputStream in = Files.newInputStream(file)) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                lines.add(buffer, count);
            }
        }
        return lines.get();
    }
}
