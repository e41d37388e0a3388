// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.deadletter;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads a file line by line, and knows where it is. What has no line end is still being written, and not read. */
public final class LetterLines implements Closeable {

    private final InputStream in;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final byte[] buffer = new byte[1 << 16];
    private int at;
    private int filled;
    private int number;
    private long start;
    private long position;

    LetterLines(Path file) throws IOException {
        this(file, 0);
    }

    /** @param start where to begin, in bytes */
    public LetterLines(Path file, long start) throws IOException {
        in = Files.newInputStream(file);
        in.skipNBytes(start);
        position = start;
    }

    /** @return the next line without its end; null if there is none */
    public byte[] next() throws IOException {
        line.reset();
        start = position;
        while (at < filled || fill()) {
            int end = at;
            while (end < filled && buffer[end] != '\n') {
                end++;
            }
            line.write(buffer, at, end - at);
            position += end - at;
            at = end;
            if (end < filled) {
                at++;
                position++;
                number++;
                return line.toByteArray();
            }
        }
        return null;
    }

    private boolean fill() throws IOException {
        at = 0;
        filled = Math.max(0, in.read(buffer));
        return filled > 0;
    }

    /** Number of the last line that was read, from 1. */
    int number() {
        return number;
    }

    /** Where the last line that was read begins, in bytes. */
    long start() {
        return start;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
