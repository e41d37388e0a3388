package dev.gtmroutes.deadletter;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads a file line by line, and knows where it is. What has no line end is still being written, and not read. */
final class LetterLines implements Closeable {

    private final InputStream in;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private int number;
    private long start;
    private long position;

    LetterLines(Path file) throws IOException {
        this(file, 0);
    }

    /** @param start where to begin, in bytes */
    LetterLines(Path file, long start) throws IOException {
        in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        in.skipNBytes(start);
        position = start;
    }

    /** @return the next line without its end; null if there is none */
    byte[] next() throws IOException {
        return advance(true) ? line.toByteArray() : null;
    }


    /** @return false at the end */
    private boolean advance(boolean keep) throws IOException {
        line.reset();
        start = position;
        for (int each = in.read(); each >= 0; each = in.read()) {
            position++;
            if (each == '\n') {
                number++;
                return true;
            }
            if (keep) {
                line.write(each);
            }
        }
        return false;
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
